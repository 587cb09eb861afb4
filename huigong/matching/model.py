"""How sure a pattern makes us: weights that were learnt, kept as data (`weights.json`) with how they were learnt."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import combinations, product

import numpy as np

from huigong.matching import comparing
from huigong.matching.comparing import COMPARISONS
from huigong.values.sentence import Sentence, WrongValueError

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

    def as_json(self) -> str:
        """As `weights.json` is written."""
        told = {name: getattr(self, name) for name in ("trained", "same_from", "review_from", "bias")}
        return json.dumps({**told, "weights": dict(sorted(self.weights.items()))}, ensure_ascii=False, indent=0) + "\n"

    def probability(self, pattern: int) -> float:
        """That two records of this pattern are one person."""
        odds = self.bias + sum(self.weights.get(feature, 0.0) for feature in features(pattern))
        return 1 / (1 + math.exp(-odds))

    def probabilities(self, patterns: np.ndarray) -> np.ndarray:
        """The same for many patterns at once, out of one table of weights."""
        levels = comparing.levels(patterns).values()
        weights, starts, steps = self._table()
        odds = np.zeros(len(patterns))
        for start, step in zip(starts, steps.tolist(), strict=True):
            odds += weights.take(start + sum(by * level for by, level in zip(step, levels, strict=True) if by))
        return 1 / (1 + np.exp(-(self.bias + odds)))

    @lru_cache(maxsize=4)  # noqa: B019  a model is shipped once and lives as long as the program
    def _table(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """All weights in a row, group after group; where each group starts, and how far a level of a comparison leads."""
        weights, starts, steps = list[float](), list[int](), np.zeros((len(GROUPS), len(COMPARISONS)), np.int64)
        order = list(_LEVELS)
        for at, names in enumerate(GROUPS):
            starts.append(len(weights))
            step = 1
            for name in reversed(names):
                steps[at, order.index(name)] = step
                step *= len(_LEVELS[name])
            weights += [
                self.weights.get(_feature(names, one), 0.0) for one in product(*(_LEVELS[name] for name in names))
            ]
        return np.array(weights), np.array(starts), steps


def features(pattern: int) -> list[str]:
    """The names of the weights that a pattern adds up: every level, every two levels together, and some three."""
    found = comparing.read(pattern)
    return [_feature(names, [found[name] for name in names]) for names in GROUPS]


def _feature(names: Iterable[str], levels: Iterable[str]) -> str:
    return "&".join(f"{name}={level}" for name, level in zip(names, levels, strict=True))


def read(text: str) -> Model:
    """Weights out of a file. Raises WrongValueError for a file of another kind."""
    try:
        stored = json.loads(text)
        model = Model(**stored)
        known = {_feature(names, one) for names in GROUPS for one in product(*(_LEVELS[name] for name in names))}
        sound = set(model.weights) <= known and 0 < model.review_from <= model.same_from <= 1
    except (ValueError, TypeError):
        sound = False
    if not sound:
        raise WrongValueError(
            Sentence(
                "weights_wrong",
                "这不是比对用的权重文件，或是别的版本的；请用 huigong match learn 写出的文件。",
                "This is no file of weights, or one of another version; use what huigong match learn wrote.",
            )
        )
    return model


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The weights that ship with Huigong."""
    return read((resources.files("huigong.matching") / "weights.json").read_text(encoding="utf-8"))
