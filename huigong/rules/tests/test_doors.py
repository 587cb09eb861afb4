"""Which of the state's doors a student is told of: by level, year and day; each under a rule, none that is closed."""

from datetime import date

import pytest

from huigong.rules import criteria
from huigong.rules.doors import GROUPS, doors_for, shipped
from huigong.rules.facts import CATALOGUE

DAY = date(2017, 9, 1)
ON_FILE = {"household_enrolled": True}


def ids(facts, on=DAY):
    return [door.id for door in doors_for(facts, on=on)]


def test_a_freshman_of_a_university_is_told_of_loan_green_channel_and_travel_and_no_scholarship_yet():
    told = ids({"education_level": "undergraduate", "student_kind": "freshman", **ON_FILE})
    assert told == ["grant-higher", "loan", "work-study", "green-channel", "freshman-travel", "military-service"]


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
    assert "loan" not in ids({"education_level": "undergraduate", "household_enrolled": False})


@pytest.mark.parametrize(("on", "there"), [(date(2014, 7, 17), False), (DAY, True), (date(2021, 9, 1), False)])
def test_a_door_stands_from_its_first_day_until_its_last(on, there):
    facts = {"education_level": "undergraduate", "student_kind": "freshman", **ON_FILE}
    assert ("loan" in ids(facts, on)) is there


def test_the_catalogue_has_all_six_kinds_each_under_a_rule_with_criteria_and_facts_that_exist():
    assert {door.group for door in shipped()} == set(GROUPS)
    assert len({door.id for door in shipped()}) == len(shipped())
    for door in shipped():
        assert door.rule
        assert door.where
        for given in door.condition:
            word = criteria.VOCABULARY[given["criterion"]]
            assert set(word.reads(given)) <= CATALOGUE.keys()
            assert word.asks.keys() <= given.keys()
