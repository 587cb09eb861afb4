"""留痕: the head of the chain, whether it and the books hold, and what happened last in the reader's scope."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.audit import queries, verification
from huigong.circulars import queries as circulars
from huigong.figures import books
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.runs.steps import Progress
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.campaigns import working
from huigong.web.console.campaigns.doing import shown_now
from huigong.web.console.campaigns.working import HOUSE, Ended

CHAIN = "chain"
LATEST = 50
_A_STEP = 1000


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
    """Begin to verify; a page tells how far it is, which takes seconds for a county and minutes for a province."""
    if not working.begin(HOUSE, "chain", by=request.user.username, query="", act=partial(_verify, request.user)):
        tell(request, WARNING, _("已经有人在验，请等这一次验完。"))
    return redirect("events-now")


def events_now(request: OfficerRequest) -> HttpResponse:
    work = working.work_of(HOUSE)
    if work is None or (not work.is_running and work.by != request.user.username):
        return redirect("events")
    return shown_now(request, work, None) or redirect("events")


def _verify(officer: Officer, progress: Progress) -> Ended:
    chain = verification.verify(looked=_every(progress, "chain", queries.count()))
    last = queries.history(CHAIN)[-1:]
    held = books.verify(looked=_every(progress, "books", last[0].payload["rows"] if last else 0))
    told = {"events": chain.events, "rows": held.rows, "holds": int(chain.holds and held.holds)}
    audit.record("chain.verified", subject=CHAIN, officer=officer.username, at=timezone.now(), payload=told)
    said = " ".join(one.sentence.in_language(get_language() or "") for one in (chain, held))
    return Ended(said, SUCCESS if told["holds"] else ERROR)


def _every(progress: Progress, phase: str, total: int) -> Callable[[int], None]:
    """Tells every thousandth; where more come than the last verification counted, the count is the total."""

    def looked(count: int) -> None:
        if count % _A_STEP == 0:
            progress(phase, count, max(count, total))

    return looked


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
