"""Proofs about money and history. On SQLite; with HUIGONG_DATABASE_URL on a PostgreSQL server, in a database of its own.

python3 dev.py bench money machine --runs 10000 --steps 50 | kills --kills 1000 | double --submissions 1000
    | places --clerks 64 --repeats 100 | edits --edits 1000 | tampering --tamperings 1000 | replies --lines 5000
    | chain --events 1000000
"""

import argparse
import platform
import sys
from importlib import import_module
from random import SystemRandom

from benchmarks.proof.installation import installation


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    proofs = parser.add_subparsers(dest="proof", required=True)
    for name, option, often in (
        ("machine", "runs", 10_000),
        ("kills", "kills", 1_000),
        ("double", "submissions", 1_000),
        ("places", "repeats", 100),
        ("tampering", "tamperings", 1_000),
        ("edits", "edits", 1_000),
        ("replies", "lines", 5_000),
        ("chain", "events", 1_000_000),
    ):
        proof = proofs.add_parser(name)
        proof.add_argument(f"--{option}", dest="often", type=int, default=often)
        proof.add_argument("--seed", type=int, default=SystemRandom().randrange(2**32))
    proofs.choices["machine"].add_argument("--steps", type=int, default=50)
    proofs.choices["places"].add_argument("--clerks", type=int, default=64)
    arguments = parser.parse_args()
    with installation() as database:
        print(f"{arguments.proof} on {database}, Python {platform.python_version()}", flush=True)
        return _prove(arguments)


def _prove(arguments: argparse.Namespace) -> int:
    """Imported only now: models cannot be before Django's setup."""
    name, often = arguments.proof, arguments.often
    if name == "machine":
        return int(import_module("benchmarks.proof.runs").run(often, arguments.steps, arguments.seed))
    if name == "places":
        return int(import_module("benchmarks.proof.places").run(arguments.clerks, often))
    if name in {"replies", "chain"}:
        return int(getattr(import_module("benchmarks.proof.large"), name)(often))
    return int(import_module(f"benchmarks.proof.{name}").run(often, arguments.seed))


if __name__ == "__main__":
    sys.exit(main())
