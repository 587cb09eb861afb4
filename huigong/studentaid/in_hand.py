"""Ask who looks after which applications: what an officer has in hand, who could take a county's, how much each has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from huigong.casework import queries as casework
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.studentaid.lifecycle import OWES, UNFINISHED
from huigong.studentaid.models import Application

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class InHand:
    """How many unfinished applications of a campaign an officer has in hand, and how many of those are due in a week or over."""

    count: int
    near: int


def in_hand_of(campaign: Campaign, username: str) -> QuerySet[Application]:
    """The unfinished applications of a campaign that an officer looks after."""
    return unfinished(campaign).filter(reference__in=casework.cases_of(username))


def counted(campaign: Campaign, username: str, *, today: date) -> InHand:
    mine = in_hand_of(campaign, username)
    near = mine.filter(status__in=OWES, reference__in=casework.told_until(None, today + SOON))
    count = mine.count()
    return InHand(count, near.count() if count else 0)


def unfinished(campaign: Campaign) -> QuerySet[Application]:
    """What still has a way to go: neither paid out nor refused."""
    return Application.objects.filter(campaign=campaign, status__in=UNFINISHED)


def loads(campaign: Campaign) -> Mapping[str, int]:
    """How many unfinished applications each officer has in hand, by sign-in name."""
    return casework.loads_of(campaign.code, unfinished(campaign).order_by().values("reference"))


def verifiers_for(federation: Organisation, *, on: date) -> list[Officer]:
    """Who verifies for a federation: its own verifiers, or those of the nearest one above that has any."""
    for here in (federation, *reversed(organisations.above(federation))):
        if found := organisations.holders_of(Appointment.Role.VERIFIER, here, on=on):
            return found
    return []
