"""What pages show of who looks after what: the bar of a list, the line of a case, how much each has in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from huigong.casework import queries as of_casework
from huigong.casework.models import Assignment
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment, Officer
from huigong.studentaid import in_hand
from huigong.studentaid.lifecycle import UNFINISHED
from huigong.studentaid.models import Application
from huigong.web.console import words
from huigong.web.console.applications.all_matching import Matching, matching
from huigong.web.console.applications.filters import NOBODY, Asked
from huigong.web.console.asking import OfficerRequest, serves_whole
from huigong.web.console.campaigns.tasks import applications_address

VERIFIER, LEADER = Appointment.Role.VERIFIER, Appointment.Role.APPROVER
HOW = {
    "taken": ("自己接", "taken"),
    "given": ("交办", "given"),
    "shared": ("平均分", "shared out"),
    "handed": ("转交", "handed on"),
    "undone": ("撤销", "undone"),
}
"""How cases were given, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Giving:
    """What the list offers: all that match, whether the reader takes cases and shares them out, to whom they may go, what
    was given last.
    """

    all: Matching
    takes: bool
    shares: bool
    people: Sequence[Officer]
    last: Assignment | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who looks after one case, and whether the reader may take it."""

    name: str
    mine: bool
    may_take: bool


@dataclass(frozen=True, slots=True)
class Load:
    """An officer with how much is in their hands and how much of it is due, each the length of a list."""

    who: Officer
    count: int
    near: int
    address: str
    near_address: str
    stands_in: bool


def giving_shown(request: OfficerRequest, campaign: Campaign, wanted: Asked, counts: Mapping[str, int]) -> Giving:
    last = visible(request, campaign).filter(given_by=request.user.username).first()
    again = last is not None and last.how != Assignment.How.UNDONE and not was_undone(last)
    return Giving(
        all=matching(request.user, campaign, wanted, counts),
        takes=VERIFIER in request.roles,
        shares=LEADER in request.roles,
        people=others(request),
        last=last if again else None,
    )


def holder_shown(request: OfficerRequest, one: Application) -> Holder:
    """Who looks after it; whoever verifies may take what nobody has and what still has a way to go."""
    name = of_casework.names_of_assignees([one.reference]).get(one.reference, "")
    takes = VERIFIER in request.roles and one.status in UNFINISHED
    return Holder(words.people([name])[name] if name else "", name == request.user.username, takes and not name)


def was_undone(one: Assignment) -> bool:
    return hasattr(one, "undone")


def loads_shown(request: OfficerRequest, campaign: Campaign) -> list[Load]:
    day, who = timezone.localdate(), request.user
    principals = organisations.stands_in_for(who, on=day)
    held, found = in_hand.loads(campaign), []
    for one in organisations.holders_around(VERIFIER, who, on=day):
        has = one.username in held
        told = in_hand.counted(campaign, one.username, today=day) if has else in_hand.InHand(0, 0)
        filters = {"status": sorted(UNFINISHED), "assignee": one.username}
        address, near = (applications_address(campaign, **filters, **more) for more in ({}, {"due": "near"}))
        found.append(Load(one, told.count, told.near, address, near, one.username in principals))
    return found


def free_address(campaign: Campaign) -> str:
    """The list of what nobody looks after."""
    return applications_address(campaign, status=sorted(UNFINISHED), assignee=NOBODY)


def others(request: OfficerRequest) -> list[Officer]:
    """To whom the reader may give: who verifies in their scope or above it, but themselves."""
    found = organisations.holders_around(VERIFIER, request.user, on=timezone.localdate())
    return [one for one in found if one.pk != request.user.pk]


def visible(request: OfficerRequest, campaign: Campaign) -> QuerySet[Assignment]:
    """Of the whole campaign for who serves it; else what was given in the officer's own office."""
    given = of_casework.assignments_of(campaign.code)
    if serves_whole(request.user, campaign):
        return given
    colleagues = Officer.objects.filter(organisation__in=organisations.scope_of(request.user)).values("username")
    return given.filter(given_by__in=colleagues)
