"""集体研究和审批: put cases to the decision, and the approval form with its boxes, signed on screen or carried in from paper."""

from datetime import date

from django import forms
from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.approvals import actions, queries
from huigong.approvals.actions import Given, Minutes, PaperBox
from huigong.approvals.form_paper import approval_form
from huigong.approvals.lifecycle import OPEN, WORDS
from huigong.approvals.models import Approval
from huigong.circulars import queries as circulars
from huigong.grievances import queries as grievances
from huigong.organisations.queries import acts_for
from huigong.studentaid import actions as studentaid
from huigong.studentaid.boards import boards_in_the_way
from huigong.values.capital_amounts import in_capitals
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell, whole_or_403
from huigong.web.console.money.approvals_shown import (
    TONES,
    bands_shown,
    box_word,
    elsewhere_for,
    found_or_404,
    held_in,
    leaders_of,
    lines_of,
    listed,
    may_sign,
    named_in,
    sources_offered,
)
from huigong.web.console.money.prints import printed
from huigong.web.console.money.scan_kept import scan_or_none
from huigong.web.console.scanned import scan_shown


class MinutesForm(forms.Form):
    minutes = forms.CharField(max_length=60)
    held_on = forms.DateField()
    attendees = forms.CharField(max_length=300)


def approvals(request: OfficerRequest, code: str) -> HttpResponse:
    """What is ready for a decision, what is held, and the forms there are."""
    campaign, day = campaign_or_404(request, code), timezone.localdate()
    ready = studentaid.ready_to_approve(request.user, campaign, on=day)
    total = sum(one.amount_fen or 0 for one in ready)
    held, elsewhere = held_in(request, campaign, day), elsewhere_for(request, campaign, day)
    shown = {
        "campaign": campaign,
        "ready": [(one, words.yuan(one.amount_fen or 0)) for one in ready],
        "names": words.people(one.verified_by for one in ready),
        "total": words.yuan(total),
        "capitals": in_capitals(total),
        "boxes": [box_word(box) for box in queries.boxes_for(campaign.federation, total, on=day)],
        "held": held,
        "boards": boards_in_the_way(campaign, on=day),
        "elsewhere": elsewhere,
        "sources": sources_offered(campaign, ready, elsewhere),
        "may_confirm": bool(request.roles & permissions.asked("payee-confirm")),
        "unassigned": grievances.without_case(campaign),
        "may_see_grievances": bool(request.roles & permissions.asked("grievances")),
        "may_ask": bool(request.roles & permissions.asked("holds-ask")),
        "forms": [listed(one) for one in queries.approvals_of(campaign)],
        "bands": bands_shown(campaign, day),
        "may": bool(request.roles & permissions.asked("approval-write")),
        "today": day,
    }
    return render(request, "money/approvals.html", shown)


