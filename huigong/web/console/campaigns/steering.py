"""立案、审核并认定、分名额、公示: each step over a whole campaign has a page that shows what it would do, and then does it once.

Opening the page shows, posting does. What is posted carries the digest of what was shown: if anything changed meanwhile,
nothing is done and the page is shown again. A second post finds nothing to do and says so.
"""

from datetime import date
from functools import partial
from itertools import accumulate

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huigong.circulars import actions as circulars
from huigong.circulars.calendar import working_calendar
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.runs import previews, steps
from huigong.runs.steps import Progress
from huigong.studentaid import actions as studentaid
from huigong.studentaid.lifecycle import PLACED, TIED, WAITING
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, whole_or_403
from huigong.web.console.campaigns.doing import once
from huigong.web.console.campaigns.noticing import day_asked, days_offered
from huigong.web.console.citing import cited

_SHOWN = 100  # lines of a page: a list of thousands is told by its count


def step_submit(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = whole_or_403(request, code)

    def act(ahead: previews.Submitting, progress: Progress) -> str:
        by, at = request.user.username, timezone.now()
        made = steps.submit(campaign, officer=by, at=at, progress=_by_rows(ahead, progress))
        # Nobody vouches for them yet: what is missing shows at once, so that it can be supplied before.
        steps.decide(campaign, verifier=None, officer=by, at=at, progress=progress)
        told = _("立案了：%(rows)s 行成了 %(made)s 件新申请。") % {"rows": ahead.count, "made": made}
        merged = ahead.count - made
        return told + (_("%(n)s 行是已有的学生，并入原来的申请。") % {"n": merged} if merged else "")

    if request.method == "POST":
        return once(request, campaign, "submit", lambda _progress: previews.submitting(campaign), act)
    ahead = previews.submitting(campaign)
    return _shown(request, campaign, "submit", {"ahead": ahead, "forms": ahead.forms[:_SHOWN]}, rest=len(ahead.forms))


def _by_rows(ahead: previews.Submitting, progress: Progress) -> Progress:
    """Forms are committed one by one; what a person wants to know is how many rows that are."""
    rows = [0, *accumulate(ahead.rows)]
    return lambda phase, done, _total: progress(phase, rows[min(done, len(rows) - 1)], ahead.count)


def step_verify(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = whole_or_403(request, code)
    sure = request.POST.get("sure") == "yes"

    def act(ahead: previews.Verifying, progress: Progress) -> str:
        by = request.user
        steps.decide(campaign, verifier=by, officer=by.username, at=timezone.now(), progress=progress)
        told = ngettext("审核并认定了 %(n)s 件，由您署名：", "审核并认定了 %(n)s 件，由您署名：", ahead.count)
        return told % {"n": ahead.count} + words.counted(ahead.verdicts)

    if request.method == "POST":
        look = partial(_look_again, campaign)
        return once(request, campaign, "verify", look, act, vouched=sure)
    ahead = previews.verifying(campaign)
    more = {"ahead": ahead, "verdicts": words.counted(ahead.verdicts), "looks": ahead.looks[:_SHOWN]}
    return _shown(request, campaign, "verify", more, rest=len(ahead.looks))


def _look_again(campaign: Campaign, progress: Progress) -> previews.Verifying:
    return previews.verifying(campaign, progress=progress)


def step_share(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = whole_or_403(request, code)
    circular = circular_of(campaign)
    if lacking := steps.lacking(circular):
        return _refused(request, campaign, "share", _supplement_missing(lacking))

    def act(_ahead: previews.Sharing, progress: Progress) -> str:
        progress("moving", 0, 0)
        moved = studentaid.share(campaign, circular, officer=request.user.username, at=timezone.now())
        return _("排好了：%(placed)s 件有名额，%(waiting)s 件候补，%(tied)s 件并列等负责人定。") % {
            "placed": moved.get(PLACED, 0),
            "waiting": moved.get(WAITING, 0),
            "tied": moved.get(TIED, 0),
        }

    if request.method == "POST":
        return once(request, campaign, "share", lambda _progress: previews.sharing(campaign, circular), act)
    ahead = previews.sharing(campaign, circular)
    assert circular.quota is not None, "steps.lacking finds a circular without one"
    more = {
        "ahead": ahead,
        "quota": circular.quota,
        "ranking": circular.ranking,
        "cites": [cited(campaign.version, part.clause) for part in (circular.quota, circular.ranking) if part],
        "unverified": previews.awaiting(campaign).verify,
    }
    return _shown(request, campaign, "share", more)


def step_publish(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, today = whole_or_403(request, code), timezone.localdate()
    circular, offered = circular_of(campaign), days_offered(campaign, today=today)
    sent = request.POST if request.method == "POST" else request.GET
    from_day = day_asked(sent.get("from", ""), offered)

    def look(_progress: Progress = steps.quiet) -> previews.Publishing:
        return previews.publishing(campaign, circular, from_day=from_day, calendar=working_calendar())

    try:
        ahead = look()
    except SaidError as error:
        return _refused(
            request, campaign, "publish", error.sentence, days=offered, from_day=from_day, counted=(from_day,)
        )
    if request.method == "POST":
        vouched = ahead.draft.notice.first_day >= today or sent.get("sure") == "yes"
        act = partial(_publish, request, campaign, from_day)
        return once(request, campaign, "publish", look, act, vouched=vouched)
    more = {
        "ahead": ahead,
        "notice": ahead.draft.notice,
        "lines": [(line, words.yuan(line.fen)) for line in ahead.draft.lines[:_SHOWN]],
        "cited": cited(campaign.version, ahead.draft.notice.clause),
        "days": offered,
        "from_day": from_day,
        "today": today,
        "counted": (from_day, ahead.draft.notice.last_day),
    }
    return _shown(request, campaign, "publish", more, rest=ahead.count)


@transaction.atomic
def _publish(
    request: OfficerRequest, campaign: Campaign, from_day: date, _ahead: previews.Publishing, progress: Progress
) -> str:
    """Publish, and let the first notice set the campaign's day, so that a later run of the command agrees with it."""
    progress("moving", 0, 0)
    at, by = timezone.now(), request.user.username
    notice = studentaid.publish(
        campaign, circular_of(campaign), from_day=from_day, calendar=working_calendar(), officer=by, at=at
    )
    if notice is None:
        return _("没有等公示的申请，这次没有发。")
    if campaign.notice_from is None:
        circulars.date_notice(campaign, notice.first_day, officer=by, at=at)
    return _("公示 %(number)s 发布了：%(n)s 件，%(first)s到%(last)s（当天还算）。公告栏的张贴件在“下载”里。") % {
        "number": notice.number,
        "n": notice.lines.count(),
        "first": words.day_word(notice.first_day),
        "last": words.day_word(notice.last_day),
    }


def _shown(
    request: OfficerRequest, campaign: Campaign, step: str, more: dict[str, object], *, rest: int = 0
) -> HttpResponse:
    told = {"campaign": campaign, "step": step, "rest": max(0, rest - _SHOWN)}
    return render(request, f"campaigns/steer_{step}.html", told | more)


def _refused(
    request: OfficerRequest, campaign: Campaign, step: str, sentence: Sentence, **more: object
) -> HttpResponse:
    """The page without its button: why the step cannot be done. Posting changes nothing about that."""
    return _shown(request, campaign, step, {"refused": words.said(sentence.zh, sentence.en)} | more)


def _supplement_missing(lacking: list[str]) -> Sentence:
    told = "、".join(lacking)
    return Sentence(
        "supplement_missing",
        f"通知没有写 {told}，还不能分名额：请先发补充通知，活动按带补充的通知开。",
        f"The circular lays down no {', '.join(lacking)}: a supplement has to, before places are shared.",
    )
