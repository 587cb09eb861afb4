"""Answers held against the truth: precision, recall, F1, recall per kind of damage, and the bound of an oracle."""

from dataclasses import dataclass

import polars as pl

from benchmarks.matching import generate


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float


def score(found: pl.DataFrame, truth: pl.DataFrame, *, true: int) -> Score:
    """Of pairs taken for one student."""
    student = truth["student"]
    right = int((student[found["left"]] == student[found["right"]]).sum())
    return Score(right / max(found.height, 1), right / true, 2 * right / (found.height + true))


def recall_by_kind(found: pl.DataFrame, truth: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, tuple[int, float]]:
    """How many true pairs have this kind of damage on either side, and the share of them that was found."""
    hit = pairs.join(
        found.select("left", "right", hit=pl.lit(value=True)), on=["left", "right"], how="left"
    ).with_columns(pl.col("hit").fill_null(value=False))
    kinds = truth["kinds"]
    both = hit.with_columns(kind=(kinds[hit["left"]] + " " + kinds[hit["right"]]).str.split(" ").list.unique()).explode(
        "kind"
    )
    table = (
        both.with_columns(pl.col("kind").replace("", "clean"))
        .group_by("kind")
        .agg(pairs=pl.len(), recall=pl.col("hit").mean())
        .sort("kind")
    )
    undamaged = hit.filter((kinds[hit["left"]] == "") & (kinds[hit["right"]] == ""))
    told = {kind: (count, recall) for kind, count, recall in table.iter_rows() if kind != "clean"}
    return {"clean on both sides": (undamaged.height, float(undamaged["hit"].mean() or 0)), **told}


def bound(truth: pl.DataFrame, pairs: pl.DataFrame) -> Score:
    """An oracle that sees only the fields both records show, and knows the whole population.

    It takes a pair when both show the student's own number or a parent's (damaged or masked, which it sees through), or when
    nobody else of the population has this name together with one of the facts that both show. It is never wrong; what it
    misses nobody can find by comparing the two records.
    """
    columns = ["shown", *(f"alike_{fact}" for fact in generate.FACTS)]
    one, other = truth.select(columns)[pairs["left"]], truth["shown"][pairs["right"]]
    both = one.with_columns(other=other)
    said = pl.any_horizontal(
        pl.col("shown").str.contains(sign, literal=True) & pl.col("other").str.contains(sign, literal=True)
        for sign in "ig"
    )
    alone = pl.any_horizontal(
        pl.col("shown").str.contains(fact, literal=True)
        & pl.col("other").str.contains(fact, literal=True)
        & (pl.col(f"alike_{fact}") == 1)
        for fact in generate.FACTS
    )
    recall = both.select((said | alone).mean()).item()
    return Score(1.0, recall, 2 * recall / (1 + recall))


def pairs_of(truth: pl.DataFrame) -> pl.DataFrame:
    return generate.pairs_of(truth).cast(pl.UInt32)
