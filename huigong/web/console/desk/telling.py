"""一次性告知: everything that a case lacks, chosen once, looked at as a letter, sent; then the letter as a paper.

All that the rules and the desk found is chosen already. After the first notice only what is unanswered or changed can be
asked; the rest stands there closed, and a leader opens it with a reason that the family reads.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.casework import actions as casework
from huigong.casework import queries as of_casework
from huigong.casework.actions import Wanted
from huigong.casework.actions.notices import ground_of
from huigong.casework.models import Check, NoticePoint
from huigong.circulars.calendar import working_calendar
from huigong.circulars.queries import circular_of
from huigong.intake import actions as intake
from huigong.organisations.models import Appointment
from huigong.rules.sentences import MET
from huigong.studentaid import queries
from huigong.studentaid.lifecycle import OPEN
from huigong.studentaid.models import Application
from huigong.values.sentence import WrongValueError
from huigong.web.console import words
from huigong.web.console.applications.filters import asked
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.desk import letters
from huigong.web.console.desk.desk_case import facts_now
from huigong.web.console.forms import drafts
from huigong.web.console.once import once

_WORKING_DAYS = 10
_FARTHEST = 183  # days; a letter says no year, since the day is near
_LONGEST = 300
_OWN = "own"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be asked for: its words, clause and example; `closed` says why it may not be asked as it is."""

    key: str
    wanted: Wanted
    printed: str
    example: str
    chosen: bool
    closed: bool


def application_tell(request: OfficerRequest, reference: str) -> HttpResponse:
    """GET shows what to choose from; a post shows the letter, and with `act=send` sends it."""
    found = or_404(queries.application_for(request.user, reference))
    if found.status not in OPEN:
        tell(request, WARNING, _("这件已经有名额，不再一次性告知。"))
        return redirect("application", reference)
    choices, own = choices_of(found), _own(request)
    chosen = [choice.wanted for choice in choices if choice.key in request.POST.getlist("point")] + own
    draft = drafts.offered(request, f"tell:{reference}") if request.method != "POST" else None
    typed = draft.fields if draft else {}
    due_on = parse_date(request.POST.get("due_on", typed.get("due_on", ""))) or due_day(timezone.localdate())
    reason = request.POST.get("reason", typed.get("reason", "")).strip()[:_LONGEST]
    shown = {
        "campaign": found.campaign,
        "one": found,
        "choices": choices,
        "chosen": request.POST.getlist("point") if request.method == "POST" else [c.key for c in choices if c.chosen],
        "own": request.POST.get(_OWN, typed.get(_OWN, "")),
        "draft": draft,
        "place": f"tell:{reference}",
        "keep": drafts.keeper_of(f"tell:{reference}"),
        "due_on": due_on,
        "reason": reason,
        "leads": Appointment.Role.APPROVER in request.roles,
        "round": len(of_casework.notices_of(reference)) + 1,
        "query": asked(request.GET).query.removesuffix("?"),
        "today": timezone.localdate(),
        "counted": (timezone.localdate(), due_on),
    }
    if request.method != "POST" or request.POST.get("act") == "again":
        return render(request, "desk/tell.html", shown)
    if fault := _fault(found, chosen, due_on, reason):
        tell(request, ERROR, fault)
        return render(request, "desk/tell.html", shown, status=422)
    if request.POST.get("act") != "send":
        letter = letters.lines(found, chosen, due_on=due_on, reason=reason)
        return render(request, "desk/tell_letter.html", shown | {"letter": letter})
    return _send(request, found, chosen, due_on, reason)


def _send(
    request: OfficerRequest, found: Application, chosen: Sequence[Wanted], due_on: date, reason: str
) -> HttpResponse:
    said = _("告知记下了：%(n)s 项，请在%(day)s前补来。告知书可以下载打印。")

    def do() -> str:
        notice = casework.say_once(
            found.reference,
            chosen,
            facts=facts_now(found),
            facts_digest=found.facts_digest,
            due_on=due_on,
            data_key_id=found.data_key_id,
            officer=request.user,
            at=timezone.now(),
            reason=reason,
        )
        intake.drop_draft(request.user, f"tell:{found.reference}")
        tell(request, SUCCESS, said % {"n": len(chosen), "day": words.day_word(notice.due_on)})
        return reverse("desk", args=[found.reference]) + asked(request.GET).query.removesuffix("?")

    return once(request, do, back=reverse("application-tell", args=[found.reference]))


