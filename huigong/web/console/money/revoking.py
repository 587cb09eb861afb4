"""撤销和追回: an award goes back to the collective decision for another fund; money that was asked back is here."""

import uuid

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.studentaid import actions
from huigong.studentaid import queries as studentaid
from huigong.studentaid.actions import CameIn
from huigong.studentaid.awards import recoveries_open
from huigong.studentaid.queries import applications_for
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell


class CameInForm(forms.Form):
    received_on = forms.DateField()
    paper = forms.CharField(max_length=60)


@require_POST
def award_revoke(request: OfficerRequest, reference: str) -> HttpResponse:
    found = or_404(studentaid.application_for(request.user, reference))
    try:
        actions.revoke_for_another_fund(found, officer=request.user, at=timezone.now())
        tell(request, SUCCESS, _("撤回到“审批”了，可以在那里选别的资金付。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("payments", found.campaign.code)


@require_POST
def award_recover(request: OfficerRequest, code: str, recovery: uuid.UUID) -> HttpResponse:
    campaign, form = campaign_or_404(request, code), CameInForm(request.POST)
    open_ = recoveries_open(applications_for(request.user, campaign))
    found = or_404(open_.filter(pk=recovery).first())
    if not form.is_valid():
        tell(request, ERROR, _("还没有记：请写退回的日期和凭证号。"))
        return redirect("payments", code)
    told = form.cleaned_data
    try:
        came = CameIn(told["received_on"], told["paper"])
        actions.recover(found, came, officer=request.user, at=timezone.now())
        tell(request, SUCCESS, _("记下了，钱回到资金，这一件退回重新审核。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("payments", code)
