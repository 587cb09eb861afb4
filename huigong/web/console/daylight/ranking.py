"""名额与排序: the round with visible points and its cut line; a sandbox that asks who would cross it under other weights.

The sandbox is a question in the address: nothing is written, and it names nobody until that is chosen, nor does the round
beside it, whose ranks would tell.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.organisations.models import Organisation
from huigong.rules.circular import Circular, Key
from huigong.rules.facts import in_words
from huigong.studentaid import ranking_round
from huigong.studentaid.other_help import other_help
from huigong.studentaid.queries import in_scope
from huigong.studentaid.ranking_round import Round, Runner
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404
from huigong.web.console.citing import cited

_HEAVIEST = 9
_TONES = {"placed": "done", "waiting": "", "tied": "look"}
_WORDS = {
    "placed": ("在线内", "within"),
    "waiting": ("候补", "waiting"),
    "tied": ("并列，请负责人定", "tied, to be settled"),
}


@dataclass(frozen=True, slots=True)
class Weight:
    """One point that is compared: its weight and direction in the sandbox."""

    key: Key
    word: str
    weight: int
    direction: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the round."""

    runner: Runner
    points: list[str]
    word: str
    tone: str
    is_last_within: bool


def ranking(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    circular, shown = circular_of(campaign), dict[str, Any](campaign=campaign)
    if not ranking_round.can_rank(circular):
        return render(request, "daylight/ranking.html", shown)
    assert circular.quota is not None
    assert circular.ranking is not None
    found = _mine(request, ranking_round.rounds(campaign, circular))
    names = dict(Organisation.objects.filter(code__in=found).values_list("code", "name"))
    chosen = request.GET.get("federation", "")
    chosen = chosen if chosen in found else next(iter(found), "")
    shown |= {
        "circular": circular,
        "cited": cited(campaign.version, circular.ranking.clause),
        "federations": [(one, names.get(one, one), len(found[one].runners)) for one in found],
        "chosen": chosen,
        "other_sources": circular.quota.other_sources,
    }
    if chosen:
        now = found[chosen]
        shown |= {"round": now, "lines": lines_of(now), "heads": [key_word(key) for key in now.keys]}
        waiting = [one.application for one in now.runners if one.outcome != "placed"]
        shown["helps"] = [
            (one.source, words.yuan(one.left_fen), one.count)
            for one in other_help(circular.quota.fund_source, waiting, on=timezone.localdate())
        ]
        shown |= _sandbox(request, campaign, circular, now)
    return render(request, "daylight/ranking.html", shown)


def lines_of(found: Round) -> list[Line]:
    return [
        Line(
            one,
            [words.said(*in_words(key.fact, value)) for key, value in zip(found.keys, one.points, strict=True)],
            words.said(*_WORDS[one.outcome]),
            _TONES[one.outcome],
            number == found.cut and number < len(found.runners),
        )
        for number, one in enumerate(found.runners, 1)
    ]


def key_word(key: Key) -> str:
    return words.said(key.label, key.label_en)


def _mine(request: OfficerRequest, found: dict[str, Round]) -> dict[str, Round]:
    """The rounds of federations in which the officer may see every runner: half a round would mislead."""
    mine = {}
    for code, one in found.items():
        runners = [runner.application for runner in one.runners]
        if runners and len(in_scope(request.user, runners)) == len(runners):
            mine[code] = one
    return mine


def _sandbox(request: OfficerRequest, campaign: Campaign, circular: Circular, now: Round) -> dict[str, Any]:
    weights = _weights(request, circular)
    asked = "try" in request.GET
    shown: dict[str, Any] = {"weights": weights, "asked": asked, "heaviest": _HEAVIEST}
    if not asked:
        return shown
    by_fact = {one.key.fact: one.weight for one in weights}
    turned = {one.key.fact: one.direction for one in weights}
    altered = ranking_round.reweighted(circular, by_fact, turned)
    then = ranking_round.rounds(campaign, altered)[now.federation]
    crossed = ranking_round.crossings(now, then)
    named = request.GET.get("names") == "yes"
    query = request.GET.copy()
    query["names"] = "yes"
    return shown | {
        "order": [key_word(key) for key in then.keys],
        "crossed": [
            (one, [words.said(*in_words(key.fact, value)) for key, value in zip(now.keys, one.points, strict=True)])
            for one in crossed
        ],
        "gain": sum(one.outcome == "placed" for one in crossed),
        "named": named,
        "naming": query.urlencode(),
    }


def _weights(request: OfficerRequest, circular: Circular) -> list[Weight]:
    """As they were asked for; without a question, the order of the circular itself."""
    assert circular.ranking is not None
    keys = circular.ranking.keys
    found = []
    for place, key in enumerate(keys):
        asked = request.GET.get(f"weight-{key.fact}", "")
        is_weight = asked.isdecimal() and len(asked) < 4 and int(asked) <= _HEAVIEST
        weight = int(asked) if is_weight else len(keys) - place
        turned = request.GET.get(f"direction-{key.fact}", "")
        found.append(Weight(key, key_word(key), weight, turned if turned in {"up", "down"} else key.direction))
    return found
