"""Many openings for many people at once: the problem is put to the solver's process, and its answer is explained per person.

Priority comes first and points second: placing anybody is worth more than all points together, and placing somebody of a
zero-employment household twice that. So first as many of them as can be are placed, then as many people as can be, and
then everybody as fittingly as can be; nobody is placed at the price of one who comes before them.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from huigong.employment import fitting
from huigong.employment.models import Graduate, Opening
from huigong.values.sentence import SaidError, Sentence

SECONDS = 120
"""After so long a solve is given up: thirty seconds are promised for 5,000 people and 2,000 openings."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who goes where, by their places in the given lists; how good that is and how good it could be."""

    chosen: tuple[tuple[int, int], ...]
    pairs: int
    value: int
    bound: int

    @property
    def gap(self) -> float:
        """The part of the bound that is not reached."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


Pairs = Sequence[tuple[int, int]]
Solve = Callable[[Sequence[Graduate], Sequence[Opening], Sequence[int], Pairs], Assigned]


def assign(
    graduates: Sequence[Graduate], openings: Sequence[Opening], free: Sequence[int], apart: Pairs = ()
) -> Assigned:
    """Solve. `free` are the places that each opening has left, `apart` pairs that are not to be.

    Raises SaidError where the solver is not there or fails.
    """
    if not graduates or not openings:
        return Assigned((), 0, 0, 0)
    worth = len(graduates) * fitting.MOST_POINTS + 1
    problem = {
        "tables": [asdict(one) for one in fitting.tables(graduates, openings)],
        "priority": [2 * worth if one.zero_employment else worth for one in graduates],
        "places": list(free),
        "apart": list(apart),
    }
    told = _solved(json.dumps(problem))
    chosen = tuple((int(one), int(other)) for one, other in told["chosen"])
    return Assigned(chosen, told["pairs"], told["value"], told["bound"])


def _solved(problem: str) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name("solver.py"))]
    try:
        done = subprocess.run(command, input=problem, capture_output=True, text=True, timeout=SECONDS, check=True)  # noqa: S603  our own file
    except subprocess.CalledProcessError as error:
        missing = "ModuleNotFoundError" in error.stderr
        raise SaidError(
            _failed("没有装求解器" if missing else "求解器没有算出来", "is not installed" if missing else "failed")
        ) from None
    except subprocess.TimeoutExpired:
        raise SaidError(_failed(f"{SECONDS} 秒没有算完", f"took longer than {SECONDS} seconds")) from None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _failed(zh: str, en: str) -> Sentence:
    return Sentence(
        "solver_failed",
        f"这次没有撮合：{zh}。什么也没有改；请先运行 python3 dev.py check 装齐依赖，再试一次，或分县撮合。",
        f"No round was made: the solver {en}. Nothing was changed; install what is needed (python3 dev.py check), try "
        "again, or make a round county by county.",
    )
