"""Take a step of a file's life, print the receipt, let a family confirm by it, and list the files that wait for something."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huigong.organisations.models import AidCentre
from huigong.registry import actions as registry
from huigong.registry import receipts
from huigong.registry.actions import Done
from huigong.registry.models import Household
from huigong.registry.queries import file_for
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.households import steps
from huigong.web.console.households.asking import file_or_404
from huigong.web.console.once import once
from huigong.web.console.words import said
from huigong.web.often import too_many_receipts

_OFTEN = gettext_lazy("试的次数太多了，请过一小时再填；急的话，请打回执上的电话，或到窗口说一声。")
PUBLIC = "family"
"""Who confirms by a receipt: the family itself, whoever of it; history names no person."""


@require_POST
def household_prepare(request: OfficerRequest, pk: UUID, step: str) -> HttpResponse:
    return _take(request, pk, step, steps.PREPARE)


@require_POST
def household_keep(request: OfficerRequest, pk: UUID, step: str) -> HttpResponse:
    return _take(request, pk, step, steps.KEEP)


@require_POST
def household_enrol(request: OfficerRequest, pk: UUID, step: str) -> HttpResponse:
    return _take(request, pk, step, steps.ENROL)


def household_receipt(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, today = file_or_404(request, pk), timezone.localdate()
    shown = {
        "one": found,
        "code": receipts.code_of(found, year=today.year),
        "today": today,
        "address": request.build_absolute_uri(reverse("confirm")),
        "telephone": AidCentre.objects.filter(federation=found.federation).values_list("telephone", flat=True).first(),
    }
    return render(request, "households/receipt.html", shown)


def confirm(request: HttpRequest) -> HttpResponse:
    """The family's own page: file number and code from the receipt, and nothing about the file is shown."""
    why, done = "", False
    if request.method == "POST":
        number, now = request.POST.get("number", "").strip()[:40], timezone.now()
        if too_many_receipts(request, number, at=now):
            return render(request, "households/confirm.html", {"why": _OFTEN}, status=429)
        found = Household.objects.filter(file_number=number).first()
        try:
            registry.confirm_unchanged(
                found or Household(file_number=number),
                Done(timezone.localdate(now), PUBLIC, now),
                code=request.POST.get("code", "")[:20],
            )
            done = True
        except SaidError as error:
            why = said(error.sentence.zh, error.sentence.en)
    return render(request, "households/confirm.html", {"why": why, "done": done}, status=422 if why else 200)


def _take(request: OfficerRequest, pk: UUID, slug: str, address: str) -> HttpResponse:
    found, now = file_or_404(request, pk), timezone.now()
    step = steps.step_or_404(found, slug, address, request.user.organisation.path)
    page, today = reverse("household", args=[pk]), timezone.localdate(now)

    def do() -> str:
        steps.refuse_state(found, step)
        steps.refuse_elsewhere(found, step, officer=request.user, today=today)
        step.do(steps.given(request, found, step, at=now, today=today))
        tell(request, messages.SUCCESS, _("办好了：%(step)s。已留痕。") % {"step": said(step.zh, step.en)})
        return page if file_for(request.user, pk) else reverse("files-waiting")

    return once(request, do, back=page)
