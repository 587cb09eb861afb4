"""The state machines, as often as asked: in parts, each with a seed of its own that is printed and repeats it."""

import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.proof import centre, office
from benchmarks.proof.machine import MoneyMachine
from benchmarks.proof.telling import Telling
from benchmarks.proof.way import WayMachine

PHASES = [Phase.generate, Phase.shrink]
_PART = 50


def machine(runs: int, *, steps: int, seed: int, told: Telling) -> None:
    """Payments and ledger by their own verbs."""
    MoneyMachine.world = office.build()
    _run(MoneyMachine, runs, steps=steps, seed=seed, told=told)


def way(runs: int, *, steps: int, seed: int, told: Telling) -> None:
    """The whole way by the verbs that pages call."""
    with tempfile.TemporaryDirectory() as folder:
        WayMachine.centre = centre.build(Path(folder), office.AT)
        _run(WayMachine, runs, steps=steps, seed=seed, told=told)


def _run(machine: type[MoneyMachine | WayMachine], runs: int, *, steps: int, seed: int, told: Telling) -> None:
    """What fails is shrunk and printed by Hypothesis, which may add runs of its own to find the least one."""
    machine.told = told
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
        run_state_machine_as_test(seeded(number)(machine), settings=chosen)
        done += part
    each = machine.steps / told.seconds
    counts = ", ".join(f"{name} {often:,}" for name, often in sorted(machine.taken.items()))
    print(f"{told.done:,} runs, {machine.steps:,} steps in {told.cost}, {each:.0f} steps a second: 0 violations")
    print(f"what came of it: {counts}")
