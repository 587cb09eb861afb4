"""All engines on the same records in one run, each in a process of its own: time, memory, precision, recall, F1, by kind.

    python3 dev.py bench matching table --records 100000 [--profile hard] [--seed 7] [--engines ours,exact,…]

Time is from records in memory to scored pairs, normalisation included, training beforehand not (but Splink's stock settings
train on the file itself, as their guide has it). `ours, stored` starts from columns that were normalised when a record was
written. `cpu` is the processor's time of all threads: it tells more than `seconds` where the machine is shared.
"""

import argparse
import json
import os
import pickle
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import polars as pl

from benchmarks.matching import generate, rivals, scoring
from benchmarks.matching.peak import peak_mb
from benchmarks.matching.profiles import PROFILES
from huigong.matching import engine, model

ENGINES = ("exact", "ours", "ours_stored", "splink_stock", "splink_tuned", "recordlinkage")


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="hard")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument(
        "--repeat", type=int, default=3, help="the least of so many runs of each engine counts, of seconds and of cpu"
    )
    parser.add_argument("--only", help="(the child process) one engine")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args(words)
    if asked.only:
        return _child(asked.only, asked.folder, asked.profile, asked.records, asked.repeat)
    with tempfile.TemporaryDirectory() as folder:
        _compare(asked, Path(folder))
    return 0


def _compare(asked: argparse.Namespace, folder: Path) -> None:
    records, truth = generate.invent(profile=asked.profile, records=asked.records, seed=asked.seed)
    records.write_parquet(folder / "records.parquet")
    pairs, names = scoring.pairs_of(truth), asked.engines.split(",")
    limit = scoring.bound(truth, pairs)
    _train(names, folder, asked.profile, asked.records)
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, "
          f"polars {version('polars')}, splink {version('splink')}, duckdb {version('duckdb')}, recordlinkage {version('recordlinkage')}")  # fmt: skip
    print(
        f"{asked.profile}, {records.height} records of seed {asked.seed}, {pairs.height} true pairs; oracle: recall {limit.recall:.4f}, F1 {limit.f1:.4f}\n"
    )
    print(f"{'engine':<16}{'seconds':>9}{'cpu':>9}{'peak MB':>9}{'precision':>11}{'recall':>9}{'F1':>9}")
    kinds = {}
    for name in names:
        told = _run(name, folder, asked)
        found = pl.read_parquet(folder / f"{name}.parquet")
        likely = found.filter(pl.col("probability") >= 0.5)
        got = scoring.score(likely, truth, true=pairs.height)
        kinds[name] = scoring.recall_by_kind(likely, truth, pairs)
        print(
            f"{name:<16}{told['seconds']:>9.2f}{told['cpu']:>9.2f}{told['peak']:>9.0f}{got.precision:>11.5f}{got.recall:>9.4f}{got.f1:>9.4f}",
            flush=True,
        )
        if name == "ours":
            _answers(found, truth, records.height, pairs.height)
    print(f"\n{'true pairs with':<22}{'pairs':>9}" + "".join(f"{name:>15}" for name in names))
    for kind in next(iter(kinds.values())):
        print(f"{kind:<22}{kinds[names[0]][kind][0]:>9}" + "".join(f"{kinds[name][kind][1]:>15.4f}" for name in names))


def _answers(found: pl.DataFrame, truth: pl.DataFrame, records: int, true: int) -> None:
    """Our three answers: how right "same" is, how many records go to people."""
    same, review = found.filter(pl.col("answer") == engine.SAME), found.filter(pl.col("answer") == engine.REVIEW)
    got = scoring.score(same, truth, true=true)
    asked = pl.concat([review["left"], review["right"]]).n_unique() / records
    print(
        f"  same (from {model.shipped().same_from}): precision {got.precision:.5f}, recall {got.recall:.4f}; to people {asked:.2%} of records, {scoring.score(review, truth, true=true).precision:.2f} of those pairs one student"
    )


def _train(names: Sequence[str], folder: Path, profile: str, records: int) -> None:
    if "splink_tuned" in names:
        rivals.train_splink(folder, profile=profile, records=records)
    if "recordlinkage" in names:
        (folder / "recordlinkage.pickle").write_bytes(pickle.dumps(rivals.train_recordlinkage(profile=profile)))


def _run(name: str, folder: Path, asked: argparse.Namespace) -> dict[str, float]:
    words = [
        "table",
        "--only",
        name,
        "--folder",
        str(folder),
        "--profile",
        asked.profile,
        "--records",
        str(asked.records),
    ]
    repeat = 1 if name in {"splink_stock", "recordlinkage"} else asked.repeat
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.matching", *words, "--repeat", str(repeat)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def _child(name: str, folder: Path, profile: str, records: int, repeat: int) -> int:
    table = pl.read_parquet(folder / "records.parquet")
    if name == "recordlinkage":
        classifier = pickle.loads((folder / "recordlinkage.pickle").read_bytes())
    stored = engine.ready(table) if name == "ours_stored" else None
    work = {
        "exact": lambda: rivals.exact(table),
        "ours": lambda: rivals.ours(table),
        "ours_stored": lambda: engine.match_prepared(stored).pairs,
        "splink_stock": lambda: rivals.splink_stock(table),
        "splink_tuned": lambda: rivals.splink_tuned(table, folder / f"splink-{profile}-{records}.json"),
        "recordlinkage": lambda: rivals.with_recordlinkage(table, classifier),
    }[name]
    best = (float("inf"), float("inf"))
    for _ in range(repeat):
        start, cpu = time.perf_counter(), time.process_time()
        found = work()
        took = time.perf_counter() - start, time.process_time() - cpu
        best = min(best[0], took[0]), min(best[1], took[1])
    found.write_parquet(folder / f"{name}.parquet")
    print("\n" + json.dumps({"seconds": best[0], "cpu": best[1], "peak": peak_mb()}))
    return 0
