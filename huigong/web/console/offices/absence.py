"""如果他请假: what would stop if somebody were away, because nobody else in their office holds the role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huigong.circulars import queries as circulars
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment, Officer
from huigong.web.console.campaigns.tasks import known, tasks
from huigong.web.console.entrance.today import fresh_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many of something in a campaign: a count and no name, so that who manages people sees no family."""

    campaign: str
    count: int
    word: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the officer: who else could do its work, and what would wait where nobody could."""

    word: str
    where: str
    others: Sequence[Officer]
    waiting: Sequence[Waiting]


def stops_without(officer: Officer, *, on: date) -> list[Role]:
    return [_role(period, on=on) for period in organisations.holding(officer, on=on)]


def _role(period: Appointment, *, on: date) -> Role:
    others = organisations.also_holding(period, on=on)
    waiting = [] if others else _waiting(period.officer, period.role, on=on)
    return Role(str(period.get_role_display()), period.organisation.name, others, waiting)


def _waiting(officer: Officer, role: str, *, on: date) -> list[Waiting]:
    return [
        Waiting(campaign.code, task.count, task.word)
        for campaign in fresh_of(list(circulars.campaigns_for(officer)), on)
        for task in tasks(known(officer, campaign), frozenset({role}), day=on)
    ]
