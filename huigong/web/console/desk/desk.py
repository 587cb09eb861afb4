"""审核台: the paper on the left, the criteria on the right, each a task; the next case is one key away and kept free.

Whoever opens a case has it in hand for ten minutes; somebody else sees it and may look, and writes once that ran out.
"""

from dataclasses import dataclass

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.casework import actions as casework
from huigong.casework import queries as of_casework
from huigong.casework.models import CaseLock, Check
from huigong.circulars.calendar import working_calendar
from huigong.circulars.queries import circular_of
from huigong.intake import actions as intake
from huigong.studentaid import queries
from huigong.studentaid.lifecycle import OPEN
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.applications.case import case_of
from huigong.web.console.applications.filters import Asked, asked
from huigong.web.console.applications.hints import hints_of
from huigong.web.console.applications.looked_after import holder_shown
from huigong.web.console.applications.neighbours import neighbours, waiting_after
from huigong.web.console.applications.papers import kinds_of
from huigong.web.console.applications.vouching import vouch
from huigong.web.console.applications.waits import Waits, waits_of
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.desk.desk_case import OUTCOMES, Desk, Task, desk_of
from huigong.web.console.desk.scans import viewed
from huigong.web.console.forms import drafts

_NOTE = 300


def desk(request: OfficerRequest, reference: str) -> HttpResponse:
    found = or_404(queries.application_for(request.user, reference))
    lock = _lock(request, found)
    draft = drafts.offered(request, place_of(reference))
    beside = desk_of(found, holder=_of_others(request, lock), typed=draft.fields if draft else {})
    case = case_of(found, officer=request.user, roles=request.roles)
    shown = {
        "campaign": found.campaign,
        "case": case,
        "desk": beside,
        "outcomes": [(str(code), words.said(*pair)) for code, pair in OUTCOMES],
        "around": neighbours(request.user, found, asked(request.GET), page="desk"),
        "following": next_free(request, found),
        "view": viewed(request, found, beside.scans),
        "may": _may(request, found, beside),
        "holder": holder_shown(request, found),
        "tells": bool(permissions.asked("application-tell") & request.roles),
        "papers": kinds_of(circular_of(found.campaign), ()),
        "today": timezone.localdate(),
        "counted": (timezone.localdate(), found.campaign.last_day),
        "hints": hints_of(found.campaign, [found]).get(found.pk, []),
        "waits": _waits(found, beside),
        "lock": lock,
        "left": max(0, int((lock.until - timezone.now()).total_seconds())) if lock else 0,
        "draft": draft,
        "place": place_of(reference),
        "keep": drafts.keeper_of(place_of(reference)),
    }
    return render(request, "desk/desk.html", shown)


def _waits(application: Application, beside: Desk) -> Waits | None:
    """How long an open case waits and when it is due; what holds a place waits for somebody else."""
    if application.status not in OPEN:
        return None
    told = {application.reference: beside.notice.due_on} if beside.notice else {}
    day, ends = timezone.localdate(), application.campaign.last_day
    return waits_of(application, told=told, notice=None, ends=ends, day=day, calendar=working_calendar())


def place_of(reference: str) -> str:
    """Under which name what is typed at the desk of a case is kept."""
    return f"desk:{reference}"


@require_POST
def desk_draft(request: OfficerRequest, reference: str) -> HttpResponse:
    """What was typed, while it is typed: whoever types keeps the case in hand, unless somebody took it over meanwhile."""
    found = or_404(queries.application_for(request.user, reference))
    if request.POST.get("act") != "drop" and not _says_new(request, found):
        return HttpResponse(status=204)  # the page was left by a button that recorded it all
    _in_hand(request, found)
    return drafts.answered(request, place_of(found.reference))


@require_POST
def desk_check(request: OfficerRequest, reference: str) -> HttpResponse:
    """Write what was looked at; with `act=finish` vouch for the facts too, and go on to the next case."""
    found = or_404(queries.application_for(request.user, reference))
    query = asked(request.GET).query.removesuffix("?")
    here = redirect(reverse("desk", args=[reference]) + query)
    if told := _not_now(request, found):
        drafts.keep_beside(request.user, place_of(reference), drafts.fields_of(request), at=timezone.now())
        tell(request, *told)
        return here
    try:
        _write_checks(request, found)
        intake.drop_draft(request.user, place_of(reference))
        if request.POST.get("act") == "finish":
            return _finish(request, found, here)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return here
    tell(request, SUCCESS, _("核对记下了。"))
    return here


