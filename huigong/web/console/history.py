"""留痕: the head of the chain, whether it and the books hold, and what happened in the reader's scope, filtered, to be taken away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.audit import queries, verification
from huigong.circulars import queries as circulars
from huigong.documents.workbooks import Cell, Sheet, workbook
from huigong.figures import books
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.runs.steps import Progress
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.campaigns import working
from huigong.web.console.campaigns.doing import shown_now
from huigong.web.console.campaigns.working import HOUSE, Ended
from huigong.web.console.history_asked import asked, filters

CHAIN = "chain"
LATEST = 50
MOST_IN_A_FILE = 10_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    typed = filters(request.GET)
    found = _told(request.user, asked(typed, before=request.GET.get("before", "")), limit=LATEST + 1)
    told, checks = found[:LATEST], queries.history(CHAIN)[-1:]
    people = words.people(one.actor for one in (*told, *checks))
    shown = {
        "head": queries.head(),
        "lines": [_line(one, people) for one in told],
        "older": told[-1].sequence if len(found) > LATEST else 0,
        "typed": typed,
        "most": MOST_IN_A_FILE,
        "verified": _verified(checks[0], people) if checks else None,
    }
    return render(request, "events.html", shown)


def events_file(request: OfficerRequest) -> HttpResponse:
    """The same lines as a workbook to take away; that it was taken, and how much, is an event."""
    at, head = timezone.now(), queries.head()
    told = _told(request.user, asked(filters(request.GET)), limit=MOST_IN_A_FILE)
    people = words.people(one.actor for one in told)
    payload = {"lines": len(told), "head": head.digest}
    audit.record("history.taken", subject="history", officer=request.user.username, at=at, payload=payload)
    content = as_workbook([_line(one, people) for one in told], head, day=timezone.localdate(at))
    name = content_disposition_header(as_attachment=True, filename=f"{_('留痕')}-{head.sequence}.xlsx") or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": name})


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


def as_workbook(lines: Sequence[Line], head: queries.Head, *, day: date) -> bytes:
    """With the head of the chain below, which whoever verifies later holds it against."""
    rows: list[list[Cell]] = [
        [
            one.sequence,
            timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M:%S"),
            one.who,
            " ".join(filter(None, (one.word, one.more))),
            one.subject,
        ]
        for one in lines
    ]
    headings = [_("序号"), _("时间"), _("谁"), _("做了什么"), _("对哪一件")]
    notes = [_("链头第 %(n)s 条：%(digest)s") % {"n": head.sequence, "digest": head.digest}]
    sheet = Sheet(_("留痕"), headings, rows, widths=(10, 20, 12, 44, 40), notes=notes)
    return workbook([sheet], title=_("留痕"), day=day)


def _told(officer: Officer, wanted: queries.Asked, *, limit: int) -> list[queries.Told]:
    return queries.latest(_naming(officer), actor=officer.username, limit=limit, asked=wanted)


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
