"""The state machine over money, short: the same one that `dev.py bench money machine` runs ten thousand times."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.proof import office
from benchmarks.proof.machine import MoneyMachine
from huigong.payments.actions import releasing, replying

SHORT = settings(
    max_examples=8, stateful_step_count=20, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)

# What is found is not made smaller: that it is found is all that is asked, and most often in the first runs. Sixty were
# too few once.
BROKEN = settings(SHORT, max_examples=400, phases=[Phase.generate])


@pytest.fixture
def world(db):
    MoneyMachine.world = office.build()


def test_nobody_is_paid_twice_and_the_books_balance_whatever_happens(world):
    run_state_machine_as_test(MoneyMachine, settings=SHORT)


def test_the_machine_finds_a_release_that_forgets_who_was_paid(world, monkeypatch):
    """The guard itself."""
    monkeypatch.setattr(releasing, "paid", lambda references: set())
    with pytest.raises(Exception):  # noqa: B017, PT011  whichever law or constraint it runs into first
        run_state_machine_as_test(MoneyMachine, settings=BROKEN)


def test_the_machine_finds_a_reply_that_forgets_to_hold_what_came_back(world, monkeypatch):
    monkeypatch.setattr(replying, "hold", lambda *_, **__: None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(MoneyMachine, settings=BROKEN)
