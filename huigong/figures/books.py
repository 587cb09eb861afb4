"""Hold the books against history: transfers, payments and batches, cases, decisions and awards are what events told.

The chain proves that history was not rewritten; this proves that the rows still say what history says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from huigong.audit import queries as audit
from huigong.ledger import queries as ledger
from huigong.payments.models import Payment, PaymentBatch
from huigong.studentaid import lifecycle as cases
from huigong.studentaid.actions.approve import award_told
from huigong.studentaid.models import Application, Award, Decision
from huigong.values.sentence import Sentence

# A subject, what it is in Chinese and English, and what its row holds now.
_Row = tuple[str, str, str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Held:
    """What holding the books against history found: rows held, and the first that does not agree."""

    rows: int
    wrong: str | None
    sentence: Sentence

    @property
    def holds(self) -> bool:
        return self.wrong is None


def verify() -> Held:
    """Compare every row with its event, in the order of references; name the first wrong one, or one that is gone."""
    count = 0
    for actions, rows in (
        (("transfer.posted",), _transfers()),
        (("batch.released",), _batches()),
        (("payment.released",), _payments()),
        (cases.MOVED, _statuses()),
        (("application.decided",), _decisions()),
        (("application.approved",), _awards()),
    ):
        told, seen = audit.last_of(*actions), set[str]()
        for subject, zh, en, now in rows:
            count += 1
            seen.add(subject)
            event = told.get(subject)
            if event is None:
                return _wrong(count, subject, zh, en, "没有留痕", "has no event")
            for name, value in now.items():
                if event.payload.get(name) != value:
                    what = f"的 {name} 现为 {value}，留痕第 {event.sequence} 条是 {event.payload.get(name)}"
                    english = f"has {name} {value}; event {event.sequence} says {event.payload.get(name)}"
                    return _wrong(count, subject, zh, en, what, english)
        if gone := sorted(told.keys() - seen):
            return _wrong(count, gone[0], "记录", "The row", "留痕里有，账上没有了", "stands in history and is gone")
    return Held(
        count,
        None,
        Sentence(
            "books_hold", f"对账通过：{count} 行与留痕一致。", f"The books hold: {count} rows agree with history."
        ),
    )


def _transfers() -> Iterator[_Row]:
    for line in ledger.transfers():
        now = {name: getattr(line, name) for name in ("debit", "credit", "fen", "kind", "of", "code")}
        yield line.reference, "划转", "Transfer", now


def _batches() -> Iterator[_Row]:
    for batch in PaymentBatch.objects.select_related("document"):
        now = {"count": batch.declared_count, "fen": batch.declared_fen, "file": batch.document.sha256}
        yield batch.number, "批次", "Batch", now


def _payments() -> Iterator[_Row]:
    for row in Payment.objects.select_related("batch").order_by("case_reference", "attempt"):
        now = {
            "fen": row.fen,
            "position": row.position,
            "batch": row.batch.number,
            "transfer": row.transfer_reference,
        }
        yield row.case_reference, "发放", "Payment", now


def _statuses() -> Iterator[_Row]:
    for reference, status in Application.objects.order_by("reference").values_list("reference", "status").iterator():
        yield reference, "申请", "Application", {"to": status}


def _decisions() -> Iterator[_Row]:
    """The decision that stands for each application; earlier ones are replayed, not compared (`decision replay`)."""
    columns = ("application__reference", "digest", "number", "verdict", "amount_fen")
    rows = Decision.objects.order_by("application__reference", "number").values_list(*columns).iterator()
    for reference, own in groupby(rows, key=itemgetter(0)):
        *_, (_, digest, number, verdict, fen) = own
        yield reference, "认定", "Decision", {"decision": digest, "number": number, "to": verdict, "fen": fen or 0}


def _awards() -> Iterator[_Row]:
    for award in Award.objects.select_related("application").order_by("application__reference"):
        yield award.application.reference, "资助", "Award", award_told(award)


def _wrong(rows: int, subject: str, zh: str, en: str, what: str, what_en: str) -> Held:
    return Held(
        rows,
        subject,
        Sentence(
            "books_wrong",
            f"对账不过：{zh} {subject} {what}。请停止发放，取出备份核对。",
            f"The books do not hold: {en} {subject} {what_en}. Stop paying and compare with a backup.",
        ),
    )
