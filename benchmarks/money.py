"""Proofs about money and history, each a command that prints its figures and seed; exit code 1 where a promise is broken.

python3 dev.py bench money machine --runs 10000 --steps 50 | way --runs 500 --steps 50 | kills --kills 1000
    | double --submissions 1000 | pages --submissions 1000 | calls | places --clerks 64 --repeats 100
    | edits --edits 1000 | tampering --tamperings 1000 | replies --lines 5000 --within 10
    | chain --events 1000000 --within 60

On SQLite; with HUIGONG_DATABASE_URL on that PostgreSQL server, in a database of its own; with --postgresql and no such
address on a server of its own. --seed repeats what was drawn. --without GUARD takes one guard of the product out: the proof must then
fail. A line at least every twenty seconds says how far it is.
"""

import argparse
import platform
import sys
import traceback
from importlib import import_module
from random import SystemRandom

from benchmarks.proof.installation import installation
from benchmarks.proof.telling import Telling

_NOTHING_DRAWN = frozenset({"calls", "replies", "chain"})
PROOFS = {
    # name: (its size, by night, other options, guards that can be taken out)
    "machine": ("runs", 10_000, {"steps": 50}, ("paid", "hold", "overdraft", "one-transaction")),
    "way": ("runs", 500, {"steps": 50}, ("asked-again", "holds")),
    "kills": ("kills", 1_000, {}, ("one-transaction",)),
    "double": ("submissions", 1_000, {}, ("known-reference",)),
    "pages": ("submissions", 1_000, {}, ("once",)),
    "calls": ("families", 2, {}, ("one-transaction",)),
    "places": ("repeats", 100, {"clerks": 64}, ("condition",)),
    "edits": ("edits", 1_000, {}, ("version",)),
    "tampering": ("tamperings", 1_000, {}, ("checkpoints", "time")),
    "replies": ("lines", 5_000, {"within": 10.0}, ()),
    "chain": ("events", 1_000_000, {"within": 60.0}, ()),
}


def main() -> int:
    asked = _parser().parse_args()
    if not __debug__:
        print("Proofs are assertions: run them without -O.", file=sys.stderr)
        return 2
    with Telling() as told, installation(own_server=asked.postgresql) as database:
        seed = {} if asked.proof in _NOTHING_DRAWN else {"seed": asked.seed}
        drawn = f"seed {asked.seed}" if seed else "nothing drawn"
        print(f"{asked.proof} on {database}, Python {platform.python_version()}, {drawn}", flush=True)
        try:
            _prove(asked, told, **seed)
        except Exception as broken:  # noqa: BLE001  a promise, or an error where a sentence was due: both are looked for
            traceback.print_exc(file=sys.stdout)
            print(f"BROKEN after {told.done:,} {told.doing} ({drawn}): {type(broken).__name__}: {broken}")
            return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    proofs = parser.add_subparsers(dest="proof", required=True)
    for name, (size, often, others, guards) in PROOFS.items():
        proof = proofs.add_parser(name)
        proof.add_argument(f"--{size}", dest="often", type=int, default=often, metavar="N")
        for option, usual in others.items():
            proof.add_argument(f"--{option}", type=type(usual), default=usual, metavar="N")
        if name not in _NOTHING_DRAWN:
            proof.add_argument("--seed", type=int, default=SystemRandom().randrange(2**32))
        proof.add_argument("--postgresql", action="store_true", help="on a server of its own where none is named")
        proof.add_argument("--without", choices=guards, help="take this guard of the product out: the proof must fail")
    return parser


def _prove(asked: argparse.Namespace, told: Telling, **seed: int) -> None:
    """Imported only now: models cannot be before Django's setup."""
    if asked.without:
        import_module("benchmarks.proof.guards").take_out(asked.proof, asked.without)
    module = {"machine": "runs", "way": "runs", "replies": "large", "chain": "large"}.get(asked.proof, asked.proof)
    run = getattr(import_module(f"benchmarks.proof.{module}"), asked.proof if module != asked.proof else "run")
    others = {name: getattr(asked, name) for name in PROOFS[asked.proof][2]}
    run(asked.often, told=told, **seed, **others)


if __name__ == "__main__":
    sys.exit(main())
