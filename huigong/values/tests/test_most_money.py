"""An amount that no column could hold is a slip of the finger, and is told as one."""

import pytest

from huigong.values import money
from huigong.values.sentence import WrongValueError


@pytest.mark.parametrize("text", ["9" * 20, "9" * 400, "100000000000001"])
def test_more_than_any_money_is_a_slip(text):
    with pytest.raises(WrongValueError, match="多打了几位"):
        money.parse_yuan(text)
    assert money.parse_yuan("100000000000000") == 10**16
