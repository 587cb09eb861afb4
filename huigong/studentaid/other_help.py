"""谁还能帮: for whoever waits, which other sources have money left and do not rule the case out. A quota limits its source, not aid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huigong.ledger import queries as ledger
from huigong.quotas.models import FundSource
from huigong.studentaid.fund_checks import refusals
from huigong.studentaid.models import Application


@dataclass(frozen=True, slots=True)
class Help:
    """A source that could pay: what it has left, and whom of those who wait its rules let through."""

    source: FundSource
    left_fen: int
    cases: Sequence[Application]

    @property
    def count(self) -> int:
        return len(self.cases)


def other_help(quota_source: str, waiting: Sequence[Application], *, on: date) -> list[Help]:
    """Only sources whose money was written down: what nobody booked is nothing to promise."""
    found = []
    for source, fen in _with_money(quota_source) if waiting else ():
        refused = refusals(source.code, waiting, on=on)
        fits = [one for one in waiting if one.reference not in refused]
        if fits:
            found.append(Help(source, fen, fits))
    return found


def could_pay(quota_source: str, cases: Sequence[Application], *, on: date) -> dict[str, list[str]]:
    """By reference, the names of the other sources that could pay each of these by itself: a sister uses up no cap here."""
    names: dict[str, list[str]] = {one.reference: [] for one in cases}
    for source, _ in _with_money(quota_source) if cases else ():
        refused = refusals(source.code, cases, on=on, apart=True)
        for reference in names.keys() - refused.keys():
            names[reference].append(source.name)
    return names


def _with_money(quota_source: str) -> list[tuple[FundSource, int]]:
    """The other sources that have money left, and how much."""
    left = {one.code.removeprefix("fund:"): one.available for one in ledger.trial_balance() if _is_fund(one.code)}
    others = FundSource.objects.exclude(code=quota_source).order_by("code")
    return [(one, left[one.code]) for one in others if left.get(one.code, 0) > 0]


def _is_fund(code: str) -> bool:
    return code.startswith("fund:")
