"""The employment figures: the published national ones come out, both readings stand, and one person counts as a thousand do."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huigong.rules import employed, loading
from huigong.rules.checking import check
from huigong.rules.circular import Indicator
from huigong.rules.employed import Counted, Share

FOLDER = Path(__file__).resolve().parents[3] / "circulars" / "2017-wuzhou-21"
CIRCULAR = loading.load(FOLDER, [FOLDER / "supplement-example.toml"])
SIGNED = Counted(zero_employment=False, needs_help=False, outcome="employed", by_aid=False, proven=True)
PLACED = Counted(zero_employment=False, needs_help=True, outcome="employed", by_aid=True, proven=True)
LOOKING = Counted(zero_employment=False, needs_help=True, outcome="", by_aid=False, proven=False)
anybody = st.builds(
    Counted,
    zero_employment=st.booleans(),
    needs_help=st.booleans(),
    outcome=st.sampled_from(["", "employed", "further_study", "self_employed", "enlisted", "declined", "unreachable"]),
    by_aid=st.booleans(),
    proven=st.booleans(),
)


def share_named(name, counted):
    return next(one for one in employed.shares(CIRCULAR, counted) if one.indicator.name == name)


def test_the_published_national_figures_of_2009_come_out():
    """19.2 (ten thousands) graduates, 3.3 signed or studying on, 15.9 needing help, 14.1 of them placed: 88.7 % and 90.6 %."""
    counted = employed.counts([(SIGNED, 33_000), (PLACED, 141_000), (LOOKING, 18_000)])
    assert (counted["graduates"], counted["graduates_needing_help"]) == (192_000, 159_000)
    assert share_named("assisted", counted).shown == "88.7%"
    assert share_named("employed", counted).shown == "90.6%"


def test_the_stricter_reading_holds_until_an_interpretation_chooses_another():
    assert [one.name for one in employed.readings(CIRCULAR)] == ["assisted", "employed"]
    assert employed.reading_that_holds(CIRCULAR).name == "assisted"
    signed = [
        replace(one, chooses="employed") if one.id == "sixty-per-cent" else one for one in CIRCULAR.interpretations
    ]
    other = replace(CIRCULAR, interpretations=tuple(signed))
    assert employed.reading_that_holds(other).name == "employed"
    assert check(other) == []


def test_an_interpretation_may_only_choose_a_reading_of_its_own_clause():
    wrong = tuple(replace(one, chooses="employed") for one in CIRCULAR.interpretations if one.id == "late-forms")
    found = check(replace(CIRCULAR, interpretations=wrong))
    assert [one.sentence.code for one in found] == ["unknown_choice"]


@pytest.mark.parametrize(
    ("above", "below", "missing", "reached"), [(0, 0, 0, True), (6, 10, 0, True), (5, 9, 1, False), (56, 100, 4, False)]
)
def test_how_many_more_reach_the_goal(above, below, missing, reached):
    share = Share(Indicator("assisted", "二(二)", 60, "a", "b", "", ""), above, below)
    assert (share.missing, share.reached) == (missing, reached)
    assert Share(share.indicator, above + missing, below).reached


def test_whoever_found_work_alone_is_settled_and_not_placed_by_aid():
    alone = replace(PLACED, by_aid=False)
    assert "graduates_settled" in employed.groups_of(alone)
    assert "graduates_placed_by_aid" not in employed.groups_of(alone)
    zero = employed.groups_of(replace(alone, zero_employment=True))
    assert "zero_employment_graduates_placed" in zero


def test_without_evidence_nobody_is_counted_as_settled():
    told = employed.groups_of(replace(PLACED, proven=False, zero_employment=True))
    assert told == {"graduates", "graduates_needing_help", "zero_employment_graduates"}


@given(st.lists(st.tuples(anybody, st.integers(0, 5)), max_size=30))
def test_counting_those_who_are_alike_is_counting_each(alike):
    each = [(one, 1) for one, number in alike for _ in range(number)]
    assert employed.counts(alike) == employed.counts(each)


@given(anybody)
def test_every_numerator_lies_within_its_denominator(one):
    groups = employed.groups_of(one)
    for indicator in CIRCULAR.indicators:
        if indicator.numerator in groups:
            assert indicator.denominator in groups
