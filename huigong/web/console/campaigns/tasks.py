"""要办的: what there is to do in a campaign for somebody of these roles. Every count opens a list of that length."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huigong.circulars.models import Campaign
from huigong.intake import queries as intake
from huigong.organisations.models import Officer
from huigong.publicnotices import queries as publicnotices
from huigong.publicnotices.models import PublicNotice
from huigong.studentaid import in_hand
from huigong.studentaid import queries as studentaid
from huigong.studentaid.in_hand import InHand
from huigong.studentaid.lifecycle import (
    APPROVED,
    ELIGIBLE,
    INCOMPLETE,
    ON_NOTICE,
    PLACED,
    RELEASED,
    SUBMITTED,
    TIED,
    TO_SETTLE,
    UNFINISHED,
    VERIFIED,
)
from huigong.web.console import words
from huigong.web.console.campaigns.daylight_tasks import Daylight, daylight_of, daylight_tasks
from huigong.web.console.campaigns.task import Task
from huigong.web.roles import HANDS_IN


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows of forms stand where, in an officer's scope."""

    all: int
    ready: int
    returned: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the tasks of a campaign are counted from: read once, shared by the campaign page and by today."""

    campaign: Campaign
    rows: Rows
    counts: Mapping[str, int]
    notices: Sequence[PublicNotice]
    on_notice: Mapping[str, int]
    mine: InHand
    who: str
    daylight: Daylight


def known(officer: Officer, campaign: Campaign) -> Known:
    """Eight questions at most, however many forms and applications there are."""
    applications = studentaid.applications_for(officer, campaign)
    notices = publicnotices.notices_of(campaign)
    return Known(
        campaign,
        rows_of(officer, campaign),
        studentaid.counts(applications),
        notices,
        publicnotices.counts_on(notices, applications.filter(status=ON_NOTICE).order_by().values("reference"))
        if notices
        else {},
        in_hand.counted(campaign, officer.username, today=timezone.localdate()),
        officer.username,
        daylight_of(officer, campaign, notices),
    )


def rows_of(officer: Officer, campaign: Campaign) -> Rows:
    forms = intake.forms_for(officer, campaign).order_by()
    told = forms.aggregate(
        taken=Sum("rows_taken"), ready=Sum("rows_ready"), returned=Sum("rows_returned"), waiting=Sum("rows_waiting")
    )
    ready, returned, waiting = (told[name] or 0 for name in ("ready", "returned", "waiting"))
    return Rows((told["taken"] or 0) + ready + returned + waiting, ready, returned, waiting)


def tasks(known: Known, roles: frozenset[str], *, day: date) -> list[Task]:
    """In the order in which they hold others up: people first, then papers, then money."""
    found: list[Task] = [*_in_hand(known)]
    if roles & HANDS_IN:
        found += _of_forms(known)
    if roles & {"approver", "verifier"}:
        found += _of_status(known, (TO_SETTLE,), _("请负责人定"), note=_("卡住名额"), tone="look")
    if "approver" in roles:
        found += _of_status(known, (TIED,), _("名次并列，定先给谁"), note=_("卡住名额"), tone="look")
    if "verifier" in roles:
        found += _of_status(known, (SUBMITTED, VERIFIED), _("等审核认定"))
        found += _of_status(known, (ELIGIBLE,), _("符合条件，等排名次"))
        found += _of_status(known, (PLACED,), _("有名额，等上公示"))
    if roles & {"approver", "verifier"}:
        found += _of_notices(known, roles, day)
    found += daylight_tasks(known.campaign, known.daylight, roles, day=day)
    if "finance" in roles:
        found += _of_status(known, (APPROVED,), _("已批准，等安排发放"), note=_("待发放"), tone="look")
    if roles & HANDS_IN:
        found += _of_status(known, (INCOMPLETE,), _("缺材料，补齐就能办"))
    if "auditor" in roles:
        found += _of_status(known, (APPROVED, RELEASED), _("已批准或已安排发放，可以逐件穿行"), note=_("只看"))
    return found


def _in_hand(known: Known) -> Iterator[Task]:
    """您手上 n 件, of which m are due within a week or over."""
    told = {"status": sorted(UNFINISHED), "assignee": known.who}
    if known.mine.count:
        yield Task(known.mine.count, _("件在您手上"), applications_address(known.campaign, **told), "", "now")
    if known.mine.near:
        address = applications_address(known.campaign, **told, due="near")
        yield Task(known.mine.near, _("件在您手上，快到期或过期了"), address, _("快到期"), "soon")


def _of_forms(known: Known) -> Iterator[Task]:
    """Rows: the list of forms shows on each how many of them it holds."""
    address = reverse("forms", args=[known.campaign.code])
    if known.rows.waiting:
        word = _("行等人核实（单位或号码）")
        yield Task(known.rows.waiting, word, f"{address}?state=waiting", _("看一眼"), "look")
    if known.rows.ready:
        yield Task(known.rows.ready, _("行读好了，可以收下"), f"{address}?state=ready", "", "")
    if known.rows.returned:
        yield Task(known.rows.returned, _("行要改好才能收"), f"{address}?state=stop", "", "")


def _of_status(known: Known, statuses: Sequence[str], word: str, *, note: str = "", tone: str = "") -> Iterator[Task]:
    count = sum(known.counts.get(status, 0) for status in statuses)
    if count:
        yield Task(count, word, applications_address(known.campaign, status=statuses), note, tone)


def _of_notices(known: Known, roles: frozenset[str], day: date) -> Iterator[Task]:
    """Cases on a notice: until its last day they wait for objections, afterwards for the collective decision."""
    for notice in known.notices:
        count = known.on_notice.get(notice.number, 0)
        address = applications_address(known.campaign, status=(ON_NOTICE,), notice=notice.number)
        if count and notice.last_day >= day:
            note = _("到%(day)s") % {"day": words.day_word(notice.last_day)}
            yield Task(count, _("公示中，收异议"), address, note, "now")
        elif count and "approver" in roles:
            yield Task(count, _("公示期满，等集体研究审批"), address, _("公示期满"), "look")


def applications_address(campaign: Campaign, **filters: str | Sequence[str]) -> str:
    """The list of a campaign's applications under these filters."""
    query = urlencode({name: value for name, value in filters.items() if value}, doseq=True)
    return reverse("applications", args=[campaign.code]) + (f"?{query}" if query else "")


def due(deadline: date | None, *, day: date, left: int | None) -> tuple[str, str]:
    """What a deadline means today, in words, and its tone: working days left, today, or over."""
    if deadline is None:
        return "", ""
    if deadline < day:
        return _("已截止"), ""
    if deadline == day:
        return _("就是今天"), "soon"
    if left is None:
        return "", "soon"
    return ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", left) % {"n": left}, "soon"
