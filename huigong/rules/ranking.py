"""Put eligible applications in the declared order. The keys are the circular's; equal keys are a tie, never row order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huigong.rules.circular import Circular, Key
from huigong.rules.facts import Facts, in_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """An eligible application: whose quota it draws on, and its facts."""

    reference: str
    federation_code: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the order. Applications that tie in every key share a rank; `keys` are the visible reasons."""

    reference: str
    federation_code: str
    rank: int
    keys: tuple[Any, ...]


def rank(circular: Circular, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Within each federation, first to last; the same answer for any order of the input. Unknown facts come last."""
    keys = circular.ranking.keys if circular.ranking else ()
    ranked: list[Ranked] = []
    for federation in sorted({candidate.federation_code for candidate in candidates}):
        own = [
            (_key(keys, candidate.facts), candidate)
            for candidate in candidates
            if candidate.federation_code == federation
        ]
        own.sort(key=lambda pair: (pair[0], pair[1].reference))
        place = 0
        for number, (key, candidate) in enumerate(own, 1):
            place = number if number == 1 or key != own[number - 2][0] else place
            ranked.append(
                Ranked(
                    candidate.reference, federation, place, tuple(candidate.facts.get(wanted.fact) for wanted in keys)
                )
            )
    return ranked


def reasons(circular: Circular, ranked: Ranked) -> tuple[str, str]:
    """The keys in words: what put an application where it stands."""
    keys = circular.ranking.keys if circular.ranking else ()
    pairs = [(key, in_words(key.fact, value)) for key, value in zip(keys, ranked.keys, strict=True)]
    return "；".join(f"{key.label}{words[0]}" for key, words in pairs), "; ".join(
        f"{key.label_en} {words[1]}" for key, words in pairs
    )


def _key(keys: tuple[Key, ...], facts: Facts) -> tuple[tuple[int, int], ...]:
    return tuple(_part(key, facts.get(key.fact)) for key in keys)


def _part(key: Key, value: Any) -> tuple[int, int]:
    if value is None:
        return (1, 0)
    number = int(value)
    return (0, number if key.direction == "up" else -number)
