"""Accounts, transfers, holds, batches with the bank's files, and payments."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from huigong.audit import queries as audit
from huigong.audit.queries import Told
from huigong.documents import storage
from huigong.documents.queries import is_erased
from huigong.figures.books.looking import (
    Look,
    Now,
    Pairs,
    Sealed,
    beside,
    last,
    payload,
    recorded,
    said,
    stands,
    together,
)
from huigong.ledger import queries as ledger
from huigong.ledger.columns import ACCOUNT
from huigong.payments.columns import AGREEMENT, ANSWER, BATCH, HOLD, KEYED, PAYMENT, REPLY, TAKING
from huigong.payments.lifecycle import MOVED_BATCH, MOVED_PAYMENT
from huigong.payments.models import BankAgreement, BankReply, FileTaking, Hold, KeyedReply, Payment, PaymentBatch
from huigong.vault import actions as vault
from huigong.vault.keys import WrongKeyError

_TOLD = ("debit", "credit", "fen", "kind", "of", "code")


def transfers() -> Iterator[Look]:
    rows = (
        Now(
            line.reference,
            line.reference,
            together(payload(**{name: getattr(line, name) for name in _TOLD}), recorded(at=line.at)),
        )
        for line in ledger.transfers()
    )
    return beside(last("transfer.posted"), rows, "划转", "Transfer")


def accounts() -> Iterator[Look]:
    rows = (Now(one.code, one.code, sealed=((ACCOUNT, "columns", (one,)),)) for one in ledger.accounts())
    return beside(last("account.opened"), rows, "账户", "Account")


def batches() -> Iterator[Look]:
    def rows() -> Iterator[Now]:
        for batch in PaymentBatch.objects.select_related("document"):
            now = payload(
                count=batch.declared_count, fen=batch.declared_fen, fund=batch.fund_source, file=_bank_file(batch)
            )
            yield Now(batch.number, batch.number, now, ((BATCH, "columns", (batch,)),))

    yield from beside(last("batch.released"), rows(), "批次", "Batch")
    standing = PaymentBatch.objects.values_list("number", "status", "status_since")
    moved = last(*MOVED_BATCH)
    yield from beside(moved, (Now(n, n, stands(s, since)) for n, s, since in standing), "批次", "Batch", again="yes")


def _bank_file(batch: PaymentBatch) -> str:
    """The digest that the file's name stands for, if the file is there and opens: it is sealed to that digest."""
    if batch.document is None:
        return ""
    if is_erased(batch.document):
        return batch.document.sha256  # in its time, which an event of its own tells
    try:
        storage.read(batch.document)
    except FileNotFoundError:
        return "missing"
    except WrongKeyError:
        return "altered"
    return batch.document.sha256


def payments() -> Iterator[Look]:
    vault.warm(Payment.objects.values_list("data_key_id", flat=True))
    order = Payment.objects.select_related("batch").order_by("case_reference", "attempt")

    def rows() -> Iterator[Now]:
        for row in order:
            now = payload(fen=row.fen, position=row.position, batch=row.batch.number, transfer=row.transfer_reference)
            key = (row.case_reference, row.batch.number)
            yield Now(key, row.case_reference, now, ((PAYMENT, "columns", (row,)),))

    told = last("payment.released", key=_by_batch)
    yield from beside(told, rows(), "发放", "Payment")
    answered = last("payment.paid", "payment.failed", "payment.unknown", "payment.bounced", key=_by_batch)

    def standing() -> Iterator[Now]:
        for row in order:
            key = (row.case_reference, row.batch.number)
            if key in answered:
                sealed: tuple[Sealed, ...] = ((ANSWER, "columns", (row,)),)
                yield Now(key, row.case_reference, stands(row.status, row.status_since), sealed)
            else:
                silent = said(("reply", row.reply_id, None), ("reason", row.reason, ""))
                yield Now(key, row.case_reference, together(stands(row.status, row.status_since), silent))

    yield from beside(last(*MOVED_PAYMENT, key=_by_batch), standing(), "发放", "Payment", again="yes")


def _by_batch(one: Told) -> tuple[str, str | None]:
    """A case has a payment a batch: one for each attempt."""
    return one.subject, one.payload.get("batch")


def replies() -> Iterator[Look]:
    def taken() -> Iterator[Now]:
        for one in BankReply.objects.select_related("batch", "document"):
            now = payload(file=one.document.sha256, number=one.number)
            yield Now((one.batch.number, one.number), one.batch.number, now, ((REPLY, "columns", (one,)),))

    told = last("reply.taken", key=lambda one: (one.subject, one.payload["number"]))
    yield from beside(told, taken(), "银行回单", "Bank reply of")
    keyed = (
        Now(str(one.pk), one.batch.number, sealed=((KEYED, "columns", (one,)),))
        for one in KeyedReply.objects.select_related("batch")
    )
    read = last("reply.keyed", "reply.agreed", "reply.discarded", key=lambda one: one.payload["reading"])
    yield from beside(read, keyed, "回单录入", "Reading of a reply of")


def holds() -> Iterator[Look]:
    """Placed and lifted, one after the other for a case and reason: the rows in the order of their days say the same."""
    placed, lifted = dict[object, Told](), dict[object, Told]()
    count = defaultdict[tuple[str, str], int](int)
    for told in audit.told_of("hold.placed", "hold.renewed", "hold.lifted"):
        about = (told.subject, told.payload["reason"])
        if told.action == "hold.placed":
            count[about] += 1
            placed[(*about, count[about])] = told
        elif told.action == "hold.renewed":  # about another card by now, and since the same day
            placed[(*about, count[about])] = replace(told, at=placed[(*about, count[about])].at)
        else:
            lifted[(*about, count[about])] = told

    def rows() -> Iterator[Now]:
        seen = defaultdict[tuple[str, str], int](int)
        for row in Hold.objects.order_by("case_reference", "reason", "since", "id"):
            about = (row.case_reference, row.reason)
            seen[about] += 1
            key = (*about, seen[about])
            end = lifted[key].at if key in lifted else None
            days = said(("lifted_at", row.lifted_at, end))
            sealed = ((HOLD, "columns", (row,)),)
            yield Now(key, row.case_reference, together(_since(row.since), days), sealed)

    return beside(placed, rows(), "暂停发放", "Hold")


def _since(since: datetime) -> Pairs:
    return lambda told: [("since", since, told.at)]


def agreements() -> Iterator[Look]:
    told = last("bank.agreed", key=lambda one: one.payload["agreement"])
    rows = (
        Now(
            str(one.pk),
            one.campaign.code,
            recorded(at=one.at, agreed_by=one.agreed_by),
            ((AGREEMENT, "columns", (one,)),),
        )
        for one in BankAgreement.objects.select_related("campaign")
    )
    return beside(told, rows, "代发约定", "Bank agreement of")


def takings() -> Iterator[Look]:
    told = last("file.allowed", "file.taken", key=lambda one: (one.subject, one.payload["number"]))
    rows = (
        Now((one.batch.number, one.number), one.batch.number, sealed=((TAKING, "columns", (one,)),))
        for one in FileTaking.objects.select_related("batch")
    )
    return beside(told, rows, "领取银行文件", "Bank file taken of")


TABLES = (transfers, accounts, holds, batches, payments, agreements, takings, replies)
