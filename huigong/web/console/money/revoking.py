"""撤销和追回: an award goes back to the collective decision for another fund; money that was asked back is here, or written off."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.payments.lifecycle import PAID, RELEASED, UNKNOWN
from huigong.payments.models import Payment
from huigong.payments.queries import latest
from huigong.studentaid import actions
from huigong.studentaid import queries as studentaid
from huigong.studentaid.actions import CameIn, GivenUp
from huigong.studentaid.awards import recoveries_open, still_owed, written_off
from huigong.studentaid.models import Application, PartRecovery, Revocation, WriteOff
from huigong.studentaid.queries import applications_for
from huigong.values import money
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell
from huigong.web.console.once import once


class CameInForm(forms.Form):
    received_on = forms.DateField()
    paper = forms.CharField(max_length=60)
    yuan = forms.CharField(max_length=14, required=False)


class GivenUpForm(forms.Form):
    decided_on = forms.DateField()
    paper = forms.CharField(max_length=60)
    reason = forms.CharField(max_length=200)


@dataclass(frozen=True, slots=True)
class Out:
    """Money of a revoked award that is out: how much is still owed, what of it came back, whether the bank paid it at all."""

    one: Revocation
    yuan: str
    owed: str
    owed_plain: str
    parts: Sequence[tuple[PartRecovery, str]]
    is_paid: bool
    waits_in: str
    """The batch that nobody answered yet: taken back before it left, nothing is out."""


def out_shown(applications: QuerySet[Application]) -> list[Out]:
    rows = list(recoveries_open(applications))
    last = latest(one.award.application.reference for one in rows)
    return [
        Out(
            one,
            words.yuan(one.award.fen),
            words.yuan(still_owed(one)),
            money.in_yuan(still_owed(one)),
            [(part, words.yuan(part.fen)) for part in one.parts.all()],
            last[one.award.application.reference].status == PAID,
            _waits_in(last[one.award.application.reference]),
        )
        for one in rows
    ]


def _waits_in(payment: Payment) -> str:
    return payment.batch.number if payment.status in {RELEASED, UNKNOWN} else ""


def written_off_shown(applications: QuerySet[Application]) -> list[tuple[WriteOff, str]]:
    return [(one, words.yuan(one.fen)) for one in written_off(applications)]


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
    campaign, form, back = campaign_or_404(request, code), CameInForm(request.POST), reverse("payments", args=[code])
    if not form.is_valid():
        tell(request, ERROR, _("还没有记：请写退回的日期和凭证号。"))
        return redirect("payments", code)
    told = form.cleaned_data

    def do() -> str:
        open_ = recoveries_open(applications_for(request.user, campaign))
        found = or_404(open_.filter(pk=recovery).first())
        fen = money.parse_yuan(told["yuan"]) if told["yuan"] else None
        came = CameIn(told["received_on"], told["paper"], fen)
        made = actions.recover(found, came, officer=request.user, at=timezone.now())
        part = isinstance(made, PartRecovery)
        tell(
            request,
            SUCCESS,
            _("记下了，这一部分回到资金，其余还在追。") if part else _("记下了，钱回到资金，这一件退回重新审核。"),
        )
        return back

    return once(request, do, back=back)


@require_POST
def award_write_off(request: OfficerRequest, code: str, recovery: uuid.UUID) -> HttpResponse:
    campaign, form = campaign_or_404(request, code), GivenUpForm(request.POST)
    open_ = recoveries_open(applications_for(request.user, campaign))
    found = or_404(open_.filter(pk=recovery).first())
    if not form.is_valid():
        tell(request, ERROR, _("还没有核销：请写决定的日期、文号和原因。"))
        return redirect("payments", code)
    told = form.cleaned_data
    try:
        given_up = GivenUp(told["decided_on"], told["paper"], told["reason"])
        actions.write_off(found, given_up, officer=request.user, at=timezone.now())
        tell(request, SUCCESS, _("核销了，不再追；这家留下的部分算作已得的帮扶。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("payments", code)
