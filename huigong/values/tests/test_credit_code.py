"""The unified social credit code: its check character finds every miscopied one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huigong.values import credit_code
from huigong.values.sentence import WrongValueError

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PUBLISHED = "91350100M000100Y43"
"""The worked example of the standard."""


def test_the_example_of_the_standard_is_right():
    assert credit_code.parse(PUBLISHED) == PUBLISHED


def test_spaces_and_small_letters_are_how_people_write_it():
    assert credit_code.parse(" 91350100 m000100y43 ") == PUBLISHED


@pytest.mark.parametrize(
    ("text", "says"), [("9135", "4 位"), (PUBLISHED.replace("M", "O"), "第 9 位"), (PUBLISHED[:-1] + "4", "校验码")]
)
def test_what_is_wrong_is_said(text, says):
    with pytest.raises(WrongValueError, match=says):
        credit_code.parse(text)


@given(st.text(LETTERS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(LETTERS))
def test_one_miscopied_character_is_always_found(body, place, other):
    code = body + credit_code.check_character(body)
    assert credit_code.parse(code) == code
    if body[place] != other:
        with pytest.raises(WrongValueError):
            credit_code.parse(code[:place] + other + code[place + 1 :])
