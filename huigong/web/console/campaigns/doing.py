"""Do a step over a whole campaign once, if it is what was shown, and tell how far it is until it has ended."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.runs.steps import Progress
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, tell
from huigong.web.console.campaigns import working
from huigong.web.console.campaigns.working import Ended, Work


class Ahead(Protocol):
    """What a step would do: how much, and the digest of it."""

    @property
    def count(self) -> int: ...
    @property
    def seen(self) -> str: ...


Looked = TypeVar("Looked", bound=Ahead)


def once(
    request: OfficerRequest,
    campaign: Campaign,
    step: str,
    look: Callable[[Progress], Looked],
    act: Callable[[Looked, Progress], str],
    *,
    vouched: bool = True,
) -> HttpResponse:
    """Begin a step that does something if there is something to do and it is what was shown; a page tells how far it is."""
    seen = request.POST.get("seen")

    def do(progress: Progress) -> Ended:
        ahead = look(progress)
        if not ahead.count:
            return Ended(_("这一步没有要办的：刚才已经办过，或者还没有轮到。"), WARNING)
        if seen != ahead.seen:
            return Ended(_("您打开以后有了变化，这次没有办。请再看一眼下面的，然后确认。"), WARNING, "step")
        if not vouched:
            return Ended(_("还没有办：请先看过，再勾选确认的那一句。"), ERROR, "step")
        return Ended(act(ahead, progress), SUCCESS)

    query = request.META.get("QUERY_STRING", "")
    if not working.begin(campaign.code, step, by=request.user.username, query=query, act=do):
        tell(request, WARNING, _("这个活动有一步正在办，请等它办完，再来办这一步。"))
    return redirect("step-now", campaign.code)


def step_now(request: OfficerRequest, code: str) -> HttpResponse:
    """How far the step is that is being done; once it has ended, its end is told to whoever began it."""
    campaign = campaign_or_404(request, code)
    work = working.work_of(code)
    if work is None or (not work.is_running and work.by != request.user.username):
        return redirect("campaign", code)
    if answer := shown_now(request, work, campaign):
        return answer
    if work.then == "bulk":
        return redirect("bulk", pk=work.query)
    if work.then == "step" or work.is_broken:
        return redirect(reverse(f"step-{work.step}", args=[code]) + (f"?{work.query}" if work.query else ""))
    return redirect("campaign", code)


def shown_now(request: OfficerRequest, work: Work, campaign: Campaign | None) -> HttpResponse | None:
    """The page of a work that is being done; None once it has ended, which is then told to its reader and forgotten."""
    if work.is_running:
        shown = {"campaign": campaign, "work": work, "by": words.people([work.by])[work.by]}
        return render(request, "campaigns/steer_now.html", shown)
    if request.headers.get("X-Requested-With") == "look":
        return HttpResponse(status=204)  # its page then asks for the end
    working.forget(work.campaign)
    if work.is_broken:
        tell(request, WARNING, _("办到一半，服务停过。已办的都存好了，剩下的请再办一次。"))
    else:
        tell(request, work.level, work.said)
    return None
