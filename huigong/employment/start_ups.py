"""Start-ups as a whole: which opened, run, held their first year; how many jobs and how much money; and the success rate."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from huigong.employment.models import FollowUp, StartUp
from huigong.rules.employed import Business, share_shown

A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Started:
    """One start-up with the checks that were made of it, by months."""

    one: StartUp
    checks: dict[int, FollowUp]

    @property
    def counted(self) -> Business:
        outcome, check = self.one.outcome, self.checks.get(A_YEAR)
        return Business(
            opened=outcome is not None,
            ended=outcome is not None and outcome.ended_on is not None,
            held_a_year=check is not None and check.holds,
        )


@dataclass(frozen=True, slots=True)
class Success:
    """创业成功率: those that ran when their first year was over, of those whose first year is over or that ended before."""

    held: int
    settled: int

    @property
    def shown(self) -> str:
        return share_shown(self.held, self.settled)


def looked_at(rows: QuerySet[StartUp]) -> list[Started]:
    """Start-ups with their checks, in two questions."""
    checks = Prefetch("outcome__follow_ups", queryset=FollowUp.objects.order_by("months"))
    found = rows.select_related("graduate__federation", "outcome").prefetch_related(checks)
    return [Started(one, {each.months: each for each in _checks(one)}) for one in found.order_by("planned_on", "id")]


def _checks(one: StartUp) -> list[FollowUp]:
    return list(one.outcome.follow_ups.all()) if one.outcome else []


def success(those: Sequence[Started]) -> Success:
    counted = [one.counted for one in those]
    return Success(sum(one.held_a_year for one in counted), sum(one.is_settled for one in counted))
