"""The cast of the demo city: every role once at least, county reviewers in two counties, the three administrators apart.

The second approver has no hand in any case: an objection to one that was approved can be given to somebody.

Whoever is named without an organisation serves the city; `where` is the name of a unit or the code of a county.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.organisations import actions as organisations
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.organisations.queries import by_code, within
from huigong.studentaid import actions as studentaid
from huigong.studentaid.in_hand import unfinished

UNIT = "藤县糖业公司工会"


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be played: its key, the role, who plays it, and where."""

    key: str
    role: str
    name: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Player:
    """A part and the officer who plays it."""

    part: Part
    officer: Officer


CAST = (
    Part("preparer", "preparer", "陆", UNIT),
    Part("aid_centre", "aid_centre", "甘"),
    Part("verifier", "verifier", "黄"),
    Part("verifier-tengxian", "verifier", "邓", "450422"),
    Part("verifier-cenxi", "verifier", "岑", "450481"),
    Part("approver", "approver", "覃"),
    Part("approver-second", "approver", "罗"),
    Part("finance", "finance", "陈"),
    Part("finance-second", "finance", "韩"),
    Part("auditor", "auditor", "梁"),
    Part("auditor-tengxian", "auditor", "麦", "450422"),
    Part("administrator", "administrator", "苏"),
    Part("security", "security", "农"),
    Part("log_auditor", "log_auditor", "蒙"),
)
NAMES = {part.key: part.name for part in CAST}


def players() -> list[Player]:
    """Who of the cast holds their role today, in the order of the way."""
    rows = Appointment.objects.filter(valid_until=None, officer__name__in=NAMES.values(), officer__is_active=True)
    held = {(row.role, row.officer.name): row.officer for row in rows.select_related("officer__organisation")}
    return [Player(part, held[part.role, part.name]) for part in CAST if (part.role, part.name) in held]


def appoint(city: Organisation, *, at: datetime) -> dict[str, Officer]:
    """The whole cast at work, by the key of each part."""
    return {
        part.key: organisations.add_officer(
            part.name, role=part.role, organisation=_organisation(part, city), by="system", at=at
        )
        for part in CAST
    }


def desks_with_telephones(city: Organisation, *, at: datetime) -> None:
    """What an officer elsewhere is told to call: the desk of every aid centre has an (invented) number."""
    federations = within(city).filter(kind=Organisation.Kind.FEDERATION).order_by("code")
    for place, federation in enumerate(federations, start=1):
        organisations.set_telephone(federation, f"0774-55501{place:02}", officer="system", at=at)


def share_out(campaign: Campaign, approver: Officer, *, at: datetime) -> None:
    """Every case that is there looked after by somebody: a county's by its own verifier where it has one."""
    cases = list(unfinished(campaign).select_related("federation"))
    studentaid.share_cases(campaign, cases, officer=approver, at=at)


def busy_with_people(officers: dict[str, Officer], *, at: datetime) -> None:
    """What the security administrator has to see to: an invitation that nobody used, and a deputy whose days end soon."""
    by = officers["security"].username
    organisations.invite(officers["verifier-cenxi"].organisation, role="aid_centre", until=None, by=by, at=at)
    today = timezone.localdate(at)
    organisations.deputise(
        officers["aid_centre"],
        officers["verifier"],
        first_day=today,
        last_day=today + timedelta(days=14),
        by=by,
        at=at,
    )


def _organisation(part: Part, city: Organisation) -> Organisation:
    if not part.where:
        return city
    return by_code(part.where) if part.where.isdigit() else within(city).get(name=part.where)
