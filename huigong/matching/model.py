"""How sure a pattern makes us: weights that were learnt, kept as data (`weights.json`) with how they were learnt."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import combinations, product

import numpy as np

from huigong.matching.comparing import COMPARISONS, read

# Three levels that mean something only together: an equal number says little where the names are those of two siblings.
TOGETHER = (
    ("id", "name", "birth"), ("id", "name", "parents"), ("id", "name", "own_number"), ("id", "birth", "own_number"),
    ("name", "birth", "parents"), ("name", "birth", "phone"), ("name", "parents", "bearers"), ("name", "birth", "bearers"),
)  # fmt: skip
_LEVELS = {comparison.name: comparison.levels for comparison in COMPARISONS}
GROUPS = (*((name,) for name in _LEVELS), *combinations(_LEVELS, 2), *TOGETHER)


@dataclass(frozen=True, eq=False)
class Model:
    """A logistic model over levels and over pairs of levels; two thresholds make three answers of its probability."""

    bias: float
    weights: dict[str, float]
    same_from: float
    review_from: float
    trained: dict[str, str | int | float]

    def probability(self, pattern: int) -> float:
        """That two records of this pattern are one person."""
        odds = self.bias + sum(self.weights.get(feature, 0.0) for feature in features(pattern))
        return 1 / (1 + math.exp(-odds))

    def probabilities(self, patterns: np.ndarray) -> np.ndarray:
        """The same for many patterns at once, through tables of weights."""
        rest, places = patterns.astype(np.int64), dict[str, np.ndarray]()
        for comparison in reversed(COMPARISONS):
            rest, places[comparison.name] = np.divmod(rest, len(comparison.levels))
        odds = np.full(len(patterns), self.bias)
        for names, weights in self._tables():
            odds += weights[tuple(places[name] for name in names)]
        return 1 / (1 + np.exp(-odds))

    @lru_cache(maxsize=4)  # noqa: B019  a model is shipped once and lives as long as the program
    def _tables(self) -> tuple[tuple[tuple[str, ...], np.ndarray], ...]:
        """For every group of comparisons the weights of its levels, a dimension each."""
        return tuple((names, self._table(names)) for names in GROUPS)

    def _table(self, names: tuple[str, ...]) -> np.ndarray:
        levels = [_LEVELS[name] for name in names]
        weights = [self.weights.get(_feature(names, one), 0.0) for one in product(*levels)]
        return np.array(weights).reshape([len(one) for one in levels])


def features(pattern: int) -> list[str]:
    """The names of the weights that a pattern adds up: every level, every two levels together, and some three."""
    found = read(pattern)
    return [_feature(names, [found[name] for name in names]) for names in GROUPS]


def _feature(names: Iterable[str], levels: Iterable[str]) -> str:
    return "&".join(f"{name}={level}" for name, level in zip(names, levels, strict=True))


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The weights that ship with Huigong."""
    stored = json.loads((resources.files("huigong.matching") / "weights.json").read_text(encoding="utf-8"))
    return Model(**stored)
