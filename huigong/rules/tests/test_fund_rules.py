"""The rules of a source: to the fen at the ceiling, silent where a value is not known."""

import pytest

from huigong.rules.fund_rules import HOUSEHOLD_MONTHS, NATIONAL_FILES, STUDENT_MONTHS, Asked, check

LINE = 38_000  # 380 yuan a month, 梧州 2015


def asked(**changes):
    told = {"file_level": "全国级", "fen": 300_000, "student_fen": 0, "household_fen": 0, "dibao_month_fen": LINE}
    return Asked(**told | changes)


@pytest.mark.parametrize(
    ("rule", "value", "changes", "outcome"),
    [
        (NATIONAL_FILES, 1, {}, "met"),
        (NATIONAL_FILES, 1, {"file_level": "省级"}, "not_met"),
        (NATIONAL_FILES, 1, {"file_level": ""}, "unknown"),
        (STUDENT_MONTHS, 10, {"fen": 380_000}, "met"),
        (STUDENT_MONTHS, 10, {"fen": 380_001}, "not_met"),
        (STUDENT_MONTHS, 10, {"fen": 300_000, "student_fen": 80_000, "household_fen": 900_000}, "met"),
        (STUDENT_MONTHS, 10, {"fen": 300_000, "student_fen": 80_001}, "not_met"),
        (HOUSEHOLD_MONTHS, 12, {"fen": 300_000, "household_fen": 156_000}, "met"),
        (HOUSEHOLD_MONTHS, 12, {"fen": 300_000, "household_fen": 156_001}, "not_met"),
        (HOUSEHOLD_MONTHS, 12, {"dibao_month_fen": None, "fen": 10**9}, "unknown"),
    ],
)
def test_a_rule_is_met_up_to_its_ceiling_and_silent_where_nothing_is_known(rule, value, changes, outcome):
    assert check(rule, value, asked(**changes)).outcome == outcome
