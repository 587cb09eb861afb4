"""Single cells as offices write them, through the whole reader: the value, and nothing to complain about."""

import pytest

from huigong.annexes.mending import mended
from huigong.annexes.tests.forms import CHILD, FORM, changed, number, one, sheet, text, xlsx


@pytest.mark.parametrize(
    ("written", "school", "when"),
    [
        ("2017年8月收到广西大学录取通知书", "广西大学", "2017-08"),
        ("2017年8月被广西大学正式录取", "广西大学", "2017-08"),
        ("2017年8月被广西大学预录取", "广西大学", "2017-08"),
        ("2017年8月被广西大学提前批录取", "广西大学", "2017-08"),
        ("2017年8月上旬被广西大学录取", "广西大学", "2017-08"),
        ("2017年8月获广西大学录取", "广西大学", "2017-08"),
        ("2017年8月被获嘉县第一中学录取", "获嘉县第一中学", "2017-08"),
        ("2017年8月取得广西大学录取资格", "广西大学", "2017-08"),
        ("2017年8月以560分被广西大学录取", "广西大学", "2017-08"),
        ("2017年8月被广西大学录取(已交通知书)", "广西大学", "2017-08"),
        ("广西大学·2017年8月", "广西大学", "2017-08"),
        ("2016年9月进入广西大学学习", "广西大学", "2016-09"),
    ],
)
def test_when_and_where_in_other_words(tmp_path, written, school, when):
    row = one(xlsx(tmp_path / "form.xlsx", sheet(changed(admission=written))))
    assert (row.values["school"], row.values["admitted_on"], row.problems) == (school, when, ())


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("phone", "86-13800000000", "13800000000"),
        ("phone", "13800000000 13900000000", "13800000000"),
        ("phone", "13800000000\n13900000000", "13800000000"),
        ("phone", "138 0000\n0000", "13800000000"),
        ("annual_income_per_capita", "近7300元", 7300),
        ("annual_income_per_capita", "大概7300", 7300),
        ("annual_income_per_capita", "≈7300", 7300),
        ("student_gender", "2", "female"),
        ("student_gender", 2.0, "female"),
        ("certificate_no", "无证", None),
        ("certificate_no", "正在办理", None),
        ("certificate_no", "证201700123", "证201700123"),
        ("certificate_no", "（2017）梧困字 第12号", "（2017）梧困字第12号"),
        ("annual_income_per_capita", "“7300”", 7300),
    ],
)
def test_a_cell_means_what_a_clerk_reads(tmp_path, field, written, value):
    row = one(xlsx(tmp_path / "form.xlsx", sheet(changed(**{field: written}))))
    assert (row.values[field], row.problems) == (value, ())


def test_a_code_of_the_other_sex_is_a_look(tmp_path):
    row = one(xlsx(tmp_path / "form.xlsx", sheet(changed(student_gender="1"))))
    assert [(problem.field, problem.kind, problem.severity) for problem in row.problems] == [
        ("student_gender", "gender_mismatch", "look")
    ]


def test_a_number_that_cannot_be_right_says_nothing_about_age(tmp_path):
    future = number(CHILD[:6] + "2087" + CHILD[10:17])
    row = one(xlsx(tmp_path / "form.xlsx", sheet(changed(student_id_number=future))))
    assert [(problem.field, problem.kind) for problem in row.problems] == [("student_id_number", "id_checksum")]


ENDS_IN_ZEROS = next(
    made
    for middle in range(100, 1000, 100)
    for day in range(10, 29)
    if (made := number(f"450422197201{day}{middle}"))[-3:] == "000"
)


def test_a_number_that_ends_in_zeros_is_asked_for_on_a_form_though_its_check_digit_agrees(tmp_path):
    row = one(text(tmp_path / "form.csv", sheet(changed(parent_id_number=ENDS_IN_ZEROS))))
    assert [(problem.field, problem.kind) for problem in row.problems] == [("parent_id_number", "id_precision_lost")]
    assert row.values["parent_id_number"] is None
    # What a person types off the card is believed.
    typed = mended(row, FORM, "parent_id_number", ENDS_IN_ZEROS, year=2017)
    assert (typed.values["parent_id_number"], typed.problems) == (ENDS_IN_ZEROS, ())


@pytest.mark.parametrize(
    "written", [CHILD, f"{CHILD}元", float(CHILD[:17] + "0"), 1e30, 1_000_001, "200万", "月均9万元"]
)
def test_an_income_that_nobody_in_hardship_has_is_asked_about_and_its_number_not_shown(tmp_path, written):
    row = one(xlsx(tmp_path / "form.xlsx", sheet(changed(annual_income_per_capita=written))))
    assert [(problem.field, problem.kind) for problem in row.problems] == [("annual_income_per_capita", "not_a_number")]
    assert row.values["annual_income_per_capita"] is None
    assert CHILD[:17] not in row.problems[0].message + row.problems[0].message_en


def test_a_million_a_year_is_still_an_income(tmp_path):
    row = one(xlsx(tmp_path / "form.xlsx", sheet(changed(annual_income_per_capita="100万元"))))
    assert (row.values["annual_income_per_capita"], row.problems) == (1_000_000, ())