def _not_now(request: OfficerRequest, application: Application) -> tuple[int, str] | None:
    """Why nothing is written, where that is so; what was typed is kept all the same. `act=hold` asks for time alone."""
    if holder := _in_hand(request, application):
        who = words.people([holder.held_by])[holder.held_by]
        return ERROR, _("这件正由%(who)s办，您勾的没有记；您写的先存着，轮到您时会填回来。") % {"who": who}
    if request.POST.get("act") == "hold":
        return SUCCESS, _("又给您留了十分钟，您写的都在。")
    if request.POST.get("seen") != application.facts_digest:
        return WARNING, _("您打开以后事实变了，没有记。请看过下面各条，再勾；您写的备注填回来了。")
    return None


@dataclass(frozen=True, slots=True)
class May:
    """What the officer may do here now: tick, and finish."""

    check: bool
    finish: bool


def _may(request: OfficerRequest, application: Application, beside: Desk) -> May:
    checks = (
        bool(permissions.asked("desk-check") & request.roles)
        and beside.holder is None
        and bool(beside.tasks or beside.machine)
    )
    return May(checks, checks and application.status in OPEN and not application.is_verified)


def _in_hand(request: OfficerRequest, application: Application) -> CaseLock | None:
    """Take the case in hand; the lock of somebody else where one stands."""
    return _of_others(request, casework.take(application.reference, officer=request.user, at=timezone.now()))


def _lock(request: OfficerRequest, application: Application) -> CaseLock | None:
    """Whoever may tick here takes the case in hand by opening it; who only reads is told who has it."""
    if request.roles & permissions.asked("desk-check"):
        return casework.take(application.reference, officer=request.user, at=timezone.now())
    return of_casework.lock_on(application.reference, at=timezone.now())


def _of_others(request: OfficerRequest, lock: CaseLock | None) -> CaseLock | None:
    return lock if lock and lock.held_by != request.user.username else None


def _says_new(request: OfficerRequest, application: Application) -> bool:
    """Whether a tick or a note was typed that is not what is recorded."""
    beside = desk_of(application, holder=None)
    return any(_answered(request, task) != (task.outcome, task.note) for task in (*beside.tasks, *beside.machine))


def _write_checks(request: OfficerRequest, application: Application) -> None:
    beside = desk_of(application, holder=None)
    for task in (*beside.tasks, *beside.machine):
        outcome, note = _answered(request, task)
        if outcome and (outcome, note) != (task.outcome, task.note):
            casework.check(
                application.reference,
                task.criterion,
                outcome=outcome,
                note=note,
                facts_digest=application.facts_digest,
                data_key_id=application.data_key_id,
                officer=request.user,
                at=timezone.now(),
            )


def _answered(request: OfficerRequest, task: Task) -> tuple[str, str]:
    outcome = request.POST.get(f"check-{task.criterion}", "")
    return outcome if outcome in Check.Outcome.values else "", request.POST.get(f"note-{task.criterion}", "").strip()[
        :_NOTE
    ]


def _finish(request: OfficerRequest, application: Application, here: HttpResponse) -> HttpResponse:
    """审核 once everything was looked at and nothing is in doubt: what is missing is a fact too, and is told once."""
    beside = desk_of(application, holder=None)
    if beside.unseen:
        tell(request, ERROR, _("核对记下了；还有 %(n)s 条没看，没有审核。") % {"n": beside.unseen})
        return here
    if beside.doubts:
        tell(request, ERROR, _("核对记下了；有 %(n)s 条还有疑问，没有审核。") % {"n": beside.doubts})
        return here
    if not vouch(request, application, sure=True):
        return here
    following = next_free(request, application)
    casework.release(application.reference, officer=request.user)
    if not following:
        tell(request, SUCCESS, _("这个名单办完了。"))
    return redirect(following or neighbours(request.user, application, asked(request.GET), page="desk").list)


def next_free(request: OfficerRequest, application: Application) -> str:
    """The next case of the list that waits for a verification and is in nobody's hands; empty where there is none."""
    wanted = asked(request.GET)
    rest = waiting_after(request.user, application, wanted)
    taken = of_casework.locked_by_others(rest, officer=request.user, at=timezone.now())
    free = next((one for one in rest if one not in taken), "")
    return reverse("desk", args=[free]) + (wanted.query if wanted != Asked() else "") if free else ""
