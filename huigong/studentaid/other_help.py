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
    if not waiting:
        return []
    left = {one.code.removeprefix("fund:"): one.available for one in ledger.trial_balance() if _is_fund(one.code)}
    found = []
    for source in FundSource.objects.exclude(code=quota_source).order_by("code"):
        if left.get(source.code, 0) > 0:
            refused = refusals(source.code, waiting, on=on)
            fits = [one for one in waiting if one.reference not in refused]
            if fits:
                found.append(Help(source, left[source.code], fits))
    return found


def _is_fund(code: str) -> bool:
    return code.startswith("fund:")
