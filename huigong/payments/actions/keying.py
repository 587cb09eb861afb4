"""Key a stamped reply: two people read the same scan apart, and only what both read alike is applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents import actions as documents
from huigong.organisations.models import Officer
from huigong.payments import reply_checks
from huigong.payments.actions.replying import apply, payments_in, refuse_known, refuse_not_taken, sent_of
from huigong.payments.columns import KEYED
from huigong.payments.hands import refuse_who_decided
from huigong.payments.models import BankReply, KeyedReply, Payment, PaymentBatch
from huigong.payments.queries import handed_out_on, reading_of
from huigong.payments.reply_files import Fault, ReplyRefusedError, fault
from huigong.payments.reply_profiles import FAILED, OUTCOMES, RETURNED
from huigong.payments.reply_whose import Answer
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


class ReadingsDifferError(SaidError):
    """Two people read a stamped reply differently: nothing is applied until both read the same."""


@dataclass(frozen=True, slots=True)
class KeyedLine:
    """One payment as somebody reads it on the paper: outcome (paid, failed, unknown, returned) and reason's code."""

    position: int
    outcome: str
    reason: str = ""


def key_reply(
    batch: PaymentBatch,
    scan: bytes,
    lines: Sequence[KeyedLine],
    *,
    dated: date,
    name: str,
    officer: Officer,
    at: datetime,
) -> BankReply | None:
    """The first reading waits (None); a second one by somebody else that says the same of the same scan applies it.

    `dated` is the day on the paper. Whoever read first may read again. Raises ReadingsDifferError where two readings differ:
    history keeps what the second one read. Raises ReplyRefusedError for lines that are none of the batch.
    """
    try:
        return _key(batch, scan, lines, dated=dated, name=name, officer=officer, at=at)
    except ReadingsDifferError:
        told = {"dated": f"{dated}", "read": [f"{one.position} {one.outcome} {one.reason}".strip() for one in lines]}
        audit.record("reply.differed", subject=batch.number, officer=officer.username, at=at, payload=told)
        raise


@transaction.atomic
def _key(
    batch: PaymentBatch,
    scan: bytes,
    lines: Sequence[KeyedLine],
    *,
    dated: date,
    name: str,
    officer: Officer,
    at: datetime,
) -> BankReply | None:
    refuse_who_decided(batch, officer, at=at)
    batch = PaymentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    refuse_not_taken(batch)
    refuse_known(batch, scan)
    _refuse_day(batch, dated, today=timezone.localdate(at))
    rows = payments_in(batch)
    read = _as_kept(lines, rows)
    document = documents.store(scan, name=name, media_type="image", officer=officer.username, at=at)
    first = reading_of(batch)
    if first is None or first.keyed_by == officer.username:
        first = first or KeyedReply(batch=batch, keyed_by=officer.username)
        first.document, first.dated, first.lines, first.at = document, dated, read, at
        first.save()
        _tell("reply.keyed", first, officer=officer, at=at)
        return None
    if first.document_id != document.pk:
        raise _differ("两人看的不是同一份扫描件", "the two did not read the same scan")
    if first.dated != dated:
        raise _differ("两人录的回单日期不一样", "the two read different days on the paper")
    if first.lines != read:
        raise _differ(*_differing(first.lines, read))
    reply = BankReply(
        batch=batch,
        document=document,
        dated=dated,
        keyed_by=first.keyed_by,
        taken_by=officer.username,
        at=at,
    )
    apply(reply, rows, _answers(lines, rows))
    first.agreed = reply
    first.save()
    _tell("reply.agreed", first, officer=officer, at=at)
    return reply


@transaction.atomic
def discard_reading(batch: PaymentBatch, *, because: str, officer: Officer, at: datetime) -> None:
    """Put away a first reading that is wrong and whose keyer does not mend it; the paper is read by two people anew.

    Raises SaidError without a reason, where none waits, and for the keyer's own, who reads it again instead.
    """
    refuse_who_decided(batch, officer, at=at)
    batch = PaymentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    waiting = reading_of(batch)
    if waiting is None or waiting.keyed_by == officer.username or not because.strip():
        raise SaidError(
            Sentence(
                "reading_not_discarded",
                f"没有作废：批次 {batch.number} 要有等第二人的录入，不是您自己录的（自己录的重录一遍就行），并写明为什么。",
                f"Not discarded: batch {batch.number} needs a reading that waits and is not yours (read your own again), and a "
                "reason.",
            )
        )
    waiting.discarded_by, waiting.discarded_at = officer.username, at
    waiting.discarded_because = whole(because, 200, "原因", "the reason")
    waiting.save()
    _tell("reply.discarded", waiting, officer=officer, at=at)


