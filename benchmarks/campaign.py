"""The whole campaign over invented cities of 30, 300 and 1,000 forms of 30 rows, each in an installation of its own.

    python3 dev.py bench campaign [--forms 30 300 1000] [--rows 30] [--seed 7]

Prints seconds, seconds a row, peak memory of the main process and of its children (the larger), and the ratio to the first
line: time is to grow linearly. Invented forms lie in a scratch folder and are made before the clock starts.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
CIRCULAR = HERE / "circulars" / "2017-wuzhou-21"
OFFICERS = (("黄", "verifier"), ("覃", "approver"), ("陈", "finance"))


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", type=int, nargs="+", default=[30, 300, 1000])
    parser.add_argument("--rows", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args(words)
    versions = ", ".join(f"{name} {version(name)}" for name in ("Django", "polars", "python-calamine", "openpyxl"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}, SQLite")
    print("| forms | rows | cases | seconds | ms a row | ratio a row | peak MB | with a re-run, seconds |")
    print("|---|---|---|---|---|---|---|---|")
    first = 0.0
    for forms in asked.forms:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            _invent(folder / "city", forms, asked.rows, asked.seed)
            told, seconds, megabytes = _campaign(folder)
            again, seconds_again, _ = _campaign(folder)
            assert again["chain"] == told["chain"], "a run over a finished campaign records nothing"
            rows = sum(told["rows"].values())
            each = seconds / rows
            first = first or each
            print(
                f"| {forms} | {rows} | {told['applications']} | {seconds:.1f} | {1000 * each:.2f} | {each / first:.2f} | "
                f"{megabytes:.0f} | {seconds_again:.1f} |",
                flush=True,
            )
    return 0


def _invent(city: Path, forms: int, rows: int, seed: int) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.generate",
        "--forms",
        forms,
        "--rows",
        rows,
        "--seed",
        seed,
        "--out",
        city,
    ]
    subprocess.run([str(word) for word in command], check=True, cwd=HERE, stdout=subprocess.DEVNULL)


def _campaign(folder: Path) -> tuple[dict, float, float]:
    """One run: its summary, wall seconds, and peak memory of the process itself in MB."""
    environment = os.environ | {"HUIGONG_HOME": str(folder / "home"), "HUIGONG_DATABASE_URL": ""}
    for name, role in OFFICERS:
        _huigong(["officers", "add", name, "--role", role], environment)
    city, out = folder / "city", folder / "out"
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "huigong", *_words(city, out)],
        cwd=HERE,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    assert os.waitstatus_to_exitcode(status) == 0, "the campaign went all the way"
    return json.loads((out / "summary.json").read_text()), seconds, _megabytes(usage)


def _words(city: Path, out: Path) -> list[str]:
    told = {
        "--circular": CIRCULAR,
        "--supplement": CIRCULAR / "supplement-example.toml",
        "--registry": city / "registry.xlsx",
        "--units": city / "units.csv",
        "--quotas": city / "quotas.csv",
        "--forms": city / "forms",
        "--papers": city / "papers.csv",
        "--received": "2017-08-07",
        "--notice-from": "2017-08-14",
        "--verified-by": "黄",
        "--decision": "梧工纪〔2017〕9号，2017-08-24",
        "--approved-by": "覃",
        "--released-by": "陈",
        "--as-of": "2017-08-25",
        "--out": out,
    }
    return ["campaign", "run", *(str(word) for pair in told.items() for word in pair)]


def _huigong(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "huigong", *words], check=True, cwd=HERE, env=environment, stdout=subprocess.DEVNULL
    )


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
