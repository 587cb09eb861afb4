"""公示: the notices of a campaign, and one of them: its window, what hangs, where it hung, and when its page could be reached."""

from dataclasses import dataclass
from datetime import date

from django.contrib.messages import SUCCESS
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from huigong.circulars.calendar import working_calendar
from huigong.payments import queries as payments
from huigong.publicnotices import actions, board_sheet, queries
from huigong.publicnotices.models import NoticeLine, NoticePosting, PublicNotice
from huigong.studentaid import queries as studentaid
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, serves_whole, tell
from huigong.web.console.campaigns.overview import hanging
from huigong.web.console.campaigns.tasks import known
from huigong.web.console.citing import cited
from huigong.web.console.once import once

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the window stands on a day: a tag with its tone, and how many working days went and are left."""

    word: str
    tone: str
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line in both its faces, with what stands against its case."""

    line: NoticeLine
    yuan: str
    held: str


def notices(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    stands, today = known(request.user, campaign), timezone.localdate()
    shown = {
        "campaign": campaign,
        "notices": hanging(request.user, stands, today),
        "open": len(queries.open_postings(stands.notices)) if stands.notices else 0,
        "may_publish": bool(request.roles & permissions.asked("step-publish")) and serves_whole(request.user, campaign),
    }
    return render(request, "daylight/notices.html", shown)


def notice(request: OfficerRequest, number: str) -> HttpResponse:
    """One notice as far as it is in the officer's scope: other units' lines are counted, not shown."""
    found = notice_or_404(number)
    own = _lines(request, found)
    postings = [one for one in queries.postings_of(found) if _is_mine(request, one)]
    shown = {
        "notice": found,
        "campaign": found.campaign,
        "clock": clock(found, timezone.localdate()),
        "cited": cited(found.campaign.version, found.clause),
        "lines": own[:_SHOWN],
        "count": len(own),
        "rest": max(0, len(own) - _SHOWN),
        "postings": [(one, *state(one, timezone.localdate())) for one in postings],
        "kinds": [(kind, label) for kind, label in NoticePosting.Kind.choices if kind != "board"],
        "reached": queries.reached(found),
        "address": public_address(request, found),
        "may_post": bool(request.roles & permissions.asked("notice-post-up")),
    }
    return render(request, "daylight/notice.html", shown)


@require_POST
def notice_post_up(request: OfficerRequest, number: str) -> HttpResponse:
    """Another channel that the notice was put on; taking it down again becomes a task."""
    found, sent = notice_or_404(number), request.POST
    kind, back = sent.get("kind", ""), reverse("notice", args=[number])

    def do() -> str:
        actions.post_up(
            found,
            kind=kind if kind in NoticePosting.Kind.values else NoticePosting.Kind.PAPER,
            unit=request.user.organisation,
            place=sent.get("place", ""),
            officer=request.user,
            at=timezone.now(),
        )
        tell(request, SUCCESS, _("记下了。公示期满，这里会提醒去取下。"))
        return back

    return once(request, do, back=back)


def notice_code(request: OfficerRequest, number: str) -> HttpResponse:
    """The address of the public page as a code for a phone."""
    content = board_sheet.code_of(public_address(request, notice_or_404(number)))
    return HttpResponse(content, content_type="image/png")


def notice_or_404(number: str) -> PublicNotice:
    return or_404(queries.by_number(number))


def public_address(request: OfficerRequest, notice: PublicNotice) -> str:
    return request.build_absolute_uri(reverse("public-notice", args=[notice.number]))


def clock(notice: PublicNotice, today: date) -> Clock:
    """The working-day clock of a window."""
    calendar = working_calendar()
    if today < notice.first_day:
        return Clock(_("还没开始"), "", words.day_word(notice.first_day))
    if today > notice.last_day:
        return Clock(_("公示期满"), "done", _("%(day)s 已满") % {"day": words.day_word(notice.last_day)})
    left = calendar.between(today, notice.last_day)
    told = ngettext("还有 %(n)s 个工作日（含今天）", "还有 %(n)s 个工作日（含今天）", left) % {"n": left}
    return Clock(_("公示中"), "now", told)


def state(posting: NoticePosting, today: date) -> tuple[str, str]:
    """Where a posting stands, in a word and its tone: what somebody still has to do comes first."""
    over = today > posting.notice.last_day
    if over and posting.taken_down_on is None:
        return _("请去取下"), "stop"
    if posting.kind != NoticePosting.Kind.BOARD:
        return (_("已取下"), "done") if posting.taken_down_on else (_("挂着"), "now")
    if posting.confirmed_by:
        return _("说明已核对"), "done"
    if posting.entered_by:
        return _("等另一位核对"), "look"
    return (_("请交情况说明"), "look") if over else (_("挂着"), "now")


def _lines(request: OfficerRequest, notice: PublicNotice) -> list[Line]:
    mine = studentaid.applications_for(request.user, notice.campaign).order_by().values("reference")
    own = list(notice.lines.filter(case_reference__in=mine).order_by("unit", "number"))
    held = payments.holds([one.case_reference for one in own])
    return [Line(one, words.yuan(one.fen), held.get(one.case_reference, "")) for one in own]


def _is_mine(request: OfficerRequest, posting: NoticePosting) -> bool:
    return posting.unit.path.startswith(request.user.organisation.path)
