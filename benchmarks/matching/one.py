"""One new application against many records, and a thousand at once: ours from an index, Splink's `predict_between` warm.

python3 dev.py bench matching one --records 1000000 [--seed 7]
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.matching import generate, rivals
from huigong.matching.index import Index


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args(words)
    records, truth = generate.invent(profile="hard", records=asked.records + 1000, seed=asked.seed)
    many, new = records.head(asked.records), records.tail(1000)
    students = truth["student"]
    true = int(
        pl.DataFrame({"s": students.tail(1000)}).join(pl.DataFrame({"s": students.head(asked.records)}), on="s").height
    )
    seconds, index = _timed(lambda: Index(many))
    print(
        f"{asked.records} records, {true} true pairs with 1,000 new ones, load {os.getloadavg()[0]:.1f}; index made in {seconds[0]:.1f} s (cpu {seconds[1]:.1f})\n"
    )
    print(f"{'what':<34}{'ms':>10}{'cpu ms':>10}{'recall':>9}{'precision':>11}")
    each = [_timed(lambda at=at: index.matches(new[at : at + 1])) for at in range(200)]
    _tell(
        "huigong, one (median of 200)",
        _median(each[5:]),
        None,
        students,
        asked.records,
        true,
    )
    took, found = min((_timed(lambda: index.matches(new)) for _ in range(3)), key=lambda pair: pair[0])
    _tell("huigong, 1,000 at once", took, found.pairs, students, asked.records, true)
    with tempfile.TemporaryDirectory() as folder:
        between = rivals.between(many, Path(folder))
        between(new.head(1))  # warm
        each = [_timed(lambda at=at: between(new[at : at + 1])) for at in range(5)]
        _tell(
            "Splink predict_between, one",
            _median(each),
            None,
            students,
            asked.records,
            true,
        )
        took, pairs = min((_timed(lambda: between(new)) for _ in range(2)), key=lambda pair: pair[0])
        _tell("Splink predict_between, 1,000", took, pairs, students, asked.records, true)
    return 0


def _timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Seconds on the wall and of the processor, and what came out."""
    start, cpu = time.perf_counter(), time.process_time()
    result = work()
    return (time.perf_counter() - start, time.process_time() - cpu), result


def _median(each: Sequence[tuple[tuple[float, float], Any]]) -> tuple[float, float]:
    walls, cpus = zip(*(took for took, _ in each), strict=True)
    return statistics.median(walls), statistics.median(cpus)


def _tell(
    what: str, took: tuple[float, float], pairs: pl.DataFrame | None, students: pl.Series, records: int, true: int
) -> None:
    line = f"{what:<34}{took[0] * 1000:>10.1f}{took[1] * 1000:>10.1f}"
    if pairs is not None:
        likely = pairs.filter(pl.col("probability") >= 0.5)
        right = (students[likely["left"].cast(pl.Int64) + records] == students[likely["right"]]).sum()
        line += f"{right / true:>9.4f}{right / likely.height:>11.4f}"
    print(line, flush=True)
