"""The engine: records in, judged pairs out. One file against itself, or a list against another."""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from huigong.matching import cases, comparing, model, reasons, stages
from huigong.matching.normalising import prepare
from huigong.values.sentence import Sentence

SAME, REVIEW, DIFFERENT = "same", "review", "different"
_FEW = 64  # patterns that are sooner added up one by one


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


def match(records: pl.DataFrame) -> Matches:
    """Every pair of records in one file that may be one person, each pair once with the lower row on the left."""
    return match_prepared(ready(records))


def link(left: pl.DataFrame, right: pl.DataFrame) -> Matches:
    """Every pair of a record of the left list and one of the right that may be one person."""
    together = ready(pl.concat([_as_text(left), _as_text(right)], how="diagonal"))
    found = match_prepared(together, boundary=left.height)
    return Matches(found.pairs.with_columns(pl.col("right") - left.height), found.crowded)


def ready(records: pl.DataFrame) -> pl.DataFrame:
    """Prepared columns with the number of records that bear the same name: a rare name says more."""
    return prepare(records).with_columns(name_count=pl.len().over("name"))


def match_prepared(table: pl.DataFrame, *, boundary: int = 0) -> Matches:
    """Candidates, patterns, judgements. With a boundary only pairs across it count: the rows below are another list."""
    candidates = stages.within(table, boundary=boundary)
    patterned = candidates.pairs.with_columns(pattern=comparing.patterns(table, table, candidates.pairs))
    return Matches(judged(patterned), candidates.crowded)


def judged(patterned: pl.DataFrame) -> pl.DataFrame:
    """With probability and answer: looked up by pattern, since millions of pairs have a few thousand."""
    shipped, patterns = model.shipped(), patterned["pattern"].unique()
    chances = (
        shipped.probabilities(patterns)
        if len(patterns) > _FEW
        else pl.Series([shipped.probability(pattern) for pattern in patterns], dtype=pl.Float64)
    )
    table = pl.DataFrame({"pattern": patterns, "probability": chances})
    likely = table.filter(pl.col("probability") >= shipped.same_from)["pattern"]
    two_people = [pattern for pattern in likely if cases.never_merged(cases.named(comparing.read(pattern)))]
    sure = (pl.col("probability") >= shipped.same_from) & ~pl.col("pattern").is_in(two_people)
    asked = pl.col("probability") >= shipped.review_from
    table = table.with_columns(
        answer=pl.when(sure).then(pl.lit(SAME)).when(asked).then(pl.lit(REVIEW)).otherwise(pl.lit(DIFFERENT))
    )
    return patterned.join(table, on="pattern", how="left", maintain_order="left")


def explain(one: pl.DataFrame, other: pl.DataFrame) -> Judgement:
    """What two records (a row each) are to each other, whether or not a stage would have brought them together."""
    table = ready(pl.concat([_as_text(one), _as_text(other)], how="diagonal"))
    pair = pl.DataFrame({"left": [0], "right": [1]}, schema={"left": pl.UInt32, "right": pl.UInt32})
    return judge(comparing.patterns(table, table, pair)[0])


def looked_at(records: pl.DataFrame) -> pl.DataFrame:
    """Every candidate pair of one file with its pattern (`left`, `right` are row numbers): what a model learns from."""
    table = ready(records)
    pairs = stages.within(table).pairs
    return pairs.with_columns(pattern=comparing.patterns(table, table, pairs))


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
    shipped, probability = model.shipped(), model.shipped().probability(pattern)
    sure = probability >= shipped.same_from and not cases.never_merged(case)
    answer = SAME if sure else REVIEW if probability >= shipped.review_from else DIFFERENT
    return Judgement(answer, probability, case, tuple(reasons.told(levels, case)))


def _as_text(records: pl.DataFrame) -> pl.DataFrame:
    return records.select(pl.all().cast(pl.String))
