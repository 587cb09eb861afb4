"""A quota table that is wrong is told by its line, however wrong it is."""

import pytest

from huigong.rules import quota_table

HEADING = "division_code,organisation,places\n"


def problems(text):
    return [(one.line, one.sentence.code) for one in quota_table.read("quotas.csv", text).problems]


@pytest.mark.parametrize("places", ["-3", "1e3", "9" * 7, "9" * 5000, ""])
def test_places_that_are_no_number_of_places_are_told(places):
    assert problems(f"{HEADING}450400,市,3\n450422,县,{places}\n") == [(3, "quota_places")]


def test_a_million_less_one_is_still_a_number_of_places():
    assert problems(f"{HEADING}450400,市,999999\n") == []


def test_a_quote_left_open_over_a_long_table_is_told():
    told = problems(f'{HEADING}450400,市,3\n"450422' + "x" * 140_000)
    assert [code for _, code in told] == ["quota_broken"]


def test_a_heading_that_never_ends_is_told():
    assert [code for _, code in problems('"' + "x" * 140_000)] == ["quota_broken"]


@pytest.mark.parametrize("line", ["合计,,46", ",合计,46", "合 计,全市,46", ",总计,46"])
def test_the_total_is_held_against_the_sum_and_is_no_federation(line):
    good = quota_table.read("quotas.csv", f"{HEADING}450400,市,40\n450422,县,6\n{line}\n")
    assert (good.places, good.problems) == ({"450400": 40, "450422": 6}, ())
    assert problems(f"{HEADING}450400,市,40\n450422,县,5\n{line}\n") == [(4, "quota_total")]
