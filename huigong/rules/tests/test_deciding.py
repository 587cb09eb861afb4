"""Decisions: one application and many, known and unknown facts, verdicts in their order of weight."""

import time
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


def sentence_of(criterion, **facts):
    decision = deciding.decide(CIRCULAR, {**GOOD, **facts})
    return next(finding.sentence.zh for finding in decision.findings if finding.criterion == criterion)


def test_a_settled_lateness_says_who_settled_it_and_not_that_it_was_in_time():
    told = sentence_of("in_time", received_on=date(2017, 8, 11), settled_late=True)
    assert "负责人同意" in told
    assert "符合" not in told
    assert "符合五(三)" in sentence_of("in_time", settled_late=True)


def test_a_look_with_nothing_to_compare_says_so_and_asks_nobody_for_anything():
    told = deciding.decide(CIRCULAR, {**GOOD, "card_agrees": None})
    finding = next(finding for finding in told.findings if finding.criterion == "card_looked_at")
    assert (told.verdict, finding.outcome) == ("eligible", "unknown")
    assert finding.sentence.zh == "表与档案卡号一致：没有可比的，不影响结论。"
    assert finding.sentence.en == "Card on form and file agree: nothing to compare; it changes nothing."
    assert "请核实补上" in sentence_of("level_covered", education_level=None)


def test_a_finding_knows_its_name_and_how_its_clause_is_printed():
    finding = next(one for one in deciding.decide(CIRCULAR, GOOD).findings if one.criterion == "card_right")
    assert (finding.label, finding.label_en, finding.printed) == ("惠工卡号有效", "Card number valid", "第二部分“四是”")
    assert finding.as_json().keys() == {
        "clause",
        "criterion",
        "outcome",
        "means",
        "fact",
        "value",
        "threshold",
        "zh",
        "en",
    }


def test_what_is_not_asked_of_a_freshman_says_so():
    assert "不要求" in sentence_of("enrolment_proved", enrolment_proof=None)


def test_what_is_not_known_names_the_missing_fact():
    assert "还不清楚（就读阶段）" in sentence_of("level_covered", education_level=None)


INCOME = """
[[criterion]]
name = "hardship"
uses = "income_after_essentials_within_lines"
income = "annual_income_fen"
essentials = "essential_expenditure_fen"
size = "household_size"
line = "dibao_line_month_fen"
percent = 150
clause = "五(二)"
failing = "refused"
label = "家庭收入"
label_en = "Household income"

[[criterion]]
name = "no_wealth"
uses = "none_true"
facts = ["owns_business", "high_fee_school"]
clause = "五(二)"
failing = "refused"
label = "不予建档的情形"
label_en = "Exclusions"

[[criterion]]
name = "asked"
uses = "officer_confirms"
fact = "confirmed_no_car"
question = "有没有非生产用的汽车？"
question_en = "Is there a car that is not for work?"
clause = "五(二)"
failing = "curable"
label = "汽车"
label_en = "Car"
"""


def test_income_tests_show_both_sides_in_yuan():
    texts = dict(CIRCULAR.texts)
    texts["circular.toml"] = texts["circular.toml"].replace("[form]", INCOME + "[form]")
    circular = loading.from_texts(texts, CIRCULAR.supplements)
    facts = {
        "annual_income_fen": 3_000_000,
        "essential_expenditure_fen": 500_000,
        "household_size": 3,
        "dibao_line_month_fen": 38_000,
        "owns_business": False,
        "high_fee_school": True,
    }
    decision = deciding.decide(circular, {**GOOD, **facts})
    hardship, wealth, asked = (
        finding for finding in decision.findings if finding.criterion in {"hardship", "no_wealth", "asked"}
    )
    assert (hardship.value, hardship.threshold, hardship.outcome) == (2_500_000, 2_052_000, "not_met")
    assert "25,000元" in hardship.sentence.zh
    assert "380元×12个月×3人×150%＝20,520元" in hardship.sentence.zh
    assert (wealth.fact, wealth.value) == ("high_fee_school", True)
    assert "有没有非生产用的汽车" in asked.sentence.zh
    assert decision.verdict == "refused"
    assert "都没有" in next(
        finding.sentence.zh
        for finding in deciding.decide(circular, {**GOOD, **facts, "high_fee_school": False}).findings
        if finding.criterion == "no_wealth"
    )


def test_one_application_takes_milliseconds_and_a_thousand_a_moment():
    deciding.decide(CIRCULAR, GOOD)
    started = time.perf_counter()
    deciding.decide(CIRCULAR, GOOD)
    one = time.perf_counter() - started
    started = time.perf_counter()
    deciding.decide_all(CIRCULAR, [dict(GOOD) for _ in range(1000)])
    thousand = time.perf_counter() - started
    # Ten times the aims of benchmarks/rules.py: this catches a change of kind, not a busy machine.
    assert one < 0.05
    assert thousand < 2


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
