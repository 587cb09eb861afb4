"""异议和申诉: the list with what is due, recording one that came by phone or letter, giving it to somebody, answering it."""

import uuid
from datetime import date

from django.contrib.messages import ERROR, SUCCESS
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.grievances import actions, codes, queries
from huigong.grievances.actions import Answer, Told
from huigong.grievances.letter import letter
from huigong.grievances.lifecycle import WORDS
from huigong.grievances.models import Grievance
from huigong.studentaid import actions as studentaid
from huigong.studentaid.answering import free_to_answer, who_answers
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, serves_whole, tell
from huigong.web.console.citing import cited
from huigong.web.console.daylight.grievance_words import Effect, effect_of
from huigong.web.console.desk.letters import DOCX

SECONDS = 60
PURPOSES = ("answer_objection", "inspect")
_TONES = {"received": "look", "assigned": "now", "upheld": "done", "not_upheld": "done"}


def grievances(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, today = campaign_or_404(request, code), timezone.localdate()
    which, rows = request.GET.get("show", ""), queries.of_campaign(campaign)
    if which in queries.SHOWN:
        waiting = queries.waiting_in(campaign)
        told = queries.shown_as(which, waiting, officer=request.user.username, roles=request.roles, on=today)
        rows = rows.filter(number__in=[one.number for one in told])
    shown = {
        "campaign": campaign,
        "lines": [(one, *_state(one, today)) for one in rows],
        "filtered": which in queries.SHOWN,
        "overdue": queries.overdue(campaign, on=today),
        "may_record": bool(request.roles & permissions.asked("grievance-record")),
    }
    return render(request, "daylight/grievances.html", shown)


def grievance_record(request: OfficerRequest, code: str) -> HttpResponse:
    """One that came by phone, by letter or to the counter; a unit's clerk records it and sees no other."""
    campaign, made, why = campaign_or_404(request, code), None, ""
    if request.method == "POST":
        try:
            made = actions.record(
                campaign,
                _told(request, campaign),
                submission=_submission(request),
                officer=request.user.username,
                at=timezone.now(),
            )
        except SaidError as error:
            why = words.said(error.sentence.zh, error.sentence.en)
    shown = {
        "campaign": campaign,
        "made": made,
        "code": codes.code_of(made) if made else "",
        "why": why,
        "kinds": Grievance.Kind.choices,
        "channels": [pair for pair in Grievance.Channel.choices if pair[0] != "web"],
        "submission": uuid.uuid4(),
        "typed": request.POST,
        "may_list": bool(request.roles & permissions.asked("grievances")) and serves_whole(request.user, campaign),
    }
    return render(request, "daylight/grievance_record.html", shown, status=422 if why else 200)


def grievance(request: OfficerRequest, number: str) -> HttpResponse:
    found, today = grievance_or_404(number), timezone.localdate()
    word, tone = _state(found, today)
    by = (found.recorded_by, found.assigned_to, found.assigned_by, found.answered_by)
    people = words.people(name for name in by if name) | {"public": _("网上交的")}
    shown = {
        "one": found,
        "campaign": found.campaign,
        "word": word,
        "tone": tone,
        "people": people,
        "names": {key: people.get(getattr(found, key), "") for key in ("recorded_by", "assigned_to", "answered_by")},
        "purposes": words.purposes(PURPOSES),
        "assignees": free_to_answer(found, on=today),
        "cites": [cited(found.campaign.version, one) for one in found.clauses.split("、") if one],
        "mine": found.assigned_to == request.user.username and found.is_open,
        "may": bool(request.roles & permissions.asked("grievance-assign")) and found.is_open,
        "clauses": [one for one in circular_of(found.campaign).clauses if one.force == "rule"],
        "effect": effect_of(found, found.case_reference),
        "case": Application.objects.filter(reference=found.case_reference).first(),
    }
    return render(request, "daylight/grievance.html", shown)


@require_POST
def grievance_read(request: OfficerRequest, number: str) -> HttpResponse:
    """What was said and who said it, for a purpose on record."""
    found, purpose = grievance_or_404(number), request.POST.get("purpose", "")
    if purpose not in PURPOSES:
        raise Http404
    by, at = request.user.username, timezone.now()
    parts = {
        name: audit.reveal(secret, officer=by, purpose=purpose, at=at, subject=f"{found.number}:{name}")
        for name, secret in (("said", found.said), ("person", found.person), ("answer", found.answer))
        if secret
    }
    shown = {"one": found, "campaign": found.campaign, "parts": parts, "seconds": SECONDS}
    answer = render(request, "daylight/grievance_read.html", shown)
    answer["Refresh"] = f"{SECONDS}; url=../"
    return answer


@require_POST
def grievance_assign(request: OfficerRequest, number: str) -> HttpResponse:
    found, sent = grievance_or_404(number), request.POST
    offered = {one.username: one for one in who_answers(found.campaign, on=timezone.localdate())}
    assignee = offered.get(sent.get("assignee", ""))
    if assignee is None:
        tell(request, ERROR, _("还没有交办：请选一位承办人。"))
        return redirect("grievance", number)
    reference = "".join(sent.get("reference", "").split()).upper()[:40]
    try:
        studentaid.assign_grievance(found, assignee, case_reference=reference, officer=request.user, at=timezone.now())
        tell(
            request, SUCCESS, _("交给了%(name)s。") % {"name": assignee.name} + effect_of(found, reference).meanwhile()
        )
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("grievance", number)


@require_POST
def grievance_answer(request: OfficerRequest, number: str) -> HttpResponse:
    found, sent = grievance_or_404(number), request.POST
    if sent.get("upheld") not in {"yes", "no"}:
        tell(request, ERROR, _("还没有答复：请选成立还是不成立。"))
        return redirect("grievance", number)
    answer, effect = Answer(sent.get("words", ""), sent.getlist("clauses")), effect_of(found, found.case_reference)
    try:
        became = studentaid.answer_grievance(
            found, answer, upheld=sent["upheld"], officer=request.user, at=timezone.now()
        )
        tell(request, SUCCESS, _said_after(sent["upheld"], became, effect))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("grievance", number)


def grievance_letter(request: OfficerRequest, number: str) -> HttpResponse:
    found = grievance_or_404(number)
    if found.is_open:
        tell(request, ERROR, _("还没有答复，没有答复书可取。"))
        return redirect("grievance", number)
    told = {"file": "answer.docx", "purpose": "answer_objection", "grievance": found.number}
    by = request.user.username
    audit.record("output.downloaded", subject=found.campaign.code, officer=by, at=timezone.now(), payload=told)
    name = content_disposition_header(as_attachment=True, filename=f"{found.number}.docx") or "attachment"
    content = letter(found, circular_of(found.campaign))
    return HttpResponse(content, content_type=DOCX, headers={"Content-Disposition": name})


def grievance_or_404(number: str) -> Grievance:
    return or_404(queries.by_number(number))


def _state(one: Grievance, today: date) -> tuple[str, str]:
    if one.is_open and one.due_on < today:
        return _("过期未答复"), "stop"
    return words.said(*WORDS[one.status]), _TONES[one.status]


def _told(request: OfficerRequest, campaign: Campaign) -> Told:
    """What the form says. Raises SaidError for a case number that is none."""
    sent = request.POST
    kind, channel = sent.get("kind", ""), sent.get("channel", "")
    reference = "".join(sent.get("reference", "").split()).upper()[:40]
    if reference and not Application.objects.filter(campaign=campaign, reference=reference).exists():
        raise SaidError(
            Sentence(
                "no_such_case",
                f"这个活动里没有案号 {reference}，没有记。请照公示或名单再填一遍；说不清是哪一件就空着。",
                f"There is no case {reference} in this campaign: nothing was recorded. Look again, or leave it empty.",
            )
        )
    return Told(
        kind if kind in Grievance.Kind.values else "objection",
        channel if channel in Grievance.Channel.values else "visit",
        sent.get("said", ""),
        sent.get("person", ""),
        "",
        reference,
    )


def _submission(request: OfficerRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid.uuid4()


def _said_after(upheld: str, became: str, effect: Effect) -> str:
    """`effect` is how the case stood before the answer."""
    if upheld != "yes":
        return _("答复了：不成立。%(then)s。") % {"then": effect.if_refused()}
    if became == "back":
        return _("答复了：成立。这一件退回重新审核，名额空了出来；批准过的撤销了，钱回到资金。")
    if became == "out":
        return _("答复了：成立。批准撤销了，这一件已在批次里：批次没交出的，请财务收回批次；交出了的，在“发放”里追回。")
    return _("答复了：成立。%(then)s。") % {"then": effect.if_upheld()} + effect.advice()
