"""The engine: records in, judged pairs out. One file against itself, or a list against another."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from huigong.matching import cases, comparing, model, places, reasons
from huigong.matching.model import Model
from huigong.matching.normalising import prepare
from huigong.values.sentence import Sentence

SAME, REVIEW, DIFFERENT = "same", "review", "different"
_ANSWERS = pl.Series("answer", [DIFFERENT, REVIEW, SAME])
_WORTH_A_TABLE = (
    32  # with so many times as many possible patterns as pairs, sorting pairs is cheaper than a table of all
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a pattern means: one of three answers, how sure, and why in words."""

    answer: str
    probability: float
    case: str
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """Judged pairs (left and right row numbers, pattern, probability, answer), and the crowded places that were left out."""

    pairs: pl.DataFrame
    crowded: dict[str, int]


def match(records: pl.DataFrame, *, by: Model | None = None) -> Matches:
    """Every pair of records in one file that may be one person, each pair once with the lower row on the left."""
    return match_prepared(ready(records), by=by)


def link(left: pl.DataFrame, right: pl.DataFrame, *, by: Model | None = None) -> Matches:
    """Every pair of a record of the left list and one of the right that may be one person."""
    together = ready(pl.concat([_as_text(left), _as_text(right)], how="diagonal"))
    found = match_prepared(together, boundary=left.height, by=by)
    return Matches(found.pairs.with_columns(pl.col("right") - left.height), found.crowded)


def ready(records: pl.DataFrame) -> pl.DataFrame:
    """Prepared columns with the number of records that bear the same name: a rare name says more."""
    table = prepare(records)
    return table.hstack([bearers(table["name"])])


def bearers(names: pl.Series) -> pl.Series:
    """How many records bear the name of each."""
    return names.to_frame().select(name_count=pl.len().over("name"))["name_count"]


def match_prepared(table: pl.DataFrame, *, boundary: int = 0, by: Model | None = None) -> Matches:
    """Candidates, patterns, judgements. With a boundary only pairs across it count: the rows below are another list."""
    candidates = places.within(table, boundary=boundary)
    patterned = candidates.pairs.hstack([comparing.patterns(table, table, candidates.pairs)])
    return Matches(judged(patterned, by or model.shipped()), candidates.crowded)


def judged(patterned: pl.DataFrame, weights: Model) -> pl.DataFrame:
    """With probability and answer: looked up by pattern, since millions of pairs have a few thousand."""
    asked = patterned["pattern"].to_numpy()
    different, place = _distinct(asked)
    chances = weights.probabilities(different)
    answers = _answers(different, chances, weights)
    return patterned.hstack([pl.Series("probability", chances[place]), _ANSWERS[answers[place]]])


def _distinct(patterns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each different pattern, and which of them every pair has."""
    if len(patterns) * _WORTH_A_TABLE < comparing.POSSIBLE:
        return np.unique(patterns, return_inverse=True)
    at, stands, place = (
        patterns.astype(np.intp),
        np.zeros(comparing.POSSIBLE, bool),
        np.empty(comparing.POSSIBLE, np.intp),
    )
    stands[at] = True
    different = np.flatnonzero(stands)
    place[different] = np.arange(len(different))
    return different, place.take(at)


def _answers(patterns: np.ndarray, chances: np.ndarray, weights: Model) -> np.ndarray:
    """The places of the answers in `_ANSWERS`: what may be two people is never "same", whatever else agrees."""
    answers = (chances >= weights.review_from).astype(np.uint8) + (chances >= weights.same_from)
    sure = np.flatnonzero(answers == 2)
    answers[sure] -= cases.never_same(comparing.levels(patterns[sure]))
    return answers


def explain(one: pl.DataFrame, other: pl.DataFrame) -> Judgement:
    """What two records (a row each) are to each other, whether or not a stage would have brought them together."""
    table = ready(pl.concat([_as_text(one), _as_text(other)], how="diagonal"))
    pair = pl.DataFrame({"left": [0], "right": [1]}, schema={"left": pl.UInt32, "right": pl.UInt32})
    return judge(comparing.patterns(table, table, pair)[0])


def looked_at(records: pl.DataFrame) -> pl.DataFrame:
    """Every candidate pair of one file with its pattern (`left`, `right` are row numbers): what a model learns from."""
    table = ready(records)
    pairs = places.within(table).pairs
    return pairs.hstack([comparing.patterns(table, table, pairs)])


def told(matches: Matches, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """What goes out: record ids, answer, probability, reasons in words, the surest first; "different" is not told."""
    kept = matches.pairs.filter(pl.col("answer") != DIFFERENT)
    patterns = kept["pattern"].unique()
    words = ["；".join(sentence.zh for sentence in judge(pattern).reasons) for pattern in patterns]
    reasoned = kept.join(
        pl.DataFrame({"pattern": patterns, "reasons": pl.Series(words, dtype=pl.String)}),
        on="pattern",
        how="left",
        maintain_order="left",
    )
    return reasoned.select(
        left=left["record_id"].gather(reasoned["left"]), right=right["record_id"].gather(reasoned["right"]),
        answer="answer", probability=pl.col("probability").round(4), reasons="reasons",
    ).sort("probability", "left", "right", descending=[True, False, False])  # fmt: skip


@lru_cache(maxsize=65_536)
def judge(pattern: int) -> Judgement:
    """What a pattern means, in words too."""
    levels = comparing.read(pattern)
    case = cases.named(levels)
    shipped = model.shipped()
    probability = shipped.probability(pattern)
    (answer,) = _answers(np.array([pattern]), np.array([probability]), shipped)
    return Judgement(_ANSWERS[int(answer)], probability, case, tuple(reasons.told(levels, case)))


def _as_text(records: pl.DataFrame) -> pl.DataFrame:
    return records.select(pl.all().cast(pl.String))
