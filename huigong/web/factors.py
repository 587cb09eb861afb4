"""The second factor: money moves, and what holds it back is lowered, only for somebody whose authenticator gave a code within ten minutes.

A post to one of these addresses without a fresh code is answered by a page that asks for it and carries along everything
that was typed, so that nothing is done twice and nothing is lost. Posts that carry a file are not among them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from huigong.organisations import actions as organisations
from huigong.organisations import queries as of_organisations
from huigong.organisations.models import Officer
from huigong.runs import demo
from huigong.values.sentence import Sentence

LASTS = timedelta(minutes=10)
MOVES_MONEY = frozenset(
    {
        "approval-sign",
        "approval-confirm",
        "sheet-confirm",
        "payments-bank-agree",
        "payments-release",
        "payments-again",
        "payee-confirm",
        "application-met",
        "award-revoke",
        "award-recover",
        "award-write-off",
        "batch-take",
        "batch-allow",
        "batch-undo",
        "batch-reply-take",
        "batch-key",
        "batch-reading-discard",
        "signature-bands-lay",
        "fund-kind",
        "fund-rule",
        "fund-gift",
        "fund-gift-back",
        "fund-gift-seen",
        "fund-money",
        "fund-money-back",
        "fund-money-seen",
    }
)
_PROVEN = "second_factor_at"
_WANTED = 428  # precondition required: neither signed out (401) nor refused (403)
_OWN = frozenset({"csrfmiddlewaretoken", "second_factor"})


class FactorMiddleware:
    """Stands behind the permission table: it asks only people who may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _words: Any) -> HttpResponse | None:
        match = request.resolver_match
        asked = request.method == "POST" and match is not None and match.url_name in MOVES_MONEY
        if not asked or not isinstance(request.user, Officer):
            return None
        now = timezone.now()
        if is_fresh(request, at=now):
            return None
        code = request.POST.get("second_factor", "")
        said = organisations.try_code(request.user, code, at=now) if code else None
        if code and said is None:
            prove(request, at=now)
            return None
        return _ask(request, request.user, said, at=now)


def prove(request: HttpRequest, *, at: datetime) -> None:
    """Remember when the officer of this session proved themselves."""
    request.session[_PROVEN] = at.isoformat()


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    told: str | None = request.session.get(_PROVEN)
    return told is not None and timedelta(0) <= at - datetime.fromisoformat(told) < LASTS


def shown_in_demo(officer: Officer, *, at: datetime) -> str:
    """The code itself, in the demo city only: its officers have no telephones."""
    factor = of_organisations.factor_of(officer) if demo.standing() else None
    return organisations.code_at(factor.secret.plain(), at) if factor else ""


def _ask(request: HttpRequest, officer: Officer, said: Sentence | None, *, at: datetime) -> HttpResponse:
    carried = [(name, value) for name, values in request.POST.lists() for value in values if name not in _OWN]
    shown = {
        "carried": carried,
        "said": said.in_language(get_language() or "") if said else "",
        "enrolled": of_organisations.factor_of(officer) is not None,
        "shown": shown_in_demo(officer, at=at),
    }
    return render(request, "entrance/second_factor_asked.html", shown, status=_WANTED)
