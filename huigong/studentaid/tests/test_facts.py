"""From form, file and papers to facts: the file decides, nothing is guessed."""

from dataclasses import replace
from datetime import date

import pytest

from huigong.rules.facts import known
from huigong.studentaid.facts import Case, InFile, OnForm, StudentInFile, facts_of

FORM = OnForm("韦小雨", "韦秀兰", 9400, "13900000001", "梧困201700001", "2017-07", "贺州学院")
FILE = InFile(
    enrolled=True,
    file_status="on_file",
    certificate_review="passed",
    worker_name="韦秀兰",
    phone="139 0000 0001",
    card="6214673021573681932",
    annual_income_fen=2_820_000,
    essential_expenditure_fen=None,
    household_size=3,
    hardship_category="低保户",
    migrant_worker=False,
    zero_employment=False,
    children_in_school=1,
)
STUDENT = StudentInFile("韦小雨", "senior_high", "藤县第一中学", 2014)
CASE = Case(
    FORM,
    FILE,
    STUDENT,
    school_level="undergraduate",
    papers=frozenset({"admission_letter"}),
    received_on=date(2017, 8, 7),
    year=2017,
)


def test_a_june_file_lags_behind_a_july_freshman_without_conflict():
    facts = facts_of(CASE)
    assert (facts["student_kind"], facts["education_level"], facts["education_level_agrees"]) == (
        "freshman",
        "undergraduate",
        True,
    )


def test_a_continuing_student_whom_the_file_places_elsewhere_is_a_conflict():
    facts = facts_of(replace(CASE, form=replace(FORM, admitted_on="2015-09")))
    assert facts["education_level_agrees"] is False


def test_two_steps_up_are_a_conflict():
    assert (
        facts_of(replace(CASE, student=replace(STUDENT, education_level="junior_high")))["education_level_agrees"]
        is False
    )


def test_a_school_that_nobody_lists_is_not_guessed():
    assert facts_of(replace(CASE, school_level=""))["education_level"] is None


def test_without_a_date_the_file_tells_a_freshman():
    form = replace(FORM, admitted_on="")
    assert facts_of(replace(CASE, form=form, papers=frozenset()))["student_kind"] == "freshman"


def test_where_nothing_tells_the_kind_is_unknown():
    form = replace(FORM, admitted_on="")
    assert facts_of(replace(CASE, form=form, student=None, papers=frozenset()))["student_kind"] is None


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"income_yuan": 9000}, "income_agrees"),
        ({"phone": "13900000002"}, "phone_agrees"),
        ({"parent_name": "韦秀蓝"}, "name_agrees"),
    ],
)
def test_a_disagreement_is_a_fact_of_its_own_and_the_file_decides(change, fact):
    facts = facts_of(replace(CASE, form=replace(FORM, **change)))
    assert facts[fact] is False
    assert facts["income_per_head_fen"] == 940_000


def test_spaces_in_a_phone_are_no_disagreement():
    assert facts_of(CASE)["phone_agrees"] is True


def test_a_family_without_a_file_is_not_enrolled_and_keeps_its_form():
    facts = facts_of(replace(CASE, file=None, student=None))
    assert (facts["household_enrolled"], facts["income_per_head_fen"]) == (False, 940_000)


def test_a_wrong_card_is_not_valid():
    assert facts_of(replace(CASE, file=replace(FILE, card="6214673021573681933")))["card_valid"] is False


def test_every_fact_stands_in_the_catalogue():
    assert [name for name in facts_of(CASE) if not known(name)] == []


def test_an_unlisted_school_makes_nobody_a_freshman():
    """Without the level of the new school nothing says that somebody climbed a step."""
    form = replace(FORM, admitted_on="")
    case = replace(CASE, form=form, school_level="", papers=frozenset())
    assert facts_of(case)["student_kind"] is None
    assert facts_of(replace(case, papers=frozenset({"enrolment_proof"})))["student_kind"] == "continuing"


def test_rows_that_name_two_levels_are_a_conflict():
    assert facts_of(replace(CASE, other_levels=frozenset({"senior_high"})))["education_level_agrees"] is False
