"""保全和销毁: what a legal hold keeps back, with why and by which paper, and what is over and may be erased."""

from uuid import UUID

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.documents import actions
from huigong.documents.actions import Ground
from huigong.documents.models import Document
from huigong.figures.retention import keys_over, papers_for
from huigong.organisations.models import Officer
from huigong.payments.models import PaymentBatch
from huigong.registry.models import Household
from huigong.registry.queries import households_for
from huigong.runs import erasing
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.keeping import shown
from huigong.web.console.once import once

_DIGITS = 12


class HoldForm(forms.Form):
    what = forms.CharField(max_length=80)
    reason = forms.CharField(max_length=200)
    reference = forms.CharField(max_length=60)


def keeping(request: OfficerRequest) -> HttpResponse:
    today, officer = timezone.localdate(), request.user
    page = {
        "holds": shown.standing_shown(officer),
        "files": shown.files_shown(officer, today=today),
        "papers": shown.papers_shown(officer, today=today),
        "keys": keys_over(officer, today=today, most=shown.MOST),
        "lifted": shown.lifted_shown(officer),
        "gone": shown.gone_shown(officer),
        "what": request.GET.get("what", "")[:80],
        "most": shown.MOST,
    }
    return render(request, "keeping/keeping.html", page)


@require_POST
def keeping_hold(request: OfficerRequest) -> HttpResponse:
    form, by, back = HoldForm(request.POST), request.user.username, reverse("keeping")

    def do() -> str:
        found = _named(request.user, request.POST.get("what", "").strip()[:80])
        told = form.cleaned_data if form.is_valid() else {"reason": "", "reference": ""}
        ground = Ground(told["reason"], told["reference"])
        if isinstance(found, Household):
            erasing.keep_file_back(found, ground, officer=by, at=timezone.now())
        else:
            actions.keep_back(found, ground, officer=by, at=timezone.now())
        tell(request, SUCCESS, _("保全好了：到期也不销毁，由另一个人解除。"))
        return back

    return once(request, do, back=back)


@require_POST
def keeping_lift(request: OfficerRequest) -> HttpResponse:
    hold = or_404(shown.holds_for(request.user).filter(pk=a_key(request.POST.get("hold", ""))).first())
    try:
        actions.let_go(hold, officer=request.user.username, at=timezone.now())
        tell(request, SUCCESS, _("保全解除了，已留痕。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("keeping")


def a_key(text: str) -> UUID:
    """The id of a row that was posted; one that no row has for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _named(officer: Officer, what: str) -> Household | Document:
    """A file by its number, a voucher by its batch, a paper by its digest. Raises SaidError for what is none in scope."""
    if file := households_for(officer).filter(file_number=what).first():
        return file
    papers = papers_for(officer)
    if batch := PaymentBatch.objects.filter(number=what, document__in=papers.values("pk")).first():
        return or_404(batch.document)
    found = list(papers.filter(sha256__startswith=what.lower())[:2]) if len(what) >= _DIGITS else []
    if len(found) == 1:
        return found[0]
    raise SaidError(
        Sentence(
            "nothing_to_hold",
            f"您的范围里没有“{what}”：请写档案编号、批次号，或材料摘要的前 {_DIGITS} 位以上。",
            f"There is no “{what}” in your scope: give the number of a file, of a batch, or {_DIGITS} digits of a paper's "
            "digest.",
        )
    )
