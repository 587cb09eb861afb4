"""公示页: what hangs, for how long and by which rule, for anybody and without signing in. After its last day nothing is shown.

The page asks the clock each time and nothing keeps a copy (no-store, noindex): it is gone with its window, to the minute.
"""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.circulars.calendar import working_calendar
from huigong.circulars.queries import circular_of
from huigong.publicnotices import actions, queries, query_codes
from huigong.publicnotices.models import NoticeCheck, NoticeLine, PublicNotice
from huigong.web.often import too_many_tries

VISITOR = "public"
"""Who opened a public page: nobody in particular, and history names no person."""


def public_notice(request: HttpRequest, number: str) -> HttpResponse:
    """The notice; posting a case and its code shows which line is the family's own."""
    notice, now = _found(number), timezone.now()
    today = timezone.localdate(now)
    if not notice.first_day <= today <= notice.last_day:
        return _not_hanging(request, notice, now)
    lines = queries.lines_shown(notice)
    digest = queries.shown_digest(lines)
    actions.check(notice, how="visit", outcome="shown", shown_digest=digest, officer=VISITOR, at=now)
    mine, why = _mine(request, notice, now) if request.method == "POST" else (None, "")
    calendar = working_calendar()
    shown = {
        "notice": notice,
        "lines": lines,
        "head": circular_of(notice.campaign).head,
        "mine": mine,
        "why": why,
        "day": calendar.between(notice.first_day, today),
        "reached": queries.reached(notice),
    }
    return _private(render(request, "portal/notice.html", shown, status=422 if why else 200))


def public_notices(request: HttpRequest) -> HttpResponse:
    """Which notices hang today: what a family is told when it has only the office's address."""
    today = timezone.localdate()
    hanging = PublicNotice.objects.filter(first_day__lte=today, last_day__gte=today).select_related(
        "campaign__federation"
    )
    return _private(render(request, "portal/notices.html", {"notices": hanging}))


def _found(number: str) -> PublicNotice:
    notice = queries.by_number(number)
    if notice is None:
        raise Http404
    return notice


def _not_hanging(request: HttpRequest, notice: PublicNotice, now: datetime) -> HttpResponse:
    """It has not begun, or is over: said in words, and no line is shown."""
    over = timezone.localdate(now) > notice.last_day
    if over and not notice.checks.filter(outcome=NoticeCheck.Outcome.OVER).exists():
        actions.check(notice, how="visit", outcome="over", officer=VISITOR, at=now)
    shown = {"notice": notice, "over": over, "reached": queries.reached(notice)}
    return _private(render(request, "portal/notice_over.html", shown, status=410 if over else 404))


def _mine(request: HttpRequest, notice: PublicNotice, now: datetime) -> tuple[NoticeLine | None, str]:
    """The family's own line, or why none is shown: the same words for an unknown case and for a wrong code."""
    reference = "".join(request.POST.get("reference", "").split()).upper()[:40]
    if too_many_tries(request, f"{notice.number} {reference}", at=now):
        return None, _("试得太多了，请过一小时再来，或者打公示上的电话。")
    line = notice.lines.select_related("notice").filter(case_reference=reference).first()
    if line is None or not query_codes.is_right(line, request.POST.get("code", "")[:20]):
        return None, _("案号或查询码不对。请照查询单再填一次；单子丢了，请单位工会补一张。")
    return line, ""


def _private(answer: HttpResponse) -> HttpResponse:
    """No search engine keeps it."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet"
    return answer
