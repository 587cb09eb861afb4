import time

import pytest

from huigong.values.confined import ChildDiedError, TooHeavyError, confined

ROOMY = 1_000_000_000


def doubled(given):
    return given * 2


def sleepy(given):
    time.sleep(given)


def hungry(given):
    return len(bytearray(given))


def test_what_a_child_tells_comes_back():
    assert confined(doubled, "惠", memory_bytes=ROOMY, seconds=20) == "惠惠"


def test_a_child_that_takes_too_long_is_ended():
    with pytest.raises(TooHeavyError):
        confined(sleepy, 60, memory_bytes=ROOMY, seconds=0.1)


def test_a_child_that_takes_too_much_memory_costs_itself_only(capfd):
    with pytest.raises(ChildDiedError):
        confined(hungry, 2 * ROOMY, memory_bytes=ROOMY, seconds=20)
    assert "MemoryError" in capfd.readouterr().err
