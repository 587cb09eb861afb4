"""派件: take a case, give what was ticked or everything that matches, share it out, hand it on, put it back as it was."""

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.casework import actions as casework
from huigong.casework.models import Assignment
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.studentaid import actions, queries
from huigong.studentaid.lifecycle import UNFINISHED
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.applications.all_matching import AT_MOST, sealed_cases
from huigong.web.console.applications.filters import asked
from huigong.web.console.applications.looked_after import (
    HOW,
    LEADER,
    free_address,
    loads_shown,
    others,
    visible,
    was_undone,
)
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell

_SHOWN = 60
_ME, _PERSON, _SHARE, _ALL_OF = "me", "person", "share", "all-of"


class NotChosenError(SaidError):
    """What to give, or to whom, was not said, or is not what it was."""


@require_POST
def cases_assign(request: OfficerRequest, code: str) -> HttpResponse:
    """Back to where it was asked: a list under its filters, or one case."""
    campaign, sent = campaign_or_404(request, code), request.POST
    wanted = asked(QueryDict(sent.get("query", "")[:2000].removeprefix("?")))
    try:
        made = _given(request, campaign)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        _tell(request, made)
    place = sent.get("back", "")
    one = sent.get("case", "")[:40]
    if place in {"application", "desk"} and one and "/" not in one:
        return redirect(reverse(place, args=[one]) + wanted.query.removesuffix("?"))
    return redirect("assignments", code) if place == "assignments" else redirect(_list(code) + wanted.query)


@transaction.atomic
def _given(request: OfficerRequest, campaign: Campaign) -> Assignment | None:
    """What was counted is locked until it is given."""
    to, at, who = request.POST.get("to", ""), timezone.now(), request.user
    to = request.POST.get("person", "") if to == _PERSON else to
    if holder := request.POST.get(_ALL_OF, ""):
        return actions.hand_cases(campaign, holder, _person(request, to), officer=who, at=at)
    chosen = _chosen(request, campaign)
    if to == _SHARE:
        return actions.share_cases(campaign, chosen, officer=who, at=at)
    return actions.give_cases(campaign, chosen, _person(request, to), officer=who, at=at)


def _chosen(request: OfficerRequest, campaign: Campaign) -> list[Application]:
    """What was ticked, or all that matched when they were counted. Raises NotChosenError, ListChangedError."""
    sent = request.POST
    if sent.get("which") == "all":
        return sealed_cases(request.user, campaign, sent.get("sealed", ""))
    mine = queries.applications_for(request.user, campaign).filter(status__in=UNFINISHED)
    chosen = list(mine.filter(reference__in=sent.getlist("case")[:AT_MOST]))
    if not chosen:
        raise NotChosenError(
            Sentence(
                "nothing_chosen",
                "还没有派：请先勾选没办完的申请，或选“符合条件的全部”。",
                "Not given: tick unfinished applications first, or choose all that match.",
            )
        )
    return chosen


def _person(request: OfficerRequest, username: str) -> Officer:
    if username in {_ME, request.user.username}:
        return request.user
    found = next((one for one in others(request) if one.username == username), None)
    if found is None:
        raise NotChosenError(
            Sentence("nobody_chosen", "还没有派：请选一位在任的审核人。", "Not given: choose a verifier who serves.")
        )
    return found


def _tell(request: OfficerRequest, made: Assignment | None) -> None:
    if made is None:
        tell(request, WARNING, _("没有要改的：都已经在那人手上，或者都有人办了。"))
    else:
        tell(request, SUCCESS, _("派了 %(n)s 件，记入留痕；派错了可以撤销。") % {"n": len(made.before)})


def assignments(request: OfficerRequest, code: str) -> HttpResponse:
    """How much each has in hand, handing on while somebody is away, and every time that cases were given."""
    campaign = campaign_or_404(request, code)
    given = list(visible(request, campaign)[:_SHOWN])
    people = words.people({one.given_by for one in given})
    own = organisations.acts_for(request.user)
    leads = LEADER in request.roles
    loads = loads_shown(request, campaign)
    shown = {
        "campaign": campaign,
        "loads": loads,
        "free": free_address(campaign),
        "leads": leads,
        "handing": [one for one in loads if one.count and (leads or one.stands_in or one.who.pk == request.user.pk)],
        "people": [one.who for one in loads],
        "may": bool(request.roles & permissions.asked("cases-assign")),
        "given": [
            (
                one,
                words.said(*HOW[one.how]),
                people[one.given_by],
                len(one.before),
                not was_undone(one) and (leads or one.given_by in own),
            )
            for one in given
        ],
    }
    return render(request, "applications/assignments.html", shown)


@require_POST
def assignment_undo(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    found = or_404(visible(request, campaign).filter(number=number).first())
    try:
        made = casework.undo_assignment(found.pk, officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("撤销了：%(n)s 件回到原来的人手上。") % {"n": len(made.before)})
    return redirect("assignments", code)


def _list(code: str) -> str:
    return reverse("applications", args=[code])
