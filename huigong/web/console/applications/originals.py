"""原件: which originals are here and until when, the slip for each, and giving it back."""

from datetime import date, timedelta

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.casework import actions as casework
from huigong.casework import queries as desk
from huigong.casework.models import OriginalSlip
from huigong.circulars.models import Campaign
from huigong.intake.queries import STAMPED
from huigong.organisations.models import Officer
from huigong.studentaid import queries
from huigong.studentaid.facts import PAPERS
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell
from huigong.web.console.once import once

KINDS = [kind for kind in PAPERS if kind != STAMPED]
_SHOWN = 200
_KEPT = timedelta(days=14)
_LONGEST = timedelta(days=366)


def originals(request: OfficerRequest, code: str) -> HttpResponse:
    """Those that are here, the longest due first, or with `?closed=yes` those that went back."""
    campaign, today = campaign_or_404(request, code), timezone.localdate()
    closed = request.GET.get("closed") == "yes"
    slips = _slips(request.user, campaign, closed=closed)
    shown = {
        "campaign": campaign,
        "closed": closed,
        "slips": _lines(slips[:_SHOWN], today),
        "count": len(slips),
        "rest": max(0, len(slips) - _SHOWN),
        "overdue": 0 if closed else sum(one.due_back_on < today for one in slips),
        "may_keep": bool(request.roles & permissions.asked("original-receive")),
        "kinds": [(kind, words.fact_word(kind)) for kind in KINDS],
        "due": today + _KEPT,
        "today": today,
    }
    return render(request, "applications/originals.html", shown)


def _slips(officer: Officer, campaign: Campaign, *, closed: bool) -> list[OriginalSlip]:
    """The slips of the cases that the officer may see."""
    mine = queries.applications_for(officer, campaign).order_by().values("reference")
    return list(desk.slips_among(mine, closed=closed))


def _lines(slips: list[OriginalSlip], today: date) -> list[tuple[OriginalSlip, str, str, bool]]:
    people = words.people({one.received_by for one in slips})
    late = [one.returned_on is None and one.due_back_on < today for one in slips]
    return [
        (one, words.fact_word(one.paper), people[one.received_by], over) for one, over in zip(slips, late, strict=True)
    ]


@require_POST
def original_receive(request: OfficerRequest, code: str) -> HttpResponse:
    """Take an original in: of which case, which paper, from whom, until when."""
    campaign, sent, at = campaign_or_404(request, code), request.POST, timezone.now()
    mine = queries.applications_for(request.user, campaign)
    found = mine.filter(reference=sent.get("reference", "").strip()[:40]).first()
    due, given = _day(sent.get("due", "")), sent.get("from", "").strip()[:50]
    back = reverse("originals", args=[code])
    if found is None or sent.get("kind") not in KINDS or not given or due is None or due < timezone.localdate(at):
        tell(request, ERROR, _("还没有收：案号要在这个活动里，材料、交件人和应还日期（今天或以后）都要有。"))
        return redirect(back)
    if due > timezone.localdate(at) + _LONGEST:
        tell(request, ERROR, _("还没有收：应还日期太远了，请核对年份。原件最多留一年。"))
        return redirect(back)

    def do() -> str:
        slip = casework.receive_original(
            found.reference,
            paper=sent["kind"],
            received_from=given,
            due_back_on=due,
            officer=request.user,
            on=timezone.localdate(at),
            at=at,
        )
        tell(request, SUCCESS, _("收下了，收条号 %(number)s。请打印收条交给家里。") % {"number": slip.number})
        return reverse("original", args=[slip.number])

    return once(request, do, back=back)


def original(request: OfficerRequest, number: str) -> HttpResponse:
    """The slip, as it is printed for the family; posting writes to whom the original went back."""
    slip = or_404(OriginalSlip.objects.filter(number=number).first())
    found = or_404(queries.application_for(request.user, slip.case_reference))
    people = words.people({slip.received_by, slip.returned_by})
    shown = {
        "campaign": found.campaign,
        "case": found,
        "slip": slip,
        "paper": words.fact_word(slip.paper),
        "by": people[slip.received_by],
        "returned_by": people.get(slip.returned_by, ""),
        "overdue": slip.returned_on is None and slip.due_back_on < timezone.localdate(),
        "may_keep": bool(request.roles & permissions.asked("original-back")),
    }
    return render(request, "applications/original.html", shown)


@require_POST
def original_back(request: OfficerRequest, number: str) -> HttpResponse:
    slip = or_404(OriginalSlip.objects.filter(number=number).first())
    or_404(queries.application_for(request.user, slip.case_reference))
    to, at = request.POST.get("to", "").strip()[:50], timezone.now()
    back = redirect("original", number)
    if not to:
        tell(request, ERROR, _("还没有记：请写领回人。"))
        return back
    try:
        casework.give_back(number, returned_to=to, officer=request.user, on=timezone.localdate(at), at=at)
        tell(request, SUCCESS, _("还了，由%(to)s领回。") % {"to": to})
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return back


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
