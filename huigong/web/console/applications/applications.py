"""申请: the list with its filters, one application with its history, and what a person settles or vouches for there."""

from collections.abc import Callable

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.casework import queries as casework
from huigong.circulars import queries as circulars
from huigong.circulars.calendar import working_calendar
from huigong.organisations.models import Officer
from huigong.registry import queries as registry
from huigong.registry.alike import Candidate
from huigong.studentaid import actions, queries
from huigong.studentaid.likely_files import likely_files
from huigong.studentaid.models import Application, Settlement
from huigong.values.sentence import SaidError
from huigong.values.text import whole
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.applications import opened
from huigong.web.console.applications.case import Case, case_of
from huigong.web.console.applications.filters import asked, holds_identity
from huigong.web.console.applications.listing import listing
from huigong.web.console.applications.looked_after import giving_shown, holder_shown
from huigong.web.console.applications.neighbours import first_waiting, neighbours
from huigong.web.console.applications.papers import TAKEN_BACK
from huigong.web.console.applications.places_line import places_line
from huigong.web.console.applications.reasons_shown import PURPOSES
from huigong.web.console.applications.vouching import vouch
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell, version_sent
from huigong.web.console.doubles.shown import explained
from huigong.web.console.offices.signed_matters import Act, leaders_over, waiting_about


def applications(request: OfficerRequest, code: str) -> HttpResponse:
    """A search is posted and answered with an address, so that an identity number never stands in one."""
    campaign = campaign_or_404(request, code)
    if request.method == "POST" or holds_identity(request.GET):
        wanted = asked(request.POST if request.method == "POST" else request.GET)
        return redirect(reverse("applications", args=[code]) + wanted.query)
    wanted = asked(request.GET)
    day, calendar = timezone.localdate(), working_calendar()
    found = listing(request.user, campaign, wanted, page=request.GET.get("page", ""), day=day, calendar=calendar)
    may_bulk = bool(request.roles & permissions.asked("step-bulk"))
    ticks = bool(request.roles & permissions.asked("desk-check"))
    gives = bool(request.roles & permissions.asked("cases-assign"))
    shown = {
        "campaign": campaign,
        "listing": found,
        "may_bulk": may_bulk,
        "places": places_line(request.user, campaign, wanted, counted=found.counts),
        "dense": casework.likes_it_dense(request.user),
        "calendar": calendar,
        "giving": giving_shown(request, campaign, wanted, found.counts) if gives else None,
        "counted": (day, campaign.last_day),
        "lists": casework.lists_of(request.user, code),
        "waiting": first_waiting(request.user, campaign, wanted) if ticks else "",
    }
    return render(request, "applications/applications.html", shown)


def application(request: OfficerRequest, reference: str) -> HttpResponse:
    found = or_404(queries.application_for(request.user, reference))
    opened.note(request, found)
    case = case_of(found, officer=request.user, roles=request.roles)
    shown = {
        "campaign": found.campaign,
        "case": case,
        "holder": holder_shown(request, found),
        "leaders": _leaders(request, found, case),
        "sheets": waiting_about(request, reference, Act.SETTLE),
        "mine": any(not ask.whose for ask in case.asks),
        "around": neighbours(request.user, found, asked(request.GET)),
        "may_desk": bool(request.roles & permissions.asked("desk")),
        "may_file": _may_open_file(request, found),
        "likely": _likely(request, found),
        "may_key": bool(request.roles & permissions.asked("household-national")),
        "today": timezone.localdate(),
        "why_back": TAKEN_BACK,
        "purposes": words.purposes(PURPOSES) if request.roles & permissions.asked("application-reason") else [],
    }
    return render(request, "applications/application.html", shown)


def _leaders(request: OfficerRequest, found: Application, case: Case) -> list[Officer]:
    """Who could have settled an open question on paper, for a clerk who may enter that."""
    may = bool(request.roles & permissions.asked("application-sheet")) and bool(case.asks)
    return leaders_over(found.federation) if may else []