def _refuse_day(batch: PaymentBatch, dated: date, *, today: date) -> None:
    """Raises ReplyRefusedError for a paper of a day to come, or of one before the batch left the house."""
    out = handed_out_on(batch)
    if dated > today or (out is not None and dated < out):
        zh = f"{dated} 不对：回单的日期不在今天以后，也不在交出这一批（{out or ''}）以前"
        en = f"{dated} cannot be: the paper's day is not ahead, and not before the batch left ({out or ''})"
        raise ReplyRefusedError([fault(0, "made", "no_day_of_it", zh, en)])


def _tell(action: str, keyed: KeyedReply, *, officer: Officer, at: datetime) -> None:
    told = {"reading": str(keyed.pk), "columns": KEYED.told(keyed)}
    audit.record(action, subject=keyed.batch.number, officer=officer.username, at=at, payload=told)


def _as_kept(lines: Sequence[KeyedLine], rows: Sequence[Payment]) -> list[list[str]]:
    """Lines in the order of the batch, every one of them its own payment's."""
    known, seen, faults = {row.position for row in rows}, set[int](), list[Fault]()
    for number, line in enumerate(lines, 1):
        if line.position not in known:
            zh, en = f"这一批里没有第 {line.position} 笔", f"the batch has no payment {line.position}"
            faults.append(fault(number, "position", "foreign", zh, en))
        elif line.position in seen:
            zh, en = f"第 {line.position} 笔录了两次", f"payment {line.position} was keyed twice"
            faults.append(fault(number, "position", "doubled", zh, en))
        elif line.outcome not in OUTCOMES:
            zh, en = f"状态“{line.outcome}”不认识", f"the status “{line.outcome}” is not known"
            faults.append(fault(number, "status", "status_unknown", zh, en))
        elif line.outcome in {FAILED, RETURNED} and line.reason not in Payment.Reason.values:
            zh = f"没付成要写明原因：{'、'.join(Payment.Reason.values)}"
            faults.append(fault(number, "reason", "no_reason", zh, f"a reason is wanted: {', '.join(Payment.Reason)}"))
        seen.add(line.position)
    if faults or not lines:
        raise ReplyRefusedError(faults or [fault(0, "", "empty", "没有一行结果", "it has no line of results")])
    return [[str(line.position), line.outcome, line.reason] for line in sorted(lines, key=lambda one: one.position)]


def _answers(lines: Sequence[KeyedLine], rows: Sequence[Payment]) -> list[Answer]:
    """What two equal readings do. Raises ReplyRefusedError where that contradicts what was taken in before."""
    standing = {one.position: one for one in sent_of(rows)}
    faults, made = list[Fault](), list[Answer]()
    for number, line in enumerate(sorted(lines, key=lambda one: one.position), 1):
        answer = reply_checks.moved(standing[line.position], line.outcome, line.reason, number, faults)
        if answer is not None:
            made.append(answer)
    if not faults and not made:
        faults.append(fault(0, "", "nothing_new", "里面的结果以前都收过", "all that it says was taken in before"))
    if faults:
        raise ReplyRefusedError(faults)
    return made


def _differing(one: list[list[str]], other: list[list[str]]) -> tuple[str, str]:
    """How many, and not which: whoever reads second is told nothing by which to guess what the first one read."""
    first, second = ({line[0]: line[1:] for line in read} for read in (one, other))
    count = sum(first.get(place) != second.get(place) for place in first.keys() | second.keys())
    return f"有 {count} 笔两人录的不一样", f"the two read {count} of the payments differently"


def _differ(zh: str, en: str) -> ReadingsDifferError:
    return ReadingsDifferError(
        Sentence(
            "readings_differ",
            f"{zh}，一笔都没有记。请各自再看原件；第一遍录错了的，由录的人重录，或由另一位写明原因作废。",
            f"{en}; nothing was applied. Look again, each apart; a wrong first reading is read again by its keyer, or discarded "
            "by another with a reason.",
        )
    )
