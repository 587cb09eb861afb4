"""签字单: a leader signed on paper. One clerk enters the sheet with its scan, another compares and confirms; then it acts."""

import uuid

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.documents import actions as documents
from huigong.documents import queries as papers
from huigong.organisations import actions, queries
from huigong.organisations.models import Officer, SignedSheet
from huigong.studentaid import actions as studentaid
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell
from huigong.web.console.scanned import Scanned, scanned


class SheetForm(forms.Form):
    leader = forms.CharField(max_length=64)
    signed_on = forms.DateField()
    minutes = forms.CharField(max_length=60)
    scan = forms.FileField()


def sheets(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    found = list(queries.sheets_about(campaign.code))
    shown = {
        "campaign": campaign,
        "sheets": found,
        "names": words.people(name for one in found for name in (one.entered_by, one.confirmed_by) if name),
        "leaders": _leaders(campaign),
        "may": bool(request.roles & permissions.asked("sheet-enter")),
        "today": timezone.localdate(),
    }
    return render(request, "offices/sheets.html", shown)


@require_POST
def sheet_enter(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, form = campaign_or_404(request, code), SheetForm(request.POST, request.FILES)
    scan = scanned(form.cleaned_data["scan"]) if form.is_valid() else None
    leader = next((one for one in _leaders(campaign) if one.username == form.data.get("leader")), None)
    if scan is None or leader is None:
        tell(request, ERROR, _("还没有记下：签字人、签字日期、纪要文号和扫描件（pdf、jpg、png，不超过 10 MB）都要有。"))
        return redirect("sheets", code)
    try:
        made = _entered(request, campaign, leader, form, scan)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("sheets", code)
    tell(request, SUCCESS, _("录好了，请另一位对照扫描件核对。"))
    return redirect("sheet", made.pk)


def _entered(
    request: OfficerRequest, campaign: Campaign, leader: Officer, form: SheetForm, sent: Scanned
) -> SignedSheet:
    at, told = timezone.now(), form.cleaned_data
    by = request.user.username
    scan = documents.store(sent.content, name=sent.name, media_type=sent.media_type, officer=by, at=at)
    return actions.enter_sheet(
        leader,
        act=SignedSheet.Act.APPROVE,
        reference=campaign.code,
        organisation=campaign.federation,
        signed_on=told["signed_on"],
        minutes=told["minutes"],
        scan=scan,
        clerk=request.user,
        at=at,
    )


def sheet(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = _found(pk)
    shown = {
        "sheet": found,
        "campaign": or_404(Campaign.objects.filter(code=found.reference).first()),
        "names": words.people([found.entered_by, found.confirmed_by or found.entered_by]),
        "own": found.entered_by == request.user.username,
        "may": bool(request.roles & permissions.asked("sheet-confirm")) and not found.confirmed_by,
        "is_image": found.scan.media_type.startswith("image/"),
    }
    return render(request, "offices/signed_sheet.html", shown)


def sheet_scan(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:  # noqa: ARG001  the table asks who
    found = _found(pk)
    return HttpResponse(papers.content(found.scan), content_type=found.scan.media_type)


@require_POST
def sheet_confirm(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = _found(pk)
    campaign = or_404(Campaign.objects.select_related("version", "federation").filter(code=found.reference).first())
    if request.POST.get("sure") != "yes":
        tell(request, ERROR, _("还没有核对：请对照扫描件看过，再勾选。"))
        return redirect("sheet", pk)
    circular, day = circulars.circular_of(campaign), timezone.localdate()
    try:
        n = studentaid.approve_signed(found, campaign, circular, clerk=request.user, on=day, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(
            request,
            SUCCESS,
            _("核对了。%(n)s 件由%(leader)s审批，两位经办一起留痕。") % {"n": n, "leader": found.leader.name},
        )
    return redirect("sheet", pk)


def _found(pk: uuid.UUID) -> SignedSheet:
    return SignedSheet.objects.select_related("leader", "scan", "organisation").get(pk=pk)


def _leaders(campaign: Campaign) -> list[Officer]:
    """Who approves for the campaign's federation today."""
    return queries.holders_of("approver", campaign.federation, on=timezone.localdate())
