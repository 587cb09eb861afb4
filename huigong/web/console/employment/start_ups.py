"""创业: every start-up from plan to the check after twelve months, its money and jobs; the success rate with the names behind it."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse
from django.shortcuts import render

from huigong.employment import queries, start_ups
from huigong.employment.start_ups import Started
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest

_KINDS: Mapping[str, Callable[[Started], bool]] = {
    "": lambda _: True,
    "planned": lambda one: not one.counted.opened,
    "running": lambda one: one.counted.opened and not one.counted.ended,
    "ended": lambda one: one.counted.ended,
    "held": lambda one: one.counted.held_a_year,
    "settled": lambda one: one.counted.is_settled,
}
_WORDS = {
    "": ("全部", "all"),
    "planned": ("有计划，还没开张", "planned, not open yet"),
    "running": ("在经营", "running"),
    "ended": ("停了", "ended"),
    "held": ("满12个月还在经营", "running after twelve months"),
    "settled": ("满12个月的，和没满就停了的", "whose first year is over, or that ended before"),
}
_TONES = {"planned": "look", "running": "done", "ended": ""}


def employment_start_ups(request: OfficerRequest) -> HttpResponse:
    those = start_ups.looked_at(queries.start_ups_for(request.user))
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in _KINDS else ""
    told = {
        "kind": kind,
        "kinds": [(code, words.said(*_WORDS[code]), sum(map(is_so, those))) for code, is_so in _KINDS.items()],
        "success": start_ups.success(those),
        "jobs": sum(one.one.jobs for one in those),
        "money": words.yuan(sum(one.one.fen for one in those)),
        "lines": [_line(one) for one in those if _KINDS[kind](one)],
    }
    return render(request, "employment/start_ups.html", told)


def _line(started: Started) -> dict[str, object]:
    state = next(code for code in ("planned", "ended", "running") if _KINDS[code](started))
    checks = [
        (months, check.on, words.said("还在", "running") if check.holds else words.said("不在了", "gone"), check.holds)
        for months, check in started.checks.items()
    ]
    one = started.one
    return {
        "one": one,
        "state": words.said(*_WORDS[state]),
        "tone": _TONES[state],
        "money": words.yuan(one.fen) if one.fen else "",
        "checks": checks,
        "due": one.graduate.check_due if state == "running" else None,
    }
