"""Decisions: one application and many, known and unknown facts, verdicts in their order of weight."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huigong.rules import criteria, deciding, loading
from huigong.rules.entitlement import entitlement

FOLDER = Path(__file__).resolve().parents[3] / "circulars" / "2017-wuzhou-21"
CIRCULAR = loading.load(FOLDER, [FOLDER / "supplement-example.toml"])
GOOD = CIRCULAR.examples[0].given


def test_every_finding_cites_a_clause_that_exists():
    for example in CIRCULAR.examples:
        assert all(finding.clause in CIRCULAR.clause for finding in deciding.decide(CIRCULAR, example.given).findings)


def test_every_sentence_names_its_clause_and_has_both_languages():
    for example in CIRCULAR.examples:
        for finding in deciding.decide(CIRCULAR, example.given).findings:
            assert finding.sentence.zh
            assert finding.sentence.en
            assert finding.means == "look" or CIRCULAR.printed(finding.clause) in finding.sentence.zh


def test_nothing_known_is_incomplete_and_not_refused():
    decision = deciding.decide(CIRCULAR, {})
    assert decision.verdict == "incomplete"
    assert {finding.outcome for finding in decision.findings} <= {"unknown", "met"}


def test_a_late_form_says_by_when_it_was_due():
    late = deciding.decide(CIRCULAR, {**GOOD, "received_on": date(2017, 8, 11)})
    finding = next(finding for finding in late.findings if finding.criterion == "in_time")
    assert (late.verdict, finding.outcome) == ("to_settle", "not_met")
    assert "8月11日" in finding.sentence.zh
    assert "8月10日" in finding.sentence.zh
    assert "五(三)" in finding.sentence.zh


def test_a_finding_becomes_json():
    told = deciding.decide(CIRCULAR, GOOD).findings[0].as_json()
    assert {"clause", "criterion", "outcome", "fact", "value", "threshold", "zh", "en"} <= told.keys()


def test_refusing_outweighs_settling_and_settling_outweighs_papers():
    papers = {**GOOD, "stamped_form": False}
    settle = {**papers, "received_on": date(2017, 8, 20)}
    refuse = {**settle, "education_level": "primary"}
    assert [deciding.decide(CIRCULAR, facts).verdict for facts in (papers, settle, refuse)] == [
        "incomplete",
        "to_settle",
        "refused",
    ]


FLAGS = [name for name in CIRCULAR.facts if name in GOOD and isinstance(GOOD[name], bool)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in FLAGS}), min_size=1, max_size=8
    )
)
def test_one_by_one_all_at_once_and_over_columns_agree(changes):
    applications = [{**GOOD, **change} for change in changes]
    together = [decision.verdict for decision in deciding.decide_all(CIRCULAR, applications)]
    columns = deciding.verdicts(CIRCULAR, deciding.frame_of(CIRCULAR, applications)).to_dict(as_series=False)["verdict"]
    assert together == [deciding.decide(CIRCULAR, facts).verdict for facts in applications] == columns


def test_no_application_is_no_decision():
    assert deciding.decide_all(CIRCULAR, []) == []


def test_amounts_follow_the_level():
    assert entitlement(CIRCULAR, {"education_level": "senior_high"}).fen == 150_000
    assert entitlement(CIRCULAR, {"education_level": "undergraduate"}).fen == 300_000
    assert entitlement(CIRCULAR, {"education_level": "primary"}).fen is None


CASES = [
    ("is_true", {"fact": "a"}, [(True, True), (False, False), (None, None)]),
    ("is_false", {"fact": "a"}, [(True, False), (False, True), (None, None)]),
    ("all_true", {"facts": ["a", "b"]}, [((True, True), True), ((True, None), None), ((False, None), False)]),
    ("any_true", {"facts": ["a", "b"]}, [((False, True), True), ((False, None), None), ((False, False), False)]),
    ("none_true", {"facts": ["a", "b"]}, [((False, False), True), ((False, None), None), ((True, None), False)]),
    ("one_of", {"fact": "a", "values": ["x", "y"]}, [("x", True), ("z", False), (None, None)]),
    ("none_of", {"fact": "a", "values": ["x"]}, [("x", False), ("z", True), (None, None)]),
    (
        "on_or_before",
        {"fact": "a", "day": date(2017, 8, 10)},
        [(date(2017, 8, 10), True), (date(2017, 8, 11), False), (None, None)],
    ),
    (
        "on_or_after",
        {"fact": "a", "day": date(2017, 8, 10)},
        [(date(2017, 8, 10), True), (date(2017, 8, 9), False), (None, None)],
    ),
    (
        "between_days",
        {"fact": "a", "first_day": date(2017, 7, 1), "last_day": date(2017, 9, 30)},
        [(date(2017, 9, 30), True), (date(2017, 10, 1), False), (None, None)],
    ),
    ("at_most", {"fact": "a", "value": 3}, [(3, True), (4, False), (None, None)]),
    ("at_least", {"fact": "a", "value": 3}, [(3, True), (2, False), (None, None)]),
    ("at_most_fact", {"fact": "a", "other": "b"}, [((3, 3), True), ((4, 3), False), ((None, 3), None)]),
    ("same_as_fact", {"fact": "a", "other": "b"}, [((3, 3), True), ((4, 3), False), ((None, 3), None)]),
    (
        "true_where",
        {"fact": "a", "where": "b", "equals": "x"},
        [((True, "x"), True), ((False, "x"), False), ((None, "x"), None), ((None, "y"), True), ((True, None), None)],
    ),
    (
        "one_of_where",
        {"fact": "a", "values": ["p"], "where": "b", "equals": "x"},
        [(("p", "x"), True), (("q", "x"), False), ((None, "x"), None), ((None, "y"), True)],
    ),
    (
        "income_within_lines",
        {"income": "a", "size": "b", "line": "c", "percent": 150},
        [((2_052_000, 3, 38_000), True), ((2_052_001, 3, 38_000), False), ((None, 3, 38_000), None)],
    ),
    (
        "income_after_essentials_within_lines",
        {"income": "a", "essentials": "b", "size": "c", "line": "d", "percent": 100},
        [((1_468_000, 100_000, 3, 38_000), True), ((1_468_001, 100_000, 3, 38_000), False)],
    ),
    (
        "cost_share_above",
        {"cost": "a", "income": "b", "percent": 80},
        [((81, 100), True), ((80, 100), False), ((None, 100), None)],
    ),
    ("officer_confirms", {"fact": "a", "question": "?", "question_en": "?"}, [(True, True), (None, None)]),
]


def test_every_word_of_the_vocabulary_has_its_table():
    assert {name for name, _, _ in CASES} == set(criteria.VOCABULARY)


@pytest.mark.parametrize(("name", "parameters", "table"), CASES, ids=[case[0] for case in CASES])
def test_a_criterion_answers_met_not_met_and_unknown(name, parameters, table):
    for given_values, expected in table:
        values = given_values if isinstance(given_values, tuple) else (given_values,)
        samples = {
            column: next(
                (
                    v[i] if isinstance(v, tuple) else v
                    for v, _ in table
                    if (v[i] if isinstance(v, tuple) else v) is not None
                ),
                None,
            )
            for i, column in enumerate("abcd"[: len(values)])
        }
        frame = pl.DataFrame(
            {
                column: pl.Series([value], dtype=pl.Series([samples[column]]).dtype)
                for column, value in zip("abcd", values, strict=False)
            }
        )
        answer = (
            deciding.nw.from_native(frame)
            .select(criteria.expression(name, parameters).alias("met"))
            .to_dict(as_series=False)["met"][0]
        )
        assert answer is expected, (name, values)


def test_an_officers_settlement_is_an_exception():
    frame = pl.DataFrame({"a": [False, False], "settled": [True, None]})
    met = deciding.nw.from_native(frame).select(
        criteria.expression("is_true", {"fact": "a", "unless": "settled"}).alias("met")
    )
    assert met.to_dict(as_series=False)["met"] == [True, False]
