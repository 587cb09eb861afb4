"""What the page of a campaign shows: its deadline, the strip of states, the notices that hang."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.organisations.models import Officer
from huigong.publicnotices import queries as publicnotices
from huigong.publicnotices.models import PublicNotice
from huigong.rules.circular import Circular
from huigong.studentaid import queries as studentaid
from huigong.studentaid.lifecycle import (
    APPROVED,
    ELIGIBLE,
    INCOMPLETE,
    ON_NOTICE,
    PLACED,
    REFUSED,
    RELEASED,
    SUBMITTED,
    TIED,
    TO_SETTLE,
    VERIFIED,
    WAITING,
)
from huigong.values.working_days import WorkingCalendar
from huigong.web.console import words
from huigong.web.console.campaigns.tasks import Known, applications_address, due
from huigong.web.console.citing import Cited, cited


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of the strip: it opens the list that it counts. `share` is its part of the largest, in percent."""

    word: str
    count: int
    address: str
    tone: str
    share: int


@dataclass(frozen=True, slots=True)
class Hanging:
    """A public notice, its window, and whether it hangs today."""

    notice: PublicNotice
    window: str
    count: int
    address: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to hand in, what it means today, and its tone."""

    day: date
    word: str
    left: str
    tone: str
    counted: tuple[date, ...] = ()
    """Between which days working days were counted: a page says where the calendar lacks a year."""


def deadline_of(circular: Circular, *, day: date, calendar: WorkingCalendar) -> Deadline | None:
    """Working days are counted from today to the last day, both included; a year that the calendar lacks is not guessed."""
    last = circular.deadline
    if last is None:
        return None
    can = last >= day and {last.year, day.year} <= calendar.years
    left, tone = due(last, day=day, left=calendar.between(day, last) if can else None)
    return Deadline(last, words.day_word(last), left, tone, (day, last) if last >= day else ())


def deadline_cited(found: Campaign, circular: Circular) -> Cited | None:
    """The clause of the criterion that measures against the deadline."""
    measured = (use for use in circular.criteria if use.parameters.get("day") == circular.deadline is not None)
    use = next(measured, None)
    return cited(found.version, use.clause) if use else None


def strip(stands: Known) -> list[Step]:
    """In the order of the way. What a row or a case has left it is no longer counted at."""
    campaign, rows = stands.campaign, stands.rows
    forms = reverse("forms", args=[campaign.code])
    open_ = stands.counts.get(SUBMITTED, 0) + stands.counts.get(VERIFIED, 0)
    figures = [
        (_("登记（行）"), rows.all, forms, ""),
        (_("退回修改"), rows.returned, f"{forms}?state=stop", "stop"),
        (_("等人核实"), rows.waiting, f"{forms}?state=waiting", "soon"),
        *([_figure(stands, _("待认定"), SUBMITTED, VERIFIED)] if open_ else []),
        _figure(stands, words.status_word(INCOMPLETE), INCOMPLETE, tone="soon"),
        _figure(stands, words.status_word(TO_SETTLE), TO_SETTLE, TIED, tone="soon"),
        _figure(stands, _("符合，待排名"), ELIGIBLE),
        _figure(stands, words.status_word(PLACED), PLACED),
        _figure(stands, words.status_word(WAITING), WAITING),
        _figure(stands, words.status_word(ON_NOTICE), ON_NOTICE),
        _figure(stands, _("待发放"), APPROVED),
        _figure(stands, _("已安排发放"), RELEASED),
        *([_figure(stands, words.status_word(REFUSED), REFUSED)] if stands.counts.get(REFUSED) else []),
    ]
    most = max((count for _word, count, _address, _tone in figures), default=0)
    return [
        Step(word, count, address, tone if count else "", 100 * count // most if most else 0)
        for word, count, address, tone in figures
    ]


def _figure(stands: Known, word: str, *statuses: str, tone: str = "") -> tuple[str, int, str, str]:
    count = sum(stands.counts.get(status, 0) for status in statuses)
    return word, count, applications_address(stands.campaign, status=statuses), tone


def of_notices(stands: Known, day: date) -> str:
    return "hanging" if any(notice.last_day >= day for notice in stands.notices) else "over"


def hanging(officer: Officer, stands: Known, day: date) -> list[Hanging]:
    if not stands.notices:
        return []
    mine = studentaid.applications_for(officer, stands.campaign).order_by().values("reference")
    lines = publicnotices.counts_on(stands.notices, mine)
    return [_hung(notice, stands, lines.get(notice.number, 0), day) for notice in stands.notices]


def _hung(notice: PublicNotice, stands: Known, count: int, day: date) -> Hanging:
    window = f"{words.day_word(notice.first_day)} – {words.day_word(notice.last_day)}"
    if day < notice.first_day:
        word, tone = _("还没开始"), ""
    elif day <= notice.last_day:
        word, tone = _("公示中"), "now"
    else:
        word, tone = _("公示期满"), "done"
    return Hanging(notice, window, count, applications_address(stands.campaign, notice=notice.number), word, tone)
