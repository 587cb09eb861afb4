"""动员单位: whom the union asked for places, large state firms first; places promised, offered and kept, each with its names."""

from datetime import date
from uuid import UUID

from django.contrib.messages import ERROR
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.employment import actions, asked_for, queries
from huigong.employment.actions import EmployerLine
from huigong.employment.models import Employer
from huigong.organisations.queries import federation_of
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.citing import cited
from huigong.web.console.employment import openings, shown
from huigong.web.console.employment.asking import (
    a_day,
    campaign_asked,
    done,
    employer_or_404,
    field,
    number,
    one_of,
)
from huigong.web.console.employment.looks import PURPOSES, SECONDS
from huigong.web.roles import EMPLOYS

ASKING = "四(二)"
"""The clause that asks firms to train, take on and hire these graduates first."""


def employers(request: OfficerRequest) -> HttpResponse:
    rows, campaign = queries.employers_for(request.user), campaign_asked(request)
    page = Paginator(asked_for.in_order(rows), openings.A_PAGE).get_page(request.GET.get("page"))
    natures = asked_for.by_nature(rows)
    told = {
        "page": page,
        "lines": [(one, shown.word(one.one.nature)) for one in asked_for.of_employers(list(page))],
        "natures": [(one, shown.word(one.nature)) for one in natures],
        "large_first": asked_for.large_first(natures),
        "cited": cited(campaign.version, ASKING) if campaign else None,
        **_form(request, timezone.localdate()),
    }
    return render(request, "employment/employers.html", told)


def employer(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """One employer: what it promised, its openings, and who works there by the union's help."""
    one, today = employer_or_404(request, pk), timezone.localdate()
    told = {
        "asked": asked_for.of_employer(one),
        "nature": shown.word(one.nature),
        "openings": [openings.line(each, today) for each in queries.openings_for(request.user).filter(employer=one)],
        "people": asked_for.at_work(one, queries.graduates_for(request.user)),
        "purposes": words.purposes(PURPOSES),
        "one": one,
        **_form(request, today),
    }
    return render(request, "employment/employer.html", told)


def _form(request: OfficerRequest, today: date) -> dict[str, object]:
    return {
        "all_natures": shown.choices(Employer.Nature.values),
        "today": today,
        "may": bool(request.roles & EMPLOYS),
    }


@require_POST
def employer_keep(request: OfficerRequest) -> HttpResponse:
    """Note that an employer was asked, and what it promised; the same code again is the same employer."""
    back = request.POST.get("back", "")
    here = reverse("employer", args=[back]) if _is_id(back) else reverse("employers")
    return done(request, lambda: _keep(request), _("记下了。招聘信息来了，在岗位里添。"), here)


def _keep(request: OfficerRequest) -> None:
    at = timezone.now()
    line = EmployerLine(
        code=field(request, "code", 40),
        name=field(request, "name", 100),
        nature=one_of(request, "nature", shown.choices(Employer.Nature.values)),
        contact=field(request, "contact", 50),
        phone=field(request, "phone", 30),
        asked_on=a_day(request, "asked_on", otherwise=timezone.localdate(at)),
        promised=number(request, "promised") or 0,
    )
    home = federation_of(request.user.organisation)
    actions.keep_employer(home, line, officer=request.user.username, at=at)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_POST
def employer_reveal(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """The telephone of an employer's contact, for a purpose on record."""
    one, purpose, back = employer_or_404(request, pk), request.POST.get("purpose", ""), reverse("employer", args=[pk])
    if purpose not in PURPOSES:
        raise Http404
    if not one.phone:
        tell(request, ERROR, _("没有联系电话。"))
        return redirect(back)
    at, by = timezone.now(), request.user.username
    value = audit.reveal(one.phone, officer=by, purpose=purpose, at=at, subject=f"{one.pk}:phone")
    told = {"one": one, "label": _("联系电话"), "value": value, "seconds": SECONDS, "back": back, "here": back}
    answer = render(request, "employment/revealed.html", told)
    answer["Refresh"] = f"{SECONDS}; url={back}"
    return answer
