"""签字单: a leader signed on paper. One clerk enters the sheet with its scan, another confirms it, and it acts, or rejects it."""

import uuid
from datetime import date

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.core.validators import MinValueValidator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.documents import actions as documents
from huigong.organisations import actions
from huigong.organisations.models import Organisation, SignedSheet
from huigong.registry import code_lists
from huigong.registry import queries as files
from huigong.registry.lifecycle import ON_NOTICE
from huigong.studentaid import queries as cases
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell
from huigong.web.console.households.steps import reviewed_at
from huigong.web.console.offices.signed_matters import Act, carry_out, leaders_over, matter_of, of_campaign
from huigong.web.console.scanned import scan_shown, scanned


class SheetForm(forms.Form):
    leader = forms.CharField(max_length=64)
    signed_on = forms.DateField(validators=[MinValueValidator(date(2000, 1, 1))])
    matter = forms.CharField(max_length=60, required=False)
    scan = forms.FileField()


def sheets(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    found = of_campaign(request, campaign)
    shown = {
        "campaign": campaign,
        "sheets": found,
        "names": words.people(name for one in found for name in (one.entered_by, one.confirmed_by) if name),
        "to_approvals": bool(request.roles & permissions.asked("approvals")),
    }
    return render(request, "offices/sheets.html", shown)


@require_POST
def application_sheet(request: OfficerRequest, reference: str) -> HttpResponse:
    """A leader settled a question of a case on paper: only one that is open can be."""
    found, about = or_404(cases.application_for(request.user, reference)), request.POST.get("matter", "")
    findings = cases.findings_of([found]).get(found.pk, ())
    open_ = cases.questions_of(found, findings, circulars.circular_of(found.campaign))
    or_404(next((one for one in open_ if one.about == about), None))
    return _enter(request, Act.SETTLE, reference, found.federation) or redirect("application", reference)


@require_POST
def household_sheet(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """A leader signed the enrolment of a household whose notice hangs, at a level of the list."""
    found, level = or_404(files.file_for(request.user, pk)), request.POST.get("matter", "")
    known = code_lists.words_on(timezone.localdate()).get("enrolment_level", [])
    if found.status != ON_NOTICE or level not in known:
        tell(request, ERROR, _("还没有记下：公示中的档案才能录建档的签字，并请选建档的级别。"))
        return redirect("household", pk)
    if reviewed_at(found, officer=request.user, today=timezone.localdate()):
        tell(request, ERROR, _("这份档案由别的帮扶中心审核，这里不录。"))
        return redirect("household", pk)
    return _enter(request, Act.ENROL, found.file_number, found.federation) or redirect("household", pk)


def _enter(request: OfficerRequest, act: str, reference: str, place: Organisation) -> HttpResponse | None:
    """To the sheet that was entered; None where something was lacking, which is told."""
    form, at = SheetForm(request.POST, request.FILES), timezone.now()
    sent = scanned(form.cleaned_data["scan"]) if form.is_valid() else None
    leader = next((one for one in leaders_over(place) if one.username == form.data.get("leader")), None)
    if sent is None or leader is None:
        tell(request, ERROR, _("还没有记下：签字人、签字日期和扫描件（pdf、jpg、png，不超过 10 MB）都要有。"))
        return None
    told, by = form.cleaned_data, request.user.username
    try:
        with transaction.atomic():
            made = actions.enter_sheet(
                leader,
                act=act,
                reference=reference,
                organisation=place,
                signed_on=told["signed_on"],
                minutes="",
                scan=documents.store(sent.content, name=sent.name, media_type=sent.media_type, officer=by, at=at),
                clerk=request.user,
                at=at,
                matter=told["matter"],
            )
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return None
    tell(request, SUCCESS, _("录好了，请另一位对照扫描件核对。"))
    return redirect("sheet", made.pk)


def sheet(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = _found(pk)
    matter = matter_of(request, found)
    over = bool(found.confirmed_by or found.rejected_by)
    shown = {
        "sheet": found,
        "matter": matter,
        "campaign": matter.thing if isinstance(matter.thing, Campaign) else None,
        "names": words.people(name for name in (found.entered_by, found.confirmed_by, found.rejected_by) if name),
        "reason": found.reason.plain() if found.rejected_by else "",
        "own": found.entered_by == request.user.username,
        "may": bool(request.roles & permissions.asked("sheet-confirm")) and not over,
        "is_image": found.scan.media_type.startswith("image/"),
    }
    return render(request, "offices/signed_sheet.html", shown)


def sheet_scan(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = _found(pk)
    matter_of(request, found)
    return scan_shown(request, found.scan, back=redirect("sheet", pk))


@require_POST
def sheet_confirm(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = _found(pk)
    matter = matter_of(request, found)
    if request.POST.get("sure") != "yes":
        tell(request, ERROR, _("还没有核对：请对照扫描件看过，再勾选。"))
        return redirect("sheet", pk)
    try:
        tell(request, SUCCESS, carry_out(request, found, matter, at=timezone.now()))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("sheet", pk)


@require_POST
def sheet_reject(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """What was entered is not what the scan says: it never acts."""
    found = _found(pk)
    matter_of(request, found)
    try:
        actions.reject_sheet(found, reason=request.POST.get("reason", ""), clerk=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("退了，这张不算数。请照扫描件另录一张。"))
    return redirect("sheet", pk)


def _found(pk: uuid.UUID) -> SignedSheet:
    return SignedSheet.objects.select_related("leader", "scan", "organisation").get(pk=pk)
