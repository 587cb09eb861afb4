"""Take in what the bank answered: all of a reply or nothing of it. The original is kept; the ledger and the payments move together."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents import actions as documents
from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Officer
from huigong.payments import bank_files, reply_checks, reply_files
from huigong.payments.actions.holding import hold
from huigong.payments.columns import ANSWER, REPLY
from huigong.payments.hands import refuse_who_decided
from huigong.payments.lifecycle import (
    BOUNCED,
    CAME_BACK,
    FAILED,
    NEXT_BATCH,
    NEXT_PAYMENT,
    PAID,
    RECOVERED,
    RELEASED,
    SETTLED,
    UNKNOWN,
)
from huigong.payments.models import BankReply, Hold, Payment, PaymentBatch
from huigong.payments.profiles import profile_from
from huigong.payments.queries import handed_out_on, profile_text, recovered_in_parts, sent_elsewhere
from huigong.payments.reply_files import ReplyRefusedError, fault
from huigong.payments.reply_profiles import reply_from
from huigong.payments.reply_whose import Against, Answer, Sent, day_of
from huigong.values import bank_card
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence

_SETTLES = {PAID: "post", FAILED: "void", BOUNCED: "reversal"}


def take_reply(batch: PaymentBatch, content: bytes, *, name: str, officer: Officer, at: datetime) -> BankReply:
    """Apply a result file. Raises ReplyRefusedError, with every fault; then nothing is applied and the refusal is recorded."""
    refuse_who_decided(batch, officer, at=at)
    refuse_not_taken(batch)
    try:
        return _take(batch, content, name=name, officer=officer, at=at)
    except ReplyRefusedError as refused:
        told = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "codes": [one.sentence.code for one in refused.faults[:20]],
        }
        audit.record("reply.refused", subject=batch.number, officer=officer.username, at=at, payload=told)
        raise


@transaction.atomic
def _take(batch: PaymentBatch, content: bytes, *, name: str, officer: Officer, at: datetime) -> BankReply:
    batch = (
        PaymentBatch.objects.select_for_update(of=("self",)).select_related("agreement", "campaign").get(pk=batch.pk)
    )
    rows = payments_in(batch)
    answers, dated = held_against(batch, rows, content, at=at)
    document = documents.store(
        content, name=name, media_type="application/octet-stream", officer=officer.username, at=at
    )
    reply = BankReply(batch=batch, document=document, dated=dated, taken_by=officer.username, at=at)
    return apply(reply, rows, answers)


def held_against(
    batch: PaymentBatch, rows: Sequence[Payment], content: bytes, *, at: datetime
) -> tuple[list[Answer], date]:
    """What a result file would do to these payments, and its day. Raises ReplyRefusedError with every fault."""
    text, today = profile_text(batch), timezone.localdate(at)
    profile = reply_from(text)
    refuse_known(batch, content)
    read = reply_files.read(profile, content)
    against = Against(
        number=batch.number,
        today=today,
        last=_newest_day(batch),
        handed_out_on=handed_out_on(batch),
        remark=bank_files.remark_as_written(profile_from(text), batch.number),
        elsewhere=sent_elsewhere(batch, by_case="reference" in profile.columns),
    )
    found = reply_checks.answers(profile, read, sent_of(rows), against)
    return found, day_of(read.head.get("made", "")) or today


def payments_in(batch: PaymentBatch) -> list[Payment]:
    """The payments of a batch that is locked, in their order."""
    rows = Payment.objects.select_for_update(of=("self",)).select_related("reply")
    return list(rows.filter(batch=batch).order_by("position"))


def sent_of(rows: Sequence[Payment]) -> list[Sent]:
    """A payment of which a part was recovered from the family stands as recovered: a bank cannot send the whole back as well."""
    partly = recovered_in_parts(rows)
    return [
        Sent(
            row.position,
            row.case_reference,
            row.payee_name,
            bank_card.normalise(row.card.plain()),
            row.fen,
            RECOVERED if row.transfer_reference in partly else row.status,
            row.reply.dated if row.reply else None,
        )
        for row in rows
    ]


def apply(reply: BankReply, rows: Sequence[Payment], answers: Sequence[Answer]) -> BankReply:
    """Keep the reply; move payments, ledger and holds as it says; settle the batch once every payment has an end.

    Inside the caller's transaction, with the batch locked.
    """
    batch, officer, at = reply.batch, reply.taken_by, reply.at
    reply.number = batch.replies.count() + 1
    reply.save(force_insert=True)
    told = {
        "number": reply.number,
        "file": reply.document.sha256,
        "answers": len(answers),
        "columns": REPLY.told(reply),
    }
    audit.record("reply.taken", subject=batch.number, officer=officer, at=at, payload=told)
    by_position = {row.position: row for row in rows}
    moved = [(by_position[answer.position], answer) for answer in answers]
    _post(moved, officer=officer, at=at)
    for row, answer in moved:
        row.reply, row.reason = reply, answer.reason
    lifecycle.advance_all(
        [_move(row, answer, batch) for row, answer in moved],
        next_table=NEXT_PAYMENT,
        officer=officer,
        at=at,
        also=("reply", "reason"),
    )
    for row, answer in moved:
        if answer.to in CAME_BACK:
            about = f"{batch.number}:{row.position}"
            hold(row.case_reference, reason=Hold.Reason.BANK_RETURNED, about=about, officer=officer, at=at)
    if batch.status == RELEASED and not any(row.status in {RELEASED, UNKNOWN} for row in rows):
        lifecycle.advance(
            batch, SETTLED, next_table=NEXT_BATCH, officer=officer, at=at, action="batch.settled", subject=batch.number
        )
    return reply


def _move(row: Payment, answer: Answer, batch: PaymentBatch) -> lifecycle.Move:
    told: dict[str, str | int] = {"batch": batch.number, "line": answer.line, "columns": ANSWER.told(row)}
    if answer.reason:
        told["reason"] = answer.reason
    return lifecycle.Move(row, answer.to, row.case_reference, f"payment.{answer.to}", told)


def _post(moved: Sequence[tuple[Payment, Answer]], *, officer: str, at: datetime) -> None:
    """Success posts the pending transfer, failure voids it; money that came back later reverses the post."""
    pending = of_ledger.named([row.transfer_reference for row, _ in moved])
    entries = []
    for row, answer in moved:
        if (kind := _SETTLES.get(answer.to)) is None:
            continue  # not known yet: the money stays promised
        first, stem = pending[row.transfer_reference], row.transfer_reference.removesuffix(":pending")
        back = kind == "reversal"
        entries.append(
            ledger.Entry(
                reference=f"{stem}:{kind}",
                debit=first.credit if back else first.debit,
                credit=first.debit if back else first.credit,
                fen=Fen(row.fen),
                code=first.code,
                kind=kind,
                of=f"{stem}:post" if back else row.transfer_reference,
            )
        )
    ledger.post_all(entries, officer=officer, at=at)


def refuse_known(batch: PaymentBatch, content: bytes) -> None:
    """Raises ReplyRefusedError for the very bytes that were taken in before, for this batch or for another."""
    sha256 = hashlib.sha256(content).hexdigest()
    if known := BankReply.objects.filter(document__sha256=sha256).select_related("batch").first():
        of = "" if known.batch_id == batch.pk else f"批次 {known.batch.number} 的"
        of_en = "" if known.batch_id == batch.pk else f" of batch {known.batch.number}"
        zh = f"这份文件已作为{of}第 {known.number} 份回单收过"
        en = f"this very file was taken in as reply {known.number}{of_en}"
        raise ReplyRefusedError([fault(0, "", "same_file", zh, en)])


def refuse_not_taken(batch: PaymentBatch) -> None:
    """Raises SaidError for an answer to what nobody was handed: no bank and no treasury can have paid it."""
    if not (batch.takings.exclude(taken_by="").exists() or batch.replies.exists()):
        raise SaidError(
            Sentence(
                "batch_not_taken",
                f"批次 {batch.number} 的文件还没有人取走，不会有结果。请先取银行文件（财政代发的取发放花名册），交出以后再收回单。",
                f"Nobody has taken batch {batch.number} yet, so nothing can answer it: take the bank's file (or the list for the "
                "treasury) first.",
            )
        )


def _newest_day(batch: PaymentBatch) -> date | None:
    """Of result files only: a paper speaks of the payments on it and makes no file of the others old."""
    newest = batch.replies.filter(keyed_by="").order_by("dated").last()
    return newest.dated if newest else None
