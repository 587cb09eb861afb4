"""The pay path with a failure at each of its database calls in turn: after every one of them the step is as if it had not begun.

The same sweep that `dev.py bench money calls` does outside a test's transaction, and there at every commit too.
"""

import pytest

from benchmarks.proof import calls
from huigong.payments.actions import replying
from huigong.studentaid.tests.office import opened


@pytest.fixture
def office(city, at, tmp_path):
    (tmp_path / "papers").mkdir()
    return calls.published(opened(city, at, tmp_path / "papers"), families=2)


def test_no_call_of_the_pay_path_leaves_half_a_step(office):
    failures = calls.path(office)
    assert min(failures.values()) >= 5
    assert sum(failures.values()) > 100


def test_a_step_in_several_transactions_is_found(office, monkeypatch):
    """The guard itself: a reply that is not taken in as a whole leaves something behind where it fails."""
    monkeypatch.setattr(replying, "_take", replying._take.__wrapped__)
    with pytest.raises(AssertionError, match="stayed behind after call"):
        calls.path(office)
