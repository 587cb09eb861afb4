"""Learn the weights of the matching engine from invented records, and write them as data.

    python3 dev.py bench matching train --records 300000 --seeds 101,102 --out huigong/matching/weights.json

A logistic regression over levels, pairs and some threes of levels (ridge, L-BFGS) on patterns with their counts. The thresholds
come from another seed: the lowest probability from which "same" keeps the wanted precision.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from scipy import optimize, sparse, special

from benchmarks.matching import generate
from huigong.matching import comparing, engine, model

WANTED_PRECISION = 0.9997


def counted(records: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """Every pattern among the candidates: how many pairs have it and how many of them are one student."""
    found = engine.looked_at(records)
    student = truth["student"]
    same = student[found["left"]] == student[found["right"]]
    return (
        found.select("pattern")
        .with_columns(same=same)
        .group_by("pattern")
        .agg(pairs=pl.len(), same=pl.col("same").sum())
        .sort("pattern")
    )


def fitted(patterns: pl.DataFrame, *, ridge: float = 1.0) -> tuple[float, dict[str, float]]:
    """Bias and weights that make the seen outcomes likeliest, held small by the ridge."""
    names: dict[str, int] = {}
    rows = [[names.setdefault(name, len(names)) for name in model.features(pattern)] for pattern in patterns["pattern"]]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    table = sparse.csr_matrix((np.ones(starts[-1]), np.concatenate(rows), starts), shape=(len(rows), len(names)))
    pairs, same = patterns["pairs"].to_numpy().astype(float), patterns["same"].to_numpy().astype(float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = table @ weights[:-1] + weights[-1]
        chance = special.expit(odds)
        slope = pairs * chance - same
        value = float(np.sum(pairs * np.logaddexp(0, odds) - same * odds) + ridge / 2 * weights[:-1] @ weights[:-1])
        return value, np.append(table.T @ slope + ridge * weights[:-1], slope.sum())

    weights = optimize.minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 2000}
    ).x
    told = {name: round(float(weights[at]), 3) for name, at in names.items() if abs(weights[at]) >= 0.01}
    return round(float(weights[-1]), 4), told


def thresholds(patterns: pl.DataFrame, learnt: model.Model, *, records: int, asked: float) -> tuple[float, float]:
    """From which probability "same" is right often enough, and from which a person is asked: never below one half, and no
    lower than keeps the records asked about under the wanted share (a pair asked about is 1.8 records, as measured)."""
    chances = learnt.probabilities(patterns["pattern"])
    table = patterns.with_columns(chance=chances).sort("chance", descending=True)
    right = table["same"].cum_sum() / table["pairs"].cum_sum()
    same_from = max(float(table["chance"].filter(right >= WANTED_PRECISION).min()), 0.97)
    unsure = table.filter((pl.col("chance") < same_from) & (pl.col("chance") >= 0.5))
    few = unsure.filter(pl.col("pairs").cum_sum() * 1.8 <= asked * records)
    return round(same_from, 4), round(float(few["chance"].min() or same_from), 4)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=300_000)
    parser.add_argument("--seeds", default="101,102")
    parser.add_argument("--asked", type=float, default=0.014, help="share of records that people may be asked about")
    parser.add_argument("--out", type=Path, default=Path("huigong/matching/weights.json"))
    asked = parser.parse_args(words)
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    parts = [
        counted(*generate.invent(profile=profile, records=asked.records // share, seed=seed))
        for seed in seeds
        for profile, share in (("hard", 1), ("hard", 4), ("easy", 3))
    ]
    patterns = pl.concat(parts).group_by("pattern").agg(pl.col("pairs").sum(), pl.col("same").sum()).sort("pattern")
    bias, weights = fitted(patterns)
    learnt = model.Model(bias, weights, 1.0, 1.0, {})
    held_out = counted(*generate.invent(profile="hard", records=asked.records, seed=max(seeds) + 1))
    same_from, review_from = thresholds(held_out, learnt, records=asked.records, asked=asked.asked)
    trained = {
        "on": "benchmarks/matching, profiles hard and easy", "seeds": asked.seeds, "thresholds_on_seed": max(seeds) + 1,
        "records": asked.records, "asked": asked.asked, "candidate_pairs": int(patterns["pairs"].sum()), "patterns": patterns.height,
        "method": "logistic regression over levels, pairs and some threes of levels, ridge 1.0, L-BFGS",
        "comparisons": " ".join(comparison.name for comparison in comparing.COMPARISONS),
    }  # fmt: skip
    stored = {
        "trained": trained,
        "same_from": same_from,
        "review_from": review_from,
        "bias": bias,
        "weights": dict(sorted(weights.items())),
    }
    asked.out.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(
        f"{patterns.height} patterns, {len(weights)} weights, same from {same_from}, people from {review_from}: {asked.out}"
    )
    return 0