def choices_of(application: Application) -> list[Choice]:
    """Everything that the rules found lacking or not known, and what the desk marked; chosen where it may be asked."""
    circular = circular_of(application.campaign)
    findings = queries.findings_of([application]).get(application.pk, ())
    checks = of_casework.checks_of(application.reference)
    earlier = of_casework.notices_of(application.reference)
    now, choices = facts_now(application), []
    for finding in findings:
        check = checks.get(finding.criterion)
        marked = (
            check is not None and check.outcome != Check.Outcome.FINE and check.facts_digest == application.facts_digest
        )
        lacks = finding.outcome != MET and finding.means == "curable"
        if not lacks and not marked:
            continue
        note = check.note.plain() if check is not None and marked and check.note else ""
        said = letters.sentence_of(finding, note)
        wanted = Wanted(said, finding.criterion, finding.fact, finding.clause)
        closed = ground_of(wanted, earlier, now) == NoticePoint.Ground.REASONED
        printed = finding.printed or circular.printed(finding.clause)
        choices.append(Choice(finding.criterion, wanted, printed, letters.example_of(finding.fact), not closed, closed))
    return choices


def due_day(today: date) -> date:
    """Ten working days on; where the calendar does not know the year, two weeks."""
    try:
        return working_calendar().window(today, working_days=_WORKING_DAYS + 1)[1]
    except WrongValueError:
        return date.fromordinal(today.toordinal() + 14)


def _own(request: OfficerRequest) -> list[Wanted]:
    said = request.POST.get(_OWN, "").strip()[:_LONGEST]
    return [Wanted(said)] if said else []


def _fault(found: Application, chosen: Sequence[Wanted], due_on: date, reason: str) -> str:
    if not chosen:
        return _("还没有选要补的事项。请至少选一项，或写一句。")
    if due_on <= timezone.localdate():
        return _("请补的日期要在今天以后，家里才来得及。")
    if (due_on - timezone.localdate()).days > _FARTHEST:
        return _("请补的日期太远了，请核对年份：最远半年以内。")
    earlier, now = of_casework.notices_of(found.reference), facts_now(found)
    if not reason and any(ground_of(one, earlier, now) == NoticePoint.Ground.REASONED for one in chosen):
        return _("选的里面有上次没提、也没有变的：请去掉，或由负责人（审批）写明理由，家里会看到。")
    return ""


@require_POST
def tell_draft(request: OfficerRequest, reference: str) -> HttpResponse:
    """What was typed for a letter, while it is typed."""
    return drafts.answered(request, f"tell:{or_404(queries.application_for(request.user, reference)).reference}")


@require_POST
def point_answered(request: OfficerRequest, reference: str, point: uuid.UUID) -> HttpResponse:
    """A point in an officer's own words was supplied."""
    found = or_404(queries.application_for(request.user, reference))
    points = NoticePoint.objects.filter(notice__case_reference=found.reference, criterion="", pk=point)
    asked_for = or_404(points.select_related("notice").first())
    casework.answer(asked_for, officer=request.user, at=timezone.now())
    tell(request, SUCCESS, _("记下了：这一项补来了。"))
    return redirect(reverse("desk", args=[reference]) + asked(request.GET).query.removesuffix("?"))


def application_letter(request: OfficerRequest, reference: str, round: int) -> HttpResponse:  # noqa: A002  the word of the address
    """The letter of a notice as an official paper."""
    found = or_404(queries.application_for(request.user, reference))
    notice = or_404(next((one for one in of_casework.notices_of(reference) if one.round == round), None))
    name = f"{reference}-一次性告知-{round}.docx"
    kept = content_disposition_header(as_attachment=True, filename=name)
    content = letters.paper(found, notice)
    return HttpResponse(content, content_type=letters.DOCX, headers={"Content-Disposition": kept or "attachment"})
