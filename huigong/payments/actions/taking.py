"""Hand out what pays: a bank's file, or the treasury's list. Once to whoever pays, again only after a second person allowed it.

What was answered is handed out no more: what failed in it may stand in another batch by now.
"""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Officer
from huigong.payments.columns import TAKING
from huigong.payments.hands import PAYERS, refuse_who_decided
from huigong.payments.lifecycle import RELEASED, WITHDRAWN
from huigong.payments.models import FileTaking, PaymentBatch
from huigong.payments.payment_list import payment_list
from huigong.payments.queries import file_of, handed_out_on, held
from huigong.values.sentence import SaidError, Sentence


class TakenAlreadyError(SaidError):
    """The file was handed out, and nobody else has allowed it again."""


@transaction.atomic
def take_file(batch: PaymentBatch, *, officer: Officer, at: datetime) -> bytes:
    """The bytes that were kept. Raises TakenAlreadyError from the second time on, unless another person allowed it;
    SameHandsError for who decided on one of its cases.
    """
    batch = _locked(batch)
    if batch.status != WITHDRAWN and batch.document_id is None:
        raise SaidError(
            Sentence(
                "no_bank_file",
                f"批次 {batch.number} 由财政代发，没有银行文件，请取发放花名册。",
                f"Batch {batch.number} is paid by the treasury and has no bank file: take the payment list.",
            )
        )
    _take(batch, officer=officer, at=at)
    return file_of(batch)


@transaction.atomic
def take_list(batch: PaymentBatch, *, officer: Officer, at: datetime) -> bytes:
    """The order to the treasury, as docx: handed out as a bank's file is, under the day when it left first, so that it is the
    same again byte for byte. Raises SaidError where a bank pays.
    """
    batch = _locked(batch)
    if batch.document_id is not None:
        raise SaidError(
            Sentence(
                "no_order",
                f"批次 {batch.number} 由银行代发，请取银行文件；花名册另外打印。",
                f"A bank pays batch {batch.number}: take its file; the payment list is printed apart.",
            )
        )
    _take(batch, officer=officer, at=at)
    day = handed_out_on(batch)
    assert day is not None, "it was taken just now"
    return payment_list(batch, day).content()


@transaction.atomic
def allow_again(batch: PaymentBatch, *, officer: Officer, at: datetime) -> None:
    """Let somebody else take it once more. Raises TakenAlreadyError for whoever took it last, and where none did yet."""
    refuse_other_role(officer, *PAYERS, at=at)
    batch = _locked(batch)
    _refuse_over(batch)
    last = batch.takings.last()
    if last is None or not last.taken_by:
        raise TakenAlreadyError(
            Sentence(
                "not_taken_yet",
                f"批次 {batch.number} 现在就可以取，不用再准许。",
                f"Batch {batch.number} may be taken as it is: nothing to allow.",
            )
        )
    if last.taken_by == officer.username:
        raise _taken_already(batch, last)
    taking = FileTaking(batch=batch, number=last.number + 1, allowed_by=officer.username, allowed_at=at)
    taking.save(force_insert=True)
    _tell("file.allowed", taking, officer=officer, at=at)


def _tell(action: str, taking: FileTaking, *, officer: Officer, at: datetime) -> None:
    told = {"number": taking.number, "columns": TAKING.told(taking)}
    audit.record(action, subject=taking.batch.number, officer=officer.username, at=at, payload=told)


def _locked(batch: PaymentBatch) -> PaymentBatch:
    rows = PaymentBatch.objects.select_for_update(of=("self",)).select_related("document", "campaign__federation")
    return rows.get(pk=batch.pk)


def _take(batch: PaymentBatch, *, officer: Officer, at: datetime) -> None:
    refuse_who_decided(batch, officer, at=at)
    _refuse_over(batch)
    _refuse_held(batch)
    taking = batch.takings.last()
    if taking is not None and taking.taken_by:
        raise _taken_already(batch, taking)
    taking = taking or FileTaking(batch=batch, number=1)
    if taking.allowed_by == officer.username:
        raise TakenAlreadyError(
            Sentence(
                "allowed_by_same",
                f"批次 {batch.number} 是您准许再取的，要由另一个人来取。",
                f"You allowed batch {batch.number} to be taken again: somebody else has to take it.",
            )
        )
    taking.taken_by, taking.taken_at = officer.username, at
    taking.save()
    _tell("file.taken", taking, officer=officer, at=at)


def _refuse_over(batch: PaymentBatch) -> None:
    """Taken back or answered, it pays nobody any more: sent again it would pay beside the batch that follows."""
    if batch.status == WITHDRAWN:
        raise SaidError(
            Sentence(
                "batch_withdrawn",
                f"批次 {batch.number} 已收回，文件不再交出。",
                f"Batch {batch.number} was taken back: its file leaves the house no more.",
            )
        )
    if batch.status != RELEASED or batch.replies.exists():
        raise SaidError(
            Sentence(
                "batch_answered",
                f"批次 {batch.number} 已有回单，文件不再交出：再交一次会重复付款。没付成的，处理好原因后再付，会进新的批次。",
                f"Batch {batch.number} was answered, so its file leaves no more: sent again it would pay twice. What failed is "
                "paid again, in a batch of its own, once the cause is dealt with.",
            )
        )


def _refuse_held(batch: PaymentBatch) -> None:
    """What was objected to after the batch was made does not leave in its file: the batch goes back and is made anew."""
    open_ = batch.payments.filter(status=RELEASED).values_list("case_reference", flat=True)
    if stopped := sorted(held(open_)):
        raise SaidError(
            Sentence(
                "batch_held",
                f"批次 {batch.number} 里的 {'、'.join(stopped)} 暂停着，文件先不交出。请收回这个批次，没有暂停的重新做批次。",
                f"{', '.join(stopped)} of batch {batch.number} stand still, so the file does not leave: take the batch back, "
                "and make one of what nothing stands against.",
            )
        )


def _taken_already(batch: PaymentBatch, taking: FileTaking) -> TakenAlreadyError:
    return TakenAlreadyError(
        Sentence(
            "file_taken",
            f"批次 {batch.number} 已由 {taking.taken_by} 取走（第 {taking.number} 次）。再取一次可能重复付款，"
            "请由另一位审批或财务人员先准许（huigong payments allow）。",
            f"Batch {batch.number} was taken by {taking.taken_by} (time {taking.number}). Sending it again may pay "
            "twice: another approver or finance officer has to allow it first (huigong payments allow).",
        )
    )
