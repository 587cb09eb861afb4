"""谁还能帮: for whoever waits, which other sources have money left and do not rule the case out. A quota limits its source, not aid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from huigong.circulars import parameters
from huigong.ledger import queries as ledger
from huigong.quotas import queries as quotas
from huigong.quotas.models import FundSource
from huigong.registry.models import AidGiven
from huigong.rules.fund_rules import Asked, may_pay
from huigong.studentaid.models import Application


@dataclass(frozen=True, slots=True)
class Help:
    """A source that could pay: what it has left, and how many of those who wait its rules let through."""

    source: FundSource
    left_fen: int
    count: int


def other_help(quota_source: str, waiting: Sequence[Application], *, on: date) -> list[Help]:
    """Only sources whose money was written down: what nobody booked is nothing to promise."""
    if not waiting:
        return []
    left = {one.code.removeprefix("fund:"): one.available for one in ledger.trial_balance() if _is_fund(one.code)}
    found = []
    for source in FundSource.objects.exclude(code=quota_source).order_by("code"):
        if left.get(source.code, 0) > 0:
            rules = quotas.rules_of(source, on=on)
            fits = sum(may_pay(rules, asked_of(one, source, on=on)) for one in waiting)
            if fits:
                found.append(Help(source, left[source.code], fits))
    return found


def asked_of(one: Application, source: FundSource, *, on: date) -> Asked:
    """What a source may ask about a case: level of its file, and what it was given of this source in the year."""
    given = AidGiven.objects.filter(fund_source=source.code, given_on__year=on.year)
    line = parameters.standing("dibao_line_month", one.federation, on=on)
    home = one.household
    return Asked(
        file_level=home.enrolment_level if home else "",
        fen=one.amount_fen or 0,
        student_fen=_sum(given.filter(person_index=one.student_index)),
        household_fen=_sum(given.filter(household=home)) if home else 0,
        dibao_month_fen=line.value if line else None,
    )


def _is_fund(code: str) -> bool:
    return code.startswith("fund:")


def _sum(rows: QuerySet[AidGiven]) -> int:
    return int(rows.aggregate(Sum("fen"))["fen__sum"] or 0)
