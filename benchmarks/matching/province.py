"""What a province takes: ours at growing sizes, each in a process of its own, and what follows from the growth for more.

    python3 dev.py bench matching province [--sizes 250000,500000,1000000,2000000] [--target 50000000] [--spark 25000,100000]

Times are the processor's, all threads, from records in memory to judged pairs. What follows is worked out from the two
largest sizes: a power of the number of records for pairs and for the time of each step (in proportion at least, since what
is measured may be chance), a straight line for memory. It assumes that the larger
list is more of the same (kinds of damage, records a student, names and places as the generator draws them).
"""

import argparse
import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.matching import generate
from benchmarks.matching.peak import peak_mb
from huigong.matching import comparing, engine, model, places

SIZES, TARGET = (250_000, 500_000, 1_000_000, 2_000_000), 50_000_000
STEPS = ("normalise", "bring together", "compare", "judge")


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_sizes, default=list(SIZES))
    parser.add_argument("--spark", type=_sizes, default=[], help="sizes for a local Spark, where pyspark is installed")
    parser.add_argument("--target", type=int, default=TARGET)
    parser.add_argument("--profile", default="hard")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--only", type=Path, help="(the child process) a file of records")
    parser.add_argument("--engine", default="ours")
    asked = parser.parse_args(words)
    if asked.only:
        print("\n" + json.dumps({"ours": ours, "spark": on_spark}[asked.engine](asked.only)))
        return 0
    if asked.spark and not importlib.util.find_spec("pyspark"):
        parser.error("pyspark is not installed")
    print(f"{asked.profile}, seed {asked.seed}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for engine_name, sizes in (("ours", asked.sizes), ("spark", asked.spark)):
        runs = [_measured(asked, records, engine_name) for records in sizes]
        for line in extrapolated(runs, asked.target) if len(runs) > 1 else ():
            print(line)
    return 0


def _sizes(text: str) -> list[int]:
    return sorted(int(size) for size in text.split(",") if size)


def _measured(asked: argparse.Namespace, records: int, engine_name: str) -> dict[str, float]:
    """One size in a process of its own, told as it comes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.parquet"
        generate.invent(profile=asked.profile, records=records, seed=asked.seed)[0].write_parquet(file)
        words = ["-m", "benchmarks.matching", "province", "--only", str(file), "--engine", engine_name]
        done = subprocess.run([sys.executable, "-W", "ignore", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    run = {"records": records, **json.loads(done.stdout.splitlines()[-1])}
    memory = (
        f"peak {run['peak']:,.0f} MB ({run['peak'] * 1e6 / records:,.0f} bytes a record), " if "peak" in run else ""
    )
    steps = ", ".join(f"{name} {run[name]:.2f}" for name in STEPS if name in run)
    print(
        f"{engine_name:<6}{records:>10,} records: {run['seconds']:.2f} s, cpu {run['cpu']:.2f} s ({run['cpu'] / records * 1e6:.2f} us a record{'; ' + steps if steps else ''}), "
        f"{memory}{run['pairs'] / records:.2f} pairs a record, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return run


def ours(file: Path) -> dict[str, Any]:
    """The engine step by step, as `engine.match` takes them."""
    records = pl.read_parquet(file)
    began, cpu, steps = time.perf_counter(), time.process_time(), {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        before = time.process_time()
        made = work()
        steps[name] = time.process_time() - before
        return made

    table = step("normalise", lambda: engine.ready(records))
    found = step("bring together", lambda: places.within(table))
    patterned = step("compare", lambda: found.pairs.hstack([comparing.patterns(table, table, found.pairs)]))
    told = step("judge", lambda: engine.judged(patterned, model.shipped()))
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "peak": peak_mb()}
    answers = {name: told.filter(pl.col("answer") == name).height for name in (engine.SAME, engine.REVIEW)}
    return {**took, **steps, "pairs": told.height, **answers, "crowded": sum(found.crowded.values())}


def on_spark(file: Path) -> dict[str, Any]:
    """A local Spark on the cores of this machine; its starting is not counted, its memory is not seen."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  it need not be there

    from huigong.matching import spark  # noqa: PLC0415  it needs pyspark

    os.environ.setdefault(
        "PYSPARK_PYTHON", sys.executable
    )  # else its workers take whatever python3 is first on the path
    session = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    session = session.config("spark.sql.shuffle.partitions", "8").config("spark.driver.memory", "6g").getOrCreate()
    began, cpu = time.perf_counter(), _of_children()
    pairs = spark.match(session.read.parquet(str(file))).count()
    took = {"seconds": time.perf_counter() - began, "cpu": _of_children() - cpu}
    session.stop()
    return {**took, "pairs": pairs}


def _of_children() -> float:
    """Seconds of the processor that processes below this one have used, as long as they live (Spark's JVM and workers)."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid=,cputimes="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in told.splitlines()]
    below, grown = {os.getpid()}, True
    while grown:
        more = {pid for pid, parent, _ in rows if parent in below} - below
        grown = bool(more)
        below |= more
    return sum(used for pid, _, used in rows if pid in below)


def extrapolated(runs: Sequence[dict[str, float]], target: int) -> list[str]:
    """What the growth between the two largest runs comes to at the target."""
    smaller, larger = runs[-2], runs[-1]
    more, times = math.log(larger["records"] / smaller["records"]), target / larger["records"]
    parts = [name for name in STEPS if name in larger] or ["cpu"]
    powers = {name: max(1.0, math.log(larger[name] / smaller[name]) / more) for name in (*parts, "pairs")}
    cpu, pairs = (sum(larger[name] * times ** powers[name] for name in names) for names in (parts, ["pairs"]))
    told = ", ".join(f"{name} {power:.2f}" for name, power in powers.items())
    return [
        f"growth from {smaller['records']:,} to {larger['records']:,} as powers of the records, 1 at least: {told}",
        f"at {target:,}: cpu {cpu:,.0f} s ({larger['cpu'] * times:,.0f} if all grew in proportion), {pairs / target:.1f} pairs a record",
        *(_memory(smaller, larger, target) if "peak" in larger else ()),
    ]


def _memory(smaller: dict[str, float], larger: dict[str, float], target: int) -> list[str]:
    slope = (larger["peak"] - smaller["peak"]) / (larger["records"] - smaller["records"])
    peak = larger["peak"] + slope * (target - larger["records"])
    return [
        f"memory: {slope * 1e6:,.0f} bytes a record more, {peak / 1000:,.0f} GB at {target:,}",
        f"a machine of 64 GB would hold {held(larger, slope, 64_000) / 1e6:,.0f} million records, one of 24 GB {held(larger, slope, 24_000) / 1e6:,.0f}",
    ]


def held(largest: dict[str, float], slope: float, megabytes: float) -> float:
    """How many records fit into so much memory."""
    return largest["records"] + (megabytes - largest["peak"]) / slope