@require_POST
def approval_write(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, form, at = whole_or_403(request, code), MinutesForm(request.POST), timezone.now()
    scan = scan_or_none(request, at=at)
    if scan is None or not form.is_valid():
        tell(request, ERROR, _("还没有写成：纪要文号、研究日期、参加人和扫描件（pdf、jpg、png，不超过 10 MB）都要有。"))
        return redirect("approvals", code)
    told = form.cleaned_data
    minutes = Minutes(told["minutes"], told["held_on"], told["attendees"], scan)
    circular, day, source = circulars.circular_of(campaign), timezone.localdate(at), request.POST.get("source", "")[:40]
    try:
        made = studentaid.prepare_approval(
            campaign, circular, minutes, officer=request.user, on=day, at=at, fund_source=source
        )
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("approvals", code)
    tell(request, SUCCESS, _("审批表写好了，请依次签字。"))
    return redirect("approval", made.number)


def approval(request: OfficerRequest, approval: str) -> HttpResponse:
    found = found_or_404(approval)
    states, lines = queries.states_of(found), lines_of(found)
    following = next((one for one in states if one.is_next), None)
    waiting = queries.sheets_waiting(found)
    shown = {
        "form": found,
        "campaign": found.campaign,
        "status": words.said(*WORDS[found.status]),
        "tone": TONES[found.status],
        "total": words.yuan(found.declared_fen),
        "capitals": in_capitals(found.declared_fen),
        "states": [(one, box_word(one.box), one.opinion.words.plain() if one.opinion else "") for one in states],
        "lines": [(line, words.yuan(line.fen), reason) for line, reason in lines],
        "names": words.people(named_in(found, states)),
        "following": box_word(following.box) if following else "",
        "mine": following is not None and not waiting and may_sign(request, following, states),
        "waiting": waiting,
        "entered_by_me": bool(waiting) and waiting[0].entered_by == request.user.username,
        "clerk": bool(request.roles & permissions.asked("approval-paper")) and found.status == OPEN,
        "leaders": [] if waiting else [(one, box_word(one.box), who) for one, who in leaders_of(found, states)],
        "own": found.prepared_by in acts_for(request.user) and found.status == OPEN,
        "today": timezone.localdate(),
    }
    return render(request, "money/approval.html", shown)


@require_POST
def approval_sign(request: OfficerRequest, approval: str) -> HttpResponse:
    found, at = found_or_404(approval), timezone.now()
    given = Given(agrees=request.POST.get("agrees") == "yes", words=request.POST.get("words", ""))
    if request.POST.get("agrees") not in {"yes", "no"}:
        tell(request, ERROR, _("还没有签：请选同意或不同意。"))
        return redirect("approval", approval)
    circular, day = circulars.circular_of(found.campaign), timezone.localdate(at)
    try:
        count = studentaid.sign_approval(found, circular, given, officer=request.user, on=day, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        _tell_signed(request, found, count, given)
    return redirect("approval", approval)


@require_POST
def approval_take_back(request: OfficerRequest, approval: str) -> HttpResponse:
    found = found_or_404(approval)
    try:
        actions.withdraw(found, officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("approval", approval)
    tell(request, SUCCESS, _("收回了，这些申请可以再写进另一张审批表。"))
    return redirect("approvals", found.campaign.code)


@require_POST
def approval_paper(request: OfficerRequest, approval: str) -> HttpResponse:
    """The boxes that were signed on the printed form, from the next one on, with its scan."""
    found, at = found_or_404(approval), timezone.now()
    scan = scan_or_none(request, at=at)
    boxes = _paper_boxes(request, found)
    if scan is None or not boxes:
        tell(request, ERROR, _("还没有记下：请选签字人和日期，并附扫描件（pdf、jpg、png，不超过 10 MB）。"))
        return redirect("approval", approval)
    try:
        actions.enter_paper(found, boxes, scan, clerk=request.user, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("录好了，请另一位对照扫描件核对。"))
    return redirect("approval", approval)


@require_POST
def approval_confirm(request: OfficerRequest, approval: str) -> HttpResponse:
    found, at = found_or_404(approval), timezone.now()
    if request.POST.get("sure") != "yes":
        tell(request, ERROR, _("还没有核对：请对照扫描件看过，再勾选。"))
        return redirect("approval", approval)
    circular, day = circulars.circular_of(found.campaign), timezone.localdate(at)
    try:
        boxes, count = studentaid.sign_from_paper(found, circular, clerk=request.user, on=day, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("核对了 %(n)s 栏签字，录入和核对的两位一起留痕。") % {"n": boxes})
        if count is not None:
            tell(request, SUCCESS, _("签齐了，批准 %(n)s 件，钱已预留。") % {"n": count})
    return redirect("approval", approval)


@require_POST
def approval_reject(request: OfficerRequest, approval: str) -> HttpResponse:
    """What was entered is not what the paper says: none of what waits counts."""
    found, reason = found_or_404(approval), request.POST.get("reason", "")
    try:
        n = actions.reject_paper(found, reason=reason, clerk=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("退了 %(n)s 栏，都不算数。请照扫描件重新录。") % {"n": n})
    return redirect("approval", approval)


def approval_form_printed(request: OfficerRequest, approval: str, kind: str) -> HttpResponse:
    found = found_or_404(approval)
    lines = [line for line, _reason in lines_of(found)]
    paper = approval_form(found, lines, timezone.localdate())
    return printed(request, paper, f"{found.number}-审批表", kind, back=redirect("approval", approval))


def approval_scan(request: OfficerRequest, approval: str, original: str) -> HttpResponse:
    """The scan of the minutes, or of the form as it was signed on paper."""
    found = found_or_404(approval)
    waiting = queries.sheets_waiting(found)
    kept = found.scan if original == "minutes" else waiting[0].scan if waiting else None
    document = or_404(kept)
    return scan_shown(request, document, back=redirect("approval", approval))


def _paper_boxes(request: OfficerRequest, found: Approval) -> list[PaperBox]:
    boxes = []
    for state, leaders in leaders_of(found, queries.states_of(found)):
        leader = next((one for one in leaders if one.username == request.POST.get(f"leader-{state.box}")), None)
        day = _day(request.POST.get(f"day-{state.box}", ""))
        if leader is not None and day is not None:
            boxes.append(PaperBox(state.box, leader, day))
    return boxes


def _tell_signed(request: OfficerRequest, found: Approval, count: int | None, given: Given) -> None:
    if not given.agrees:
        tell(request, WARNING, _("记下了：不同意，这张审批表到此为止，申请可以再研究。"))
    elif count is None:
        tell(request, SUCCESS, _("签好了，等下一栏。"))
    else:
        tell(request, SUCCESS, _("签齐了，批准 %(n)s 件，钱已预留。") % {"n": count})
        if count < found.declared_count:
            rest = found.declared_count - count
            tell(request, WARNING, _("有 %(n)s 件在签字期间暂停了，这次没有批。") % {"n": rest})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
