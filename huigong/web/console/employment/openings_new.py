"""Openings come in: a new one by pasting its advertisement, many out of a list; each then waits for the employer's word."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from huigong.employment import actions, openings_list
from huigong.employment import words as terms
from huigong.employment.actions import EmployerLine, OpeningLine
from huigong.employment.models import Employer, Opening
from huigong.intake import actions as intake
from huigong.organisations.queries import federation_of
from huigong.values import money
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.employment import shown
from huigong.web.console.employment.asking import a_day, field, number, one_of
from huigong.web.console.employment.sheets_back import keep, sent_list
from huigong.web.console.forms import drafts
from huigong.web.console.once import sent_once

_PLACE = "opening:"


def opening_new(request: OfficerRequest) -> HttpResponse:
    """An advertisement pasted proposes the fields; what is kept waits for the employer's word."""
    today = timezone.localdate()
    told: dict[str, object] = {
        "kinds": shown.choices(Opening.Kind.values),
        "natures": shown.choices(Employer.Nature.values),
        **_tables(),
        "today": today,
        "keep": drafts.keeper_of(_PLACE),
        "place": _PLACE,
    }
    if request.method != "POST":
        if draft := drafts.offered(request, _PLACE):
            told |= {"draft": draft, "given": draft.fields, "advert": draft.fields.get("advert", "")}
        return render(request, "employment/opening_new.html", told)
    advert = field(request, "advert", 8000)
    if "read" in request.POST:
        found = openings_list.proposed(advert, today=today)
        return render(
            request,
            "employment/opening_new.html",
            told | {"given": found.fields, "read_from": found.read_from, "advert": advert},
        )

    def do() -> str:
        made = _kept(request, advert, today)
        intake.drop_draft(request.user, _PLACE)
        return reverse("opening", args=[made.pk])

    try:
        return sent_once(request, do)
    except SaidError as error:
        why = error.sentence.in_language(get_language() or "")
        return render(
            request,
            "employment/opening_new.html",
            told | {"given": request.POST.dict(), "advert": advert, "why": why},
            status=422,
        )


@require_POST
def opening_draft(request: OfficerRequest) -> HttpResponse:
    return drafts.answered(request, _PLACE)


def _tables() -> dict[str, object]:
    return {
        "levels": [(code, shown.listed(terms.LEVELS, [code])) for code in terms.LEVELS],
        "all_work": [(code, shown.listed(terms.WORK, [code])) for code in terms.WORK],
    }


def _kept(request: OfficerRequest, advert: str, today: date) -> Opening:
    at, by, home = timezone.now(), request.user.username, federation_of(request.user.organisation)
    pay, places = field(request, "pay", 12), number(request, "places") or 0
    line = OpeningLine(
        kind=one_of(request, "kind", Opening.Kind.choices),
        title=field(request, "title", 80),
        places=places,
        valid_until=a_day(request, "valid_until", otherwise=today + openings_list.GOOD_FOR),
        source=Opening.Source.PASTED if advert else Opening.Source.HERE,
        work=terms.work_of(field(request, "work", 24)),
        place=field(request, "place", 40),
        level=field(request, "level", 24) if field(request, "level", 24) in terms.LEVELS else "",
        majors=terms.listed(field(request, "majors")),
        skills=terms.skills_of(field(request, "skills")),
        teaches=terms.skills_of(field(request, "teaches")),
        pay_fen=money.parse_yuan(pay) if pay else None,
        grassroots="grassroots" in request.POST,
        poor_area="poor_area" in request.POST,
        remote_area="remote_area" in request.POST,
        incentive=field(request, "incentive"),
        advert=advert,
    )
    nature = one_of(request, "nature", Employer.Nature.choices)
    told = EmployerLine(
        field(request, "code", 40),
        field(request, "employer", 100),
        nature,
        field(request, "contact", 50),
        field(request, "phone", 30),
        None,
        places,
    )
    employer = actions.keep_employer(home, told, officer=by, at=at)
    return actions.keep_opening(employer, home, line, officer=by, at=at)


def openings_import(request: OfficerRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "employment/openings_import.html")
    try:
        told = _from_list(request)
    except SaidError as error:
        told = {"why": error.sentence.in_language(get_language() or "")}
    return render(request, "employment/openings_import.html", told, status=200 if "made" in told else 422)


def _from_list(request: OfficerRequest) -> dict[str, object]:
    at, by = timezone.now(), request.user.username
    with sent_list(request) as path:
        found = openings_list.read_list(path, today=timezone.localdate(at))
        back = keep(request, path, openings_list.FORM) if found.faults else None
    home = federation_of(request.user.organisation)
    made = [
        actions.keep_opening(
            actions.keep_employer(home, one.employer, officer=by, at=at), home, one.opening, officer=by, at=at
        )
        for one in found.lines
    ]
    faults = [(one.severity, shown.sentence(one.sentence)) for one in found.faults]
    return {"made": made, "rows": found.rows, "faults": faults[:200], "back_pk": back}
