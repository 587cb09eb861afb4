"""Whose answer a reply is: which batch and day it names, and whether a line of it can be about this payment only. Plain: no database."""

from dataclasses import dataclass
from datetime import date

from huigong.payments.reply_files import Fault, ReplyLine, ReplyRead, fault


@dataclass(frozen=True, slots=True)
class Sent:
    """A payment as it went to the bank, and where it stands now. The card is plain here and in the file only."""

    position: int
    reference: str
    name: str
    card: str
    fen: int
    status: str
    answered_on: date | None = None
    """The day of the reply that moved it last."""


@dataclass(frozen=True, slots=True)
class Against:
    """What a result file is held against beside the payments: the batch, the days, and what went out in other batches."""

    number: str
    today: date
    last: date | None = None
    """The day of the newest result file that was applied; the file's own day comes from its head."""
    handed_out_on: date | None = None
    remark: str = ""
    """The remark of the batch as it went to the bank."""
    elsewhere: frozenset[int] = frozenset()
    """Positions of which the like (this card and sum, or this case) went to the bank in another batch too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a payment: the status to move to, the reason's code, and the line that said it."""

    position: int
    to: str
    reason: str
    line: int


def day_of(text: str) -> date | None:
    """`20170830`, `2017-08-30` or with a time behind it; None for no day."""
    digits = "".join(sign for sign in text if sign.isdigit())[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def head_faults(read: ReplyRead, against: Against) -> list[Fault]:
    head, line, faults = read.head, read.head_line, list[Fault]()
    number, last, out = against.number, against.last, against.handed_out_on
    if "batch" in head and head["batch"] != number:
        zh, en = f"是批次 {head['batch']} 的回单，不是 {number} 的", f"it answers batch {head['batch']}, not {number}"
        faults.append(fault(line, "batch", "foreign_batch", zh, en))
    if "made" in head:
        made = day_of(head["made"])
        if made is None:
            faults.append(fault(line, "made", "no_day", f"“{head['made']}”不是日期", f"“{head['made']}” is no day"))
        elif made > against.today:
            faults.append(fault(line, "made", "future", "日期在今天以后", "its day is still to come"))
        elif out is not None and made < out:
            zh = f"比这一批交出去的日子（{out}）早，是以前的结果"
            faults.append(
                fault(line, "made", "before_taken", zh, f"the batch left on {out} only: it answers an earlier one")
            )
        elif last is not None and made < last:
            zh = f"比已收的回单（{last}）旧"
            faults.append(fault(line, "made", "stale", zh, f"it is older than the reply that was applied ({last})"))
    return faults


def names_batch(line: ReplyLine, against: Against, faults: list[Fault]) -> bool | None:
    """Whether a line gives back the remark that holds this batch's number; None where it is another's (a fault).

    A bank may leave it out or cut it off: then the line does not say which batch it answers.
    """
    given, written = squeezed(line.cells.get("remark", "")), squeezed(against.remark)
    if given == written:
        return against.number in against.remark
    if written.startswith(given):
        return False
    zh, en = "不是这一批送出的附言，是别的批次的结果", "it is not the remark of this batch: another batch's result"
    faults.append(fault(line.line, "remark", "other_remark", zh, en))
    return None


def is_its_own(
    answer: Answer, one: Sent, against: Against, faults: list[Fault], *, is_named: bool, made_on: date | None
) -> bool:
    """Whether a line that would move a payment can only be about this one, as it stands today."""
    if not is_named and one.position in against.elsewhere:
        zh = "同一笔在别的批次也送过银行，这份结果没写是哪一批：请银行给带批次附言的结果，或凭盖章回单由两人录入"
        en = (
            "the like went to the bank in another batch too, and this does not say which one it answers: ask for a result "
            "with the batch's remark, or let two people key the stamped reply"
        )
        faults.append(fault(answer.line, "remark", "which_batch", zh, en))
        return False
    if made_on is not None and one.answered_on is not None and made_on < one.answered_on:
        zh = f"这一笔收过更新的结果（{one.answered_on}），这份是旧的"
        faults.append(
            fault(answer.line, "status", "stale", zh, f"an answer of {one.answered_on} was applied to it already")
        )
        return False
    return True


def squeezed(name: str) -> str:
    return "".join(name.split())
