"""The state machine, as often as asked: in parts, each with a seed of its own that is printed and repeats it."""

from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.proof.machine import MoneyMachine
from benchmarks.proof.office import build
from benchmarks.proof.telling import Telling

PHASES = [Phase.generate, Phase.shrink]
_PART = 50


def run(runs: int, *, steps: int, seed: int, told: Telling) -> None:
    """What fails is shrunk and printed by Hypothesis, which may add runs of its own to find the least one."""
    MoneyMachine.world = build()
    MoneyMachine.told = told
    told.begin("runs", runs)
    seeds, done = Random(seed), 0
    while done < runs:
        number, part = seeds.randrange(2**32), min(_PART, runs - done)
        chosen = settings(
            max_examples=part,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        )
        print(f"seed {number}: {part} runs", flush=True)
        run_state_machine_as_test(seeded(number)(MoneyMachine), settings=chosen)
        done += part
    each = MoneyMachine.steps / told.seconds
    counts = ", ".join(f"{name} {often:,}" for name, often in sorted(MoneyMachine.taken.items()))
    print(f"{told.done:,} runs, {MoneyMachine.steps:,} steps in {told.cost}, {each:.0f} steps a second: 0 violations")
    print(f"cases came to: {counts}")
