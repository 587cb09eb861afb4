"""各县（市、区）: by federation how many applied, how its places stand, and what comes next there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.organisations.models import Officer
from huigong.quotas import queries as quotas
from huigong.studentaid import queries as studentaid
from huigong.studentaid.lifecycle import (
    APPROVED,
    ELIGIBLE,
    HOLDS_A_PLACE,
    INCOMPLETE,
    ON_NOTICE,
    PLACED,
    RELEASED,
    SUBMITTED,
    TIED,
    TO_SETTLE,
    VERIFIED,
    WAITING,
)
from huigong.studentaid.queries import Stood
from huigong.web.console.campaigns.tasks import applications_address


@dataclass(frozen=True, slots=True)
class Linked:
    """A number and the list behind it."""

    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Next:
    word: str
    address: str
    tone: str


@dataclass(frozen=True, slots=True)
class Federation:
    """One line of the table. `full` and `part` are the bar's shares in percent: places held, and waiting for the rest."""

    code: str
    name: str
    applications: Linked
    incomplete: Linked
    eligible: Linked
    waiting: Linked
    used: Linked
    places: int
    full: int
    part: int
    next: Next

    @property
    def left(self) -> int:
        return self.places - self.used.count


_STEPS: Sequence[tuple[tuple[str, ...], str, str]] = (
    ((TO_SETTLE, TIED), "settle", "look"),
    ((SUBMITTED, VERIFIED), "verify", ""),
    ((ELIGIBLE,), "share", ""),
    ((PLACED,), "publish", ""),
    ((APPROVED,), "release", "look"),
    ((ON_NOTICE,), "hanging", "now"),
    ((INCOMPLETE,), "papers", ""),
)


def federations(officer: Officer, campaign: Campaign, *, fund_source: str, notices: str) -> list[Federation]:
    """Those with places or applications in the officer's scope, in the order of codes.

    `notices` is "hanging" while a public notice hangs; "over" once every window is over and cases wait for approval.
    """
    stood = studentaid.stood(studentaid.applications_for(officer, campaign))
    names = {row.federation_code: row.federation_name for row in stood}
    places: dict[str, int] = {}
    for allotment in quotas.allotments_for(officer, campaign):
        names[allotment.organisation.code] = allotment.organisation.name
        if allotment.fund_source.code == fund_source:
            places[allotment.organisation.code] = allotment.places
    own: dict[str, list[Stood]] = {code: [] for code in names}
    for row in stood:
        own[row.federation_code].append(row)
    return [_federation(campaign, code, names[code], own[code], places.get(code, 0), notices) for code in sorted(names)]


def _federation(
    campaign: Campaign, code: str, name: str, rows: Sequence[Stood], places: int, notices: str
) -> Federation:
    by_status: dict[str, int] = {}
    for row in rows:
        by_status[row.status] = by_status.get(row.status, 0) + row.count

    def linked(count: int, **filters: str | Sequence[str]) -> Linked:
        return Linked(count, applications_address(campaign, federation=code, **filters))

    held, turn = _sum(by_status, HOLDS_A_PLACE), _sum(by_status, (WAITING, TIED))
    return Federation(
        code=code,
        name=name,
        applications=linked(_sum(by_status, by_status)),
        incomplete=linked(by_status.get(INCOMPLETE, 0), status=(INCOMPLETE,)),
        eligible=linked(sum(row.count for row in rows if row.verdict == ELIGIBLE), verdict=ELIGIBLE),
        waiting=linked(turn, status=(WAITING, TIED)),
        used=linked(held, status=sorted(HOLDS_A_PLACE)),
        places=places,
        full=100 * min(held, places) // places if places else 0,
        part=100 * min(turn, places - held) // places if places > held else 0,
        next=_next(campaign, code, by_status, notices),
    )


def _next(campaign: Campaign, code: str, by_status: Mapping[str, int], notices: str) -> Next:
    """The first step that waits for somebody."""
    for statuses, step, tone in _STEPS:
        if count := _sum(by_status, statuses):
            address = applications_address(campaign, federation=code, status=statuses)
            over = step == "hanging" and notices == "over"
            return Next(_words("over" if over else step) % {"n": count}, address, "look" if over else tone)
    return Next(_("办完了") if by_status.get(RELEASED) else "", "", "done")


def _words(step: str) -> str:
    return {
        "settle": _("请定 %(n)s 件"),
        "verify": _("审核 %(n)s 件"),
        "share": _("排名次 %(n)s 件"),
        "publish": _("上公示 %(n)s 件"),
        "release": _("安排发放 %(n)s 件"),
        "hanging": _("公示中 %(n)s 件"),
        "over": _("等审批 %(n)s 件"),
        "papers": _("等补材料 %(n)s 件"),
    }[step]


def _sum(by_status: Mapping[str, int], statuses: Iterable[str]) -> int:
    return sum(by_status.get(status, 0) for status in statuses)
