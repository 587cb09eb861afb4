"""The graduate's own page: case number and code from the slip, and nothing about the case is shown. Slowed for whoever guesses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.employment import actions
from huigong.values.sentence import SaidError
from huigong.web.console.words import said
from huigong.web.often import too_many_tries


def outcome_confirm(request: HttpRequest) -> HttpResponse:
    why, done, now = "", False, timezone.now()
    if request.method == "POST":
        number = request.POST.get("number", "").strip().upper()[:40]
        if too_many_tries(request, f"outcome {number}", at=now):
            why = _("试得太多了，请过一小时再试，或打纸条上的电话。")
            return render(request, "employment/confirm.html", {"why": why, "done": False}, status=429)
        try:
            actions.confirm(number, request.POST.get("code", "")[:20], at=now)
            done = True
        except SaidError as error:
            why = said(error.sentence.zh, error.sentence.en)
    return render(request, "employment/confirm.html", {"why": why, "done": done}, status=422 if why else 200)
