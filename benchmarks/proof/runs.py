"""The state machine, as often as asked: in parts, each with a seed of its own that is printed and repeats it."""

import time
from random import Random

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.proof.machine import MoneyMachine, build

_PART = 50


def run(runs: int, steps: int, first_seed: int) -> int:
    """0 where every run held. What fails is shrunk and printed by Hypothesis."""
    MoneyMachine.world = build()
    seeds, began, done = Random(first_seed), time.monotonic(), 0
    while done < runs:
        number, part = seeds.randrange(2**32), min(_PART, runs - done)
        chosen = settings(
            max_examples=part,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        print(f"seed {number}: {part} runs", flush=True)
        run_state_machine_as_test(seed(number)(MoneyMachine), settings=chosen)
        done += part
    print(f"{done} runs of up to {steps} steps in {time.monotonic() - began:.0f} s: 0 violations")
    return 0
