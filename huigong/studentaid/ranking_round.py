"""排序的一轮: everybody who competes for a place, with visible points; and the same round under other weights, nothing written.

Who holds a place that is promised already does not compete. In the sandbox a weight says which point is compared first: the
heavier one first, nothing at weight 0. The sandbox asks the same ranking and sharing as the round itself.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from huigong.circulars.models import Campaign
from huigong.quotas import queries as quotas
from huigong.rules import ranking, sharing
from huigong.rules.circular import Circular, Key
from huigong.rules.ranking import Candidate
from huigong.studentaid.lifecycle import ELIGIBLE, ON_NOTICE, PLACED, PROMISED, TIED, WAITING
from huigong.studentaid.models import Application, Settlement
from huigong.studentaid.queries import facts_decided

COMPETES = frozenset({ELIGIBLE, WAITING, TIED, PLACED, ON_NOTICE})


@dataclass(frozen=True, slots=True)
class Runner:
    """One case in the round: its rank, what sharing gives it, and its points in the order in which they are compared."""

    application: Application
    rank: int
    outcome: str
    points: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A federation's round: places for it, in order, and the keys that order it."""

    federation: str
    places: int
    keys: tuple[Key, ...]
    runners: Sequence[Runner]

    @property
    def cut(self) -> int:
        """After how many runners the line lies."""
        return sum(one.outcome == sharing.PLACED for one in self.runners)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Somebody who crosses the line under other weights: `now` and `then` are ranks, `outcome` what they would get."""

    application: Application
    now: int
    then: int
    outcome: str
    points: tuple[Any, ...]


def rounds(campaign: Campaign, circular: Circular) -> dict[str, Round]:
    """By federation code. Raises AssertionError where the circular has no quota or no order: ask `can_rank` first."""
    assert circular.quota is not None
    assert circular.ranking is not None
    own = Application.objects.filter(campaign=campaign).select_related("federation")
    taken = Counter(own.filter(status__in=PROMISED).values_list("federation__code", flat=True))
    competing = {
        one.reference: one
        for one in own.filter(status__in=COMPETES, amount_fen__isnull=False)
        if one.is_verified or one.status in {PLACED, ON_NOTICE}
    }
    keys = circular.ranking.keys
    facts = facts_decided(competing.values(), names=[key.fact for key in keys])
    candidates = [Candidate(reference, competing[reference].federation.code, told) for reference, told in facts.items()]
    places = quotas.places_of(campaign, fund_source=circular.quota.fund_source)
    ranked = {one.reference: one for one in ranking.rank(circular, candidates)}
    first = Settlement.objects.filter(application__campaign=campaign, about=Settlement.About.TIE)
    preferred = set(first.values_list("application__reference", flat=True))
    shared = sharing.share(list(ranked.values()), places, taken=taken, preferred=preferred)
    found: dict[str, list[Runner]] = {code: [] for code in places}
    for one in shared:
        runner = Runner(competing[one.reference], one.rank, one.outcome, ranked[one.reference].keys)
        found.setdefault(one.federation_code, []).append(runner)
    return {
        code: Round(code, places.get(code, 0) - taken[code], keys, sorted(own, key=_order))
        for code, own in sorted(found.items())
    }


def can_rank(circular: Circular) -> bool:
    return circular.quota is not None and circular.ranking is not None and bool(circular.ranking.keys)


def reweighted(circular: Circular, weights: Mapping[str, int], turned: Mapping[str, str]) -> Circular:
    """The circular as it would rank with these weights by fact; `turned` gives another direction. The circular stays."""
    assert circular.ranking is not None
    keys = [replace(key, direction=turned.get(key.fact, key.direction)) for key in circular.ranking.keys]
    kept = [key for key in keys if weights.get(key.fact, 1) > 0]
    kept.sort(key=lambda key: -weights.get(key.fact, 1))
    return replace(circular, ranking=replace(circular.ranking, keys=tuple(kept)))


def crossings(now: Round, then: Round) -> list[Crossing]:
    """Who would gain a place and who would lose one, the losses first; by rank."""
    before = {one.application.reference: one for one in now.runners}
    found = [
        Crossing(one.application, was.rank, one.rank, one.outcome, was.points)
        for one in then.runners
        if (was := before[one.application.reference]).outcome != one.outcome
        and sharing.PLACED in {was.outcome, one.outcome}
    ]
    return sorted(found, key=lambda one: (one.outcome == sharing.PLACED, one.now, one.application.reference))


def _order(runner: Runner) -> tuple[int, bool, str]:
    return runner.rank, runner.outcome != sharing.PLACED, runner.application.reference
