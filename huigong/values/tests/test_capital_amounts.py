"""大写: the examples of the payment rules themselves, and every amount read back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huigong.values.capital_amounts import in_capitals
from huigong.values.sentence import WrongValueError

_DIGITS = {sign: number for number, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元零叁角贰分"),
        (10_700_053, "壹拾万柒仟元零伍角叁分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (300_000, "叁仟元整"),
        (100_000_100, "壹佰万零壹元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_500_000, "壹亿零伍仟元整"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (1_001, "壹拾元零壹分"),
    ],
)
def test_amounts_are_said_as_the_rules_say_them(fen, said):
    assert in_capitals(fen) == said


def read(text):
    """An amount in words, read by its places: another way than the one that writes it."""
    total = group = digit = 0
    for sign in text.removesuffix("整"):
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            group, digit = group + digit * _PLACES[sign], 0
        elif sign in "万亿":
            group, digit = (group + digit) * (10**4 if sign == "万" else 10**8), 0
            total, group = total + group, 0
        elif sign == "元":
            total, group, digit = (total + group + digit) * 100, 0, 0
        else:
            total, digit = total + digit * (10 if sign == "角" else 1), 0
    return total


@given(st.integers(1, 10**14 - 1))
def test_what_is_said_is_read_back_as_the_same_amount(fen):
    said = in_capitals(fen)
    assert read(said) == fen
    assert not re.search("零零|^零|零元(?!整)", said)


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_what_no_voucher_says_is_told(fen):
    with pytest.raises(WrongValueError, match="大写"):
        in_capitals(fen)
