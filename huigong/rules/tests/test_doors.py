"""Which of the state's doors a student is told of: by level, year and day; each under a rule, none that is closed."""

from datetime import date, timedelta

import pytest

from huigong.rules import criteria
from huigong.rules.doors import GROUPS, doors_for, shipped
from huigong.rules.facts import CATALOGUE
from huigong.rules.policies import SURE

DAY = date(2017, 9, 1)
ON_FILE = {"household_enrolled": True}


def ids(facts, on=DAY):
    return [door.id for door in doors_for(facts, on=on)]


def test_a_freshman_of_a_university_is_told_of_loan_green_channel_and_travel_and_no_scholarship_yet():
    told = ids({"education_level": "undergraduate", "student_kind": "freshman", **ON_FILE})
    assert told == [
        "grant-higher", "loan-home", "loan-campus", "work-study", "green-channel", "freshman-travel", "military-service", "teacher-training",
    ]  # fmt: skip


def test_a_postgraduate_is_told_of_hers_and_of_no_undergraduates():
    told = ids({"education_level": "postgraduate", "student_kind": "continuing", **ON_FILE})
    assert told == [
        "postgraduate-scholarship", "postgraduate-study", "postgraduate-grant-2017", "loan-home", "loan-campus", "work-study", "grassroots",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("door", "facts", "on", "there"),
    [
        ("postgraduate-grant", {"education_level": "postgraduate"}, date(2016, 9, 1), True),
        ("postgraduate-grant", {"education_level": "postgraduate"}, DAY, False),  # its amount was raised in spring 2017
        ("postgraduate-grant-2017", {"education_level": "undergraduate"}, DAY, False),
        ("postgraduate-scholarship", {"education_level": "postgraduate"}, date(2012, 9, 28), False),
        ("loan-home", {"education_level": "postgraduate", **ON_FILE}, DAY, True),
        ("loan-home", {"education_level": "senior_high", **ON_FILE}, DAY, False),
        ("grassroots", {"education_level": "undergraduate", "student_kind": "continuing"}, DAY, True),
        ("grassroots", {"education_level": "undergraduate", "student_kind": "freshman"}, DAY, False),
        ("military-service", {"education_level": "higher_vocational"}, date(2013, 8, 19), False),
        ("military-service", {"education_level": "higher_vocational"}, date(2013, 8, 20), True),
        ("military-service-2019", {"education_level": "undergraduate"}, date(2019, 8, 1), True),
        ("teacher-training", {"education_level": "undergraduate", "student_kind": "freshman"}, date(2018, 7, 29), True),
        ("teacher-training", {"education_level": "higher_vocational", "student_kind": "freshman"}, DAY, False),
        ("teacher-training-2018", {"education_level": "undergraduate", "student_kind": "freshman"}, date(2018, 7, 30), True),
        ("grant-higher-2019", {"education_level": "undergraduate", **ON_FILE}, date(2019, 8, 1), True),
    ],
)  # fmt: skip
def test_a_door_opens_for_whom_it_is_and_on_its_days(door, facts, on, there):
    assert (door in ids(facts, on)) is there


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("postgraduate-grant", "postgraduate-grant-2017"),
        ("teacher-training", "teacher-training-2018"),
        ("grant-higher", "grant-higher-2019"),
        ("military-service", "military-service-2019"),
        ("work-study", "work-study-2018"),
    ],
)
def test_where_a_rule_follows_another_no_day_has_both_and_none_has_neither(before, after):
    by_id = {door.id: door for door in shipped()}
    assert by_id[before].valid_until + timedelta(days=1) == by_id[after].valid_from


def test_a_number_that_nobody_saw_on_paper_is_told_with_its_doubt():
    by_id = {door.id: door for door in shipped()}
    assert by_id["loan-home"].rule_told.endswith("财教〔2014〕180号（文号未核）")
    assert by_id["grassroots"].rule_told == by_id["grassroots"].rule
    assert by_id["postgraduate-study"].rule_told == by_id["postgraduate-study"].rule  # has no number to doubt
    assert by_id["loan-home"].rule_told_en.endswith("(number not checked)")


def test_a_pupil_of_a_senior_high_school_is_told_of_hers():
    assert ids({"education_level": "senior_high", "student_kind": "continuing", **ON_FILE}) == [
        "grant-senior-high",
        "free-senior-high",
    ]


def test_what_nobody_knows_closes_no_door_and_what_is_known_does():
    assert "national-scholarship" in ids({"education_level": "undergraduate", "student_kind": None, **ON_FILE})
    assert "national-scholarship" not in ids(
        {"education_level": "undergraduate", "student_kind": "freshman", **ON_FILE}
    )
    assert "loan-home" not in ids({"education_level": "undergraduate", "household_enrolled": False})


@pytest.mark.parametrize(("on", "there"), [(date(2014, 7, 17), False), (DAY, True), (date(2021, 9, 1), False)])
def test_a_door_stands_from_its_first_day_until_its_last(on, there):
    facts = {"education_level": "undergraduate", "student_kind": "freshman", **ON_FILE}
    assert ("loan-campus" in ids(facts, on)) is there


def test_the_catalogue_has_all_six_kinds_each_under_a_rule_with_criteria_and_facts_that_exist():
    assert {door.group for door in shipped()} == set(GROUPS)
    assert len({door.id for door in shipped()}) == len(shipped())
    for door in shipped():
        assert door.rule
        assert door.where
        assert door.sure in SURE
        assert door.source
        assert door.source_en
        for given in door.condition:
            word = criteria.VOCABULARY[given["criterion"]]
            assert set(word.reads(given)) <= CATALOGUE.keys()
            assert word.asks.keys() <= given.keys()
