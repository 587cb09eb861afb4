"""One line of money: allotted = committed + elsewhere + left, committed = to pay + paid + returned, each side out of its own rows.

Committed is what the awards say; to pay, paid and returned are what the ledger says of their transfers. Where they do not
agree, or the fund has promised more than came (to whichever campaign), nothing is released until somebody found out why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Sum

from huigong.circulars.models import Campaign
from huigong.ledger import queries as ledger
from huigong.ledger.queries import RECOVERED_PART, TransferLine
from huigong.studentaid.awards import awards_on_the_books
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Fen of one source in one campaign. `allotted` is None while nobody wrote down what was received."""

    fund_source: str
    allotted: int | None
    committed: int
    elsewhere: int
    """What awards of other campaigns take from the same source: it is one purse."""
    available: int
    """What the ledger says that the fund may still promise, to whomever."""
    to_pay: int
    paid: int
    returned: int
    is_even: bool
    """The trial balance: debits and credits, pending and posted alike."""

    @property
    def left(self) -> int | None:
        return None if self.allotted is None else self.allotted - self.committed - self.elsewhere

    @property
    def adds_up(self) -> bool:
        sides = self.to_pay + self.paid + self.returned
        is_covered = self.left is None or min(self.left, self.available) >= 0
        return self.is_even and self.committed == sides and is_covered


class MoneyDoesNotAddUpError(SaidError):
    """Awards and ledger say different sums: nothing is paid until that is found."""


def money_lines(campaign: Campaign, *, at: datetime | None = None) -> list[MoneyLine]:
    """One line a source of money, now or as of a moment."""
    standing = awards_on_the_books(at=at)
    awards = standing.filter(application__campaign=campaign).select_related("application")
    by_source: dict[str, dict[str, int]] = {}
    for award in awards:
        by_source.setdefault(award.fund_source, {})[award.application.reference] = award.fen
    balances, transfers = ledger.trial_balance(at=at), ledger.transfers(at=at)
    even = (
        sum(line.debits_posted - line.credits_posted for line in balances) == 0
        and sum(line.debits_pending - line.credits_pending for line in balances) == 0
    )
    others = standing.exclude(application__campaign=campaign).order_by().values_list("fund_source")
    elsewhere: dict[str, int] = dict(others.annotate(Sum("fen")))
    available = {one.code: one.available for one in balances}
    return [
        replace(
            _line(source, own, transfers),
            elsewhere=elsewhere.get(source, 0),
            available=available.get(f"fund:{source}", 0),
            is_even=even,
        )
        for source, own in sorted(by_source.items())
    ]


def refuse_unbalanced(campaign: Campaign) -> None:
    """Raises MoneyDoesNotAddUpError where a line of the campaign does not add up."""
    for line in money_lines(campaign):
        if not line.adds_up:
            said = " + ".join(money.for_people(fen) for fen in (line.to_pay, line.paid, line.returned))
            raise MoneyDoesNotAddUpError(
                Sentence(
                    "money_does_not_add_up",
                    f"账不平：{line.fund_source} 已批 {money.for_people(line.committed)} 元，账上待付、已付、退回是 {said} 元，"
                    f"下达 {'未录' if line.allotted is None else money.for_people(line.allotted)} 元，"
                    f"同一来源别的活动已批 {money.for_people(line.elsewhere)} 元。请先落实资金或对账（huigong books verify），这次没有发放。",
                    f"The money of {line.fund_source} does not add up: approved {money.for_people(line.committed)}, the ledger has "
                    f"{said} to pay, paid and returned; other campaigns take {money.for_people(line.elsewhere)}. Run huigong books verify first; nothing was released.",
                )
            )


def _line(source: str, awards: dict[str, int], every: Sequence[TransferLine]) -> MoneyLine:
    """The campaign's own side; what the whole fund has is added by the caller."""
    own = [one for one in every if one.reference.partition(":")[0] in awards]
    ends = {one.of: one.kind for one in own if one.of}
    sums = {"to_pay": 0, "paid": 0, "returned": 0}
    last: dict[str, TransferLine] = {}
    for one in sorted((one for one in own if one.kind == "pending"), key=_attempt):
        last[one.reference.partition(":")[0]] = one
    for one in last.values():
        end = ends.get(one.reference, "")
        reversed_ = ends.get(f"{one.reference.removesuffix(':pending')}:post") == "reversal"
        sums["to_pay" if not end else "returned" if end == "void" or reversed_ else "paid"] += one.fen
        in_parts = _in_parts(one, own)
        sums["paid"] -= in_parts
        sums["returned"] += in_parts
    fund, back = f"fund:{source}", {one.of for one in every if one.kind == "reversal"}
    funds = [one.fen for one in every if _provides(one, fund) and one.reference not in back]
    return MoneyLine(
        source,
        sum(funds) if funds else None,
        committed=sum(awards.values()),
        elsewhere=0,
        available=0,
        to_pay=sums["to_pay"],
        paid=sums["paid"],
        returned=sums["returned"],
        is_even=True,
    )


def _in_parts(pending: TransferLine, own: Iterable[TransferLine]) -> int:
    """Fen of a payment that came back part by part (decision 457)."""
    stem = f"{pending.reference.removesuffix(':pending')}:{RECOVERED_PART}:"
    return sum(one.fen for one in own if one.reference.startswith(stem))


def _provides(one: TransferLine, fund: str) -> bool:
    return (one.credit, one.kind) == (fund, "single") and one.code != RECOVERED_PART


def _attempt(one: TransferLine) -> int:
    return int(one.reference.split(":")[-2])
