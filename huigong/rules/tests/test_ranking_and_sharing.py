"""Order and quota: independent of row order, never exceeded, ties across the line to a person."""

import random
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from huigong.rules import loading
from huigong.rules.indicators import measure
from huigong.rules.ranking import Candidate, rank, reasons
from huigong.rules.sharing import PLACED, TIED, WAITING, share

FOLDER = Path(__file__).resolve().parents[3] / "circulars" / "2017-wuzhou-21"
CIRCULAR = loading.load(FOLDER, [FOLDER / "supplement-example.toml"])


def candidate(number, income, children=1, cost=0, federation="450422"):
    return Candidate(
        f"SA-{number:03d}",
        federation,
        {"income_per_head_fen": income, "children_in_school": children, "schooling_cost_fen": cost},
    )


people = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3), st.sampled_from(["450422", "450481"])), max_size=30)


@settings(max_examples=150)
@given(
    people,
    st.dictionaries(st.sampled_from(["450422", "450481"]), st.integers(0, 12)),
    st.randoms(use_true_random=False),
)
def test_the_quota_is_never_exceeded_and_row_order_never_matters(rows, places, chance: random.Random):
    candidates = [
        candidate(number, income, children, 0, federation) for number, (income, children, federation) in enumerate(rows)
    ]
    first = share(rank(CIRCULAR, candidates), places)
    shuffled = candidates[:]
    chance.shuffle(shuffled)
    assert share(rank(CIRCULAR, shuffled), places) == first
    used = Counter(row.federation_code for row in first if row.outcome == PLACED)
    assert all(count <= places.get(code, 0) for code, count in used.items())
    assert len(first) == len(candidates)
    for code in {row.federation_code for row in first}:
        worst = max((row.rank for row in first if row.federation_code == code and row.outcome == PLACED), default=0)
        assert all(row.rank > worst for row in first if row.federation_code == code and row.outcome != PLACED)


def test_lower_income_comes_first_then_the_heavier_burden():
    ranked = rank(CIRCULAR, [candidate(1, 500), candidate(2, 300, children=1), candidate(3, 300, children=2)])
    assert [row.reference for row in ranked] == ["SA-003", "SA-002", "SA-001"]


def test_the_eighth_family_of_a_county_with_seven_places_waits():
    shared = share(rank(CIRCULAR, [candidate(number, number) for number in range(8)]), {"450422": 7})
    assert Counter(row.outcome for row in shared) == {PLACED: 7, WAITING: 1}
    assert shared[-1].rank == 8


def test_a_full_tie_across_the_line_goes_to_a_person():
    shared = share(rank(CIRCULAR, [candidate(1, 1), candidate(2, 5), candidate(3, 5), candidate(4, 9)]), {"450422": 2})
    assert [row.outcome for row in shared] == [PLACED, TIED, TIED, WAITING]


def test_places_that_are_held_count():
    assert [row.outcome for row in share(rank(CIRCULAR, [candidate(1, 1)]), {"450422": 3}, taken={"450422": 3})] == [
        WAITING
    ]


def test_an_unknown_fact_comes_last():
    assert [row.reference for row in rank(CIRCULAR, [candidate(1, None), candidate(2, 999)])] == ["SA-002", "SA-001"]


def test_the_reasons_are_told():
    zh, en = reasons(CIRCULAR, rank(CIRCULAR, [candidate(1, 520_000, 2)])[0])
    assert "5,200元" in zh
    assert "children in school 2" in en


def test_targets_are_measured_with_both_sides_of_the_fraction():
    people = {
        "zero_employment_graduates": ["a", "b"],
        "zero_employment_graduates_placed": ["a"],
        "graduates_needing_help": list("abcde"),
        "graduates_placed_by_aid": list("abc"),
    }
    people |= {"graduates": list("abcdefgh"), "graduates_settled": list("abcdx")}
    hundred, sixty, overall = measure(CIRCULAR, people)
    assert (hundred.reached, sixty.reached, overall.reached) == (False, True, False)
    assert (len(overall.numerator), len(overall.denominator)) == (4, 8)
    assert (len(sixty.numerator), len(sixty.denominator)) == (3, 5)
