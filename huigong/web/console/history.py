"""留痕: the head of the chain, whether it and the books hold, and what happened last in the reader's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.audit import queries, verification
from huigong.circulars import queries as circulars
from huigong.figures import books
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, tell

CHAIN = "chain"
LATEST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words; `subject` is a reference and never a person."""

    sequence: int
    at: datetime
    who: str
    word: str
    subject: str
    more: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What the last verification found."""

    at: datetime
    who: str
    events: int
    rows: int
    holds: bool


def events(request: OfficerRequest) -> HttpResponse:
    told = queries.latest(_naming(request.user), actor=request.user.username, limit=LATEST)
    checks = queries.history(CHAIN)[-1:]
    people = words.people(one.actor for one in (*told, *checks))
    shown = {
        "head": queries.head(),
        "lines": [_line(one, people) for one in told],
        "verified": _verified(checks[0], people) if checks else None,
    }
    return render(request, "events.html", shown)


@require_POST
def events_verify(request: OfficerRequest) -> HttpResponse:
    chain, held = verification.verify(), books.verify()
    told = {"events": chain.events, "rows": held.rows, "holds": int(chain.holds and held.holds)}
    audit.record("chain.verified", subject=CHAIN, officer=request.user.username, at=timezone.now(), payload=told)
    tell(request, SUCCESS if chain.holds else ERROR, chain.sentence)
    tell(request, SUCCESS if held.holds else ERROR, held.sentence)
    return redirect("events")


def _naming(officer: Officer) -> Sequence[str]:
    """What a reference holds when it is of the officer's scope: the code of a federation, or a campaign."""
    codes = organisations.federation_codes(officer)
    return [*codes, *circulars.campaigns_for(officer).values_list("code", flat=True)] if codes else []


def _line(told: queries.Told, people: dict[str, str]) -> Line:
    word, more = words.event_word(told.action), words.event_more(told)
    return Line(told.sequence, told.at, people[told.actor], word, told.subject, more)


def _verified(told: queries.Told, people: dict[str, str]) -> Verified:
    payload = told.payload
    return Verified(told.at, people[told.actor], payload["events"], payload["rows"], bool(payload["holds"]))
