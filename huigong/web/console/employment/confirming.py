"""The graduate's own page: case number and code from the slip, and nothing about the case is shown. Slowed for whoever guesses."""

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.employment import actions
from huigong.values.sentence import SaidError
from huigong.web.console.words import said

OF_A_CASE, OF_AN_ADDRESS, SECONDS = 5, 30, 900
"""Tries for one case, and from one address, in a quarter of an hour; 24 to the eighth codes are not guessed so."""


def outcome_confirm(request: HttpRequest) -> HttpResponse:
    why, done, now = "", False, timezone.now()
    if request.method == "POST":
        number = request.POST.get("number", "").strip().upper()[:40]
        if too_often(number, request.META.get("REMOTE_ADDR", ""), at=now):
            why = _("试得太多了，请过一刻钟再试，或打纸条上的电话。")
            return render(request, "employment/confirm.html", {"why": why, "done": False}, status=429)
        try:
            actions.confirm(number, request.POST.get("code", "")[:20], at=now)
            done = True
        except SaidError as error:
            why = said(error.sentence.zh, error.sentence.en)
    return render(request, "employment/confirm.html", {"why": why, "done": done}, status=422 if why else 200)


def too_often(number: str, address: str, *, at: datetime) -> bool:
    """Count one more try; whether it is one too many for the case or for where it comes from."""
    span = int(at.timestamp()) // SECONDS
    of_case = _counted(f"confirms-{''.join(sign for sign in number if sign.isalnum())}-{span}")
    return _counted(f"confirms-from-{address}-{span}") > OF_AN_ADDRESS or of_case > OF_A_CASE


def _counted(name: str) -> int:
    cache.add(name, 0, SECONDS)
    return int(cache.incr(name))
