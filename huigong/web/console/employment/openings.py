"""岗位: what is on offer, and one opening with who fits it and who misses it by what."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.employment import actions, asked_for, fitting, queries
from huigong.employment import words as terms
from huigong.employment.lifecycle import IN_HAND, OPENING_WORDS
from huigong.employment.models import Opening
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.employment import shown
from huigong.web.console.employment.asking import done, opening_or_404
from huigong.web.roles import EMPLOYS

A_PAGE, MOST_PEOPLE, MOST_SENT = 50, 400, 100


def openings(request: OfficerRequest) -> HttpResponse:
    today, status, kind = timezone.localdate(), request.GET.get("status", "on_offer"), request.GET.get("kind", "")
    rows = queries.openings_for(request.user).order_by("valid_until", "reference")
    rows = rows.filter(status=status) if status in OPENING_WORDS else rows
    rows = rows.filter(kind=kind) if kind in Opening.Kind.values else rows
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "lines": [line(one, today) for one in page],
        "status": status,
        "kind": kind,
        "statuses": [(code, shown.status_word(code)) for code in OPENING_WORDS],
        "kinds": shown.choices(Opening.Kind.values),
        "may": bool(request.roles & EMPLOYS),
    }
    return render(request, "employment/openings.html", told)


def line(one: Opening, today: date) -> dict[str, object]:
    return {
        "one": one,
        "kind": shown.word(one.kind),
        "status": shown.status_word(one.status),
        "tone": shown.TONES[one.status],
        "asks": shown.asks(one),
        "far": shown.far_words(one),
        "pay": one.pay_fen // 100 if one.pay_fen else None,
        "soon": 0 <= (one.valid_until - today).days <= 7,
        "over": one.valid_until < today,
    }


def opening(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """One opening: who fits it best, and who misses it by what."""
    one, today = opening_or_404(request, pk), timezone.localdate()
    people = queries.graduates_for(request.user).filter(status__in=IN_HAND).order_by("-zero_employment", "reference")
    trainings = queries.trainings_of(queries.on_offer(request.user, today=today).filter(kind=Opening.Kind.TRAINING))
    fits = (
        [(each, fitting.fit(each, one, trainings)) for each in people[:MOST_PEOPLE]]
        if one.kind not in {"training", "fair"}
        else []
    )
    ranked = sorted(fits, key=lambda pair: (len(pair[1].misses), not pair[0].zero_employment, -pair[1].points))[:12]
    told = {
        **line(one, today),
        "code": actions.code_of_opening(one),
        "people": [(each, shown.fit_shown(found)) for each, found in ranked],
        "teaches": shown.listed(terms.SKILLS, one.teaches),
        "places_left": queries.left(one) if one.kind != Opening.Kind.FAIR else None,
        "sent": queries.on_the_way(one, request.user)[:MOST_SENT],
        "may": bool(request.roles & EMPLOYS) and one.federation.path.startswith(request.user.organisation.path),
        "nature": shown.word(one.employer.nature),
        "kept": asked_for.of_employer(one.employer).kept,
        "today": today,
    }
    return render(request, "employment/opening.html", told)


@require_POST
def opening_confirm(request: OfficerRequest, pk: UUID) -> HttpResponse:
    one, at, by = opening_or_404(request, pk), timezone.now(), request.user.username
    back = reverse("opening", args=[pk])
    return done(
        request,
        lambda: actions.confirm_opening(one, on=timezone.localdate(at), officer=by, at=at),
        _("单位确认了，从现在起可以推荐。"),
        back,
    )


@require_POST
def opening_close(request: OfficerRequest, pk: UUID) -> HttpResponse:
    one, at, by = opening_or_404(request, pk), timezone.now(), request.user.username
    back = reverse("opening", args=[pk])
    return done(request, lambda: actions.close_opening(one, officer=by, at=at), _("关闭了，不再推荐。"), back)