def _may_open_file(request: OfficerRequest, found: Application) -> bool:
    """Whether the family's file is the officer's to open: it may lie with another office than the case."""
    if not found.household or not request.roles & permissions.asked("household"):
        return False
    return registry.file_for(request.user, found.household.pk) is not None


def _likely(request: OfficerRequest, found: Application) -> list[tuple[Candidate, tuple[int, bool, str, str]]]:
    """Files that may be this family's, each with how sure and why, for who may open files."""
    if not request.roles & permissions.asked("household"):
        return []
    return [(one, explained(one.judgement)) for one in likely_files(request.user, found)]


@require_POST
def application_settle(request: OfficerRequest, reference: str) -> HttpResponse:
    found = or_404(queries.application_for(request.user, reference))
    about, reason = request.POST.get("about", "")[:60], request.POST.get("reason", "").strip()
    back = redirect(reverse("application", args=[reference]) + asked(request.GET).query.removesuffix("?"))
    if not reason or request.POST.get("sure") != "yes":
        tell(
            request,
            ERROR,
            _("还没有记下：请写明理由，并勾选“看过原件和档案”。您写的理由：%(reason)s")
            % {"reason": reason or _("（空）")},
        )
        return back
    try:
        _settle(request, found, about, whole(reason, 500, "理由", "the reason"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return back


@require_POST
def application_verify(request: OfficerRequest, reference: str) -> HttpResponse:
    """审核 of one case. An officer vouches only for facts that the page showed: others are decided first, and shown."""
    found = or_404(queries.application_for(request.user, reference))
    back = redirect(reverse("application", args=[reference]) + asked(request.GET).query.removesuffix("?"))
    vouch(request, found, sure=request.POST.get("sure") == "yes")
    return back


@require_POST
def application_need(request: OfficerRequest, reference: str) -> HttpResponse:
    """A verifier's word that what the household had from elsewhere was for another need."""
    return _end_hold(request, reference, actions.confirm_other_need, _("记下了，这一件不再因此暂停。"))


@require_POST
def application_met(request: OfficerRequest, reference: str) -> HttpResponse:
    """An approver takes back what somebody else met already: neither approved nor paid, and decided anew."""
    done = _("撤回了：名额和钱都放出来，这一件退回审核，按现在的档案重新认定。")
    return _end_hold(request, reference, actions.revoke_met_already, done)


@require_POST
def application_back(request: OfficerRequest, reference: str) -> HttpResponse:
    """A verifier sends back what is on notice and whose facts are others now."""
    done = _("退回了：名额放出来，这一件按现在的事实重新审核。")
    return _end_hold(request, reference, actions.send_back, done)


def _end_hold(request: OfficerRequest, reference: str, act: Callable[..., None], done: str) -> HttpResponse:
    """Do what ends a hold of this case, and say so on its page."""
    found = or_404(queries.application_for(request.user, reference))
    try:
        act(found, officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, done)
    return redirect("application", reference)


@transaction.atomic
def _settle(request: OfficerRequest, application: Application, about: str, reason: str) -> None:
    """Write what was settled, and decide anew every open case of the student that it changes."""
    at, campaign = timezone.now(), application.campaign
    circular = circulars.circular_of(campaign)
    findings = queries.findings_of([application]).get(application.pk, ())
    or_404(next((one for one in queries.questions_of(application, findings, circular) if one.about == about), None))
    version = version_sent(request)
    if not actions.settle(application, about, version=version, reason=reason, officer=request.user, at=at):
        tell(request, WARNING, _("这件事已经有人定了，没有再记。您写的理由：%(reason)s") % {"reason": reason})
        return
    actions.decide_anew(application, by=request.user.username, at=at)
    tied = _("记下了，由您署名；下次排名次时照此给名额。")
    tell(
        request,
        SUCCESS,
        tied if about == Settlement.About.TIE else _("记下了，由您署名；这件申请已按定的结果重新认定。"),
    )
