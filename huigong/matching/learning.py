"""What people said of pairs, held against what the weights promised; and weights that learnt from it, for somebody to decide on.

A label is a pattern and a person's word: levels of comparisons, never a name or a number. Nothing here is taken into use by
itself. Labels come from pairs that were brought up, so they say nothing about pairs that nobody was asked about.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from huigong.matching import comparing
from huigong.matching.model import Model, features
from huigong.values.sentence import Sentence, WrongValueError

BANDS = (0.0, 0.5, 0.7, 0.9, 0.98, 1.0)
FEWEST, FEWEST_EACH = 200, 20
_PARTS = 5  # the labels are learnt from in four parts and tried on the fifth, in turn
_PULL = 4.0  # how hard the shipped weights hold: a level needs some labels before it moves
_SAME, _NOT_SAME = "same", "not_same"
_COLUMNS = ["pattern", "said", *(comparison.name for comparison in comparing.COMPARISONS)]


@dataclass(frozen=True, slots=True)
class Label:
    """A pair's pattern, and whether a person said that it is one person."""

    pattern: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs whose probability lay between two bounds: how many, how many were promised to be one person, how many were."""

    above: float
    below: float
    pairs: int
    promised: float
    found: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights that follow the labels, and how far off each label was on average (log loss) before and after.

    The loss after is that of labels which were not learnt from.
    """

    model: Model
    loss_before: float
    loss_after: float


def bands(labels: Sequence[Label], weights: Model) -> list[Band]:
    """How calibrated the weights were, by probability."""
    chances = weights.probabilities(np.array([label.pattern for label in labels], np.int64))
    same = np.array([label.is_same for label in labels], bool)
    at = np.clip(np.searchsorted(BANDS, chances, "right") - 1, 0, len(BANDS) - 2)
    return [
        Band(BANDS[band], BANDS[band + 1], int(here.sum()), float(chances[here].sum()), int(same[here].sum()))
        for band in range(len(BANDS) - 1)
        if (here := at == band).any()
    ]


def learn(labels: Sequence[Label], weights: Model) -> Learnt:
    """Weights moved towards the labels. Raises WrongValueError where the labels are too few to say anything."""
    same = np.array([label.is_same for label in labels], bool)
    if len(labels) < FEWEST or min(same.sum(), (~same).sum()) < FEWEST_EACH:
        raise WrongValueError(
            Sentence(
                "labels_too_few",
                f"定过的只有 {len(labels)} 对（同一人 {same.sum()} 对、不是 {(~same).sum()} 对），太少，学不出东西：至少 {FEWEST} 对，两种各 {FEWEST_EACH} 对。",
                f"Only {len(labels)} pairs were settled ({same.sum()} the same, {(~same).sum()} not): too few to learn from; {FEWEST} at least, {FEWEST_EACH} of either kind.",
            )
        )
    names, table = _table(labels)
    promised = np.log(
        1 / (1 / weights.probabilities(np.array([label.pattern for label in labels], np.int64)) - 1 + 1e-12)
    )
    after = np.empty(len(labels))
    for part in range(_PARTS):
        out = np.arange(len(labels)) % _PARTS == part
        after[out] = promised[out] + table[out] @ _moved(table[~out], promised[~out], same[~out])
    moves = _moved(table, promised, same)
    moved = {
        name: round(weights.weights.get(name, 0.0) + float(by), 4) for name, by in zip(names, moves[:-1], strict=True)
    }
    told = {**weights.trained, "labels_of_people": len(labels), "labels_same": int(same.sum())}
    learnt = replace(weights, bias=weights.bias + float(moves[-1]), weights={**weights.weights, **moved}, trained=told)
    return Learnt(learnt, _loss(promised, same), _loss(after, same))


def _table(labels: Sequence[Label]) -> tuple[list[str], np.ndarray]:
    """Which level of each comparison a label shows (what levels mean together stays as shipped); the last column is for all."""
    shown = [features(label.pattern)[: len(comparing.COMPARISONS)] for label in labels]
    place = {name: at for at, name in enumerate(sorted({name for names in shown for name in names}))}
    table = np.zeros((len(labels), len(place) + 1))
    for row, names in enumerate(shown):
        table[row, [place[name] for name in names]] = 1
    table[:, -1] = 1
    return list(place), table


def _moved(table: np.ndarray, promised: np.ndarray, same: np.ndarray) -> np.ndarray:
    """How far each weight moves from where it was: Newton's method on the log loss, held back by `_PULL`."""
    by = np.zeros(table.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-(promised + table @ by)))
        slope = table.T @ (chances - same) + _PULL * by
        bend = (table * (chances * (1 - chances))[:, None]).T @ table + _PULL * np.eye(len(by))
        step = np.linalg.solve(bend, slope)
        by -= np.clip(step, -1, 1)  # never far at once
        if np.abs(step).max() < 1e-6:
            break
    return by


def _loss(odds: np.ndarray, same: np.ndarray) -> float:
    return float(np.mean(np.logaddexp(0, odds) - same * odds))


def written(labels: Sequence[Label]) -> str:
    """Labels as CSV: the pattern, the word, and the pattern's levels for people to read."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COLUMNS)
    for label in labels:
        levels = comparing.read(label.pattern)
        table.writerow([label.pattern, _SAME if label.is_same else _NOT_SAME, *levels.values()])
    return out.getvalue()


def read(text: str) -> list[Label]:
    """Labels out of such a file. Raises WrongValueError for a file of another kind."""
    labels = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        pattern, said = row.get("pattern") or "", row.get("said")
        if not (pattern.isdecimal() and int(pattern) < comparing.POSSIBLE and said in {_SAME, _NOT_SAME}):
            raise WrongValueError(
                Sentence(
                    "labels_wrong",
                    f"第 {line} 行不是定过的比对（要有 pattern 和 said，said 写 same 或 not_same）；请用 huigong registry labels 导出。",
                    f"Line {line} is no settled pair (pattern, and said: same or not_same); export them with huigong registry labels.",
                )
            )
        labels.append(Label(int(pattern), said == _SAME))
    return labels
