"""A file with headings that nobody listed: its columns are shown, and under names said by hand it is read as any other."""

import pytest
import xlsxwriter

from huigong.annexes.naming import columns_of, named
from huigong.annexes.reading import read
from huigong.annexes.tests.forms import CHILD, FORM, PARENT

STRANGE = ["爸妈", "爸妈证", "娃娃", "娃娃证", "怎么找人", "考上哪里"]
NAMES = dict(
    zip(
        STRANGE,
        ["parent_name", "parent_id_number", "student_name", "student_id_number", "phone", "admission"],
        strict=True,
    )
)
ROW = ["韦秀兰", PARENT, "韦小雨", CHILD, "13800000000", "2017年8月被广西大学录取"]


@pytest.fixture
def strange(tmp_path):
    path = tmp_path / "我们的表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["我们单位今年要报的"])
        sheet.write_row(2, 0, [*STRANGE, "性别"])
        sheet.write_row(3, 0, [*ROW, "女"])
    return path


def test_the_columns_are_shown_with_a_masked_value_and_what_is_known_already(strange):
    columns = columns_of(strange, FORM)
    assert [one.heading for one in columns] == [*STRANGE, "性别"]
    assert [one.field for one in columns] == [""] * 6 + ["student_gender"]
    assert columns[2].sample == "韦小雨"
    assert CHILD not in columns[3].sample
    assert columns[3].sample.endswith(CHILD[-4:])


def test_the_file_is_unreadable_until_its_columns_are_named(strange):
    (problem,) = read(strange, FORM).problems
    assert problem.kind == "no_heading"
    assert "“家长姓名”" in problem.message
    (row,) = read(strange, named(FORM, NAMES)).rows
    assert row.values["student_name"] == "韦小雨"
    assert row.values["student_id_number"] == CHILD
    assert row.values["school"] == "广西大学"


def test_a_name_said_by_hand_changes_no_other_form():
    assert named(FORM, {}) is FORM
    assert FORM.wordings[0].get("娃娃") is None
    assert named(FORM, NAMES).wordings[0]["娃娃"].name == "student_name"


def test_nothing_is_shown_of_a_file_that_cannot_be_opened_or_has_no_row_of_words(tmp_path):
    broken = tmp_path / "x.xlsx"
    broken.write_bytes(b"PK no workbook")
    assert columns_of(broken, FORM) == []
    figures = tmp_path / "y.csv"
    figures.write_text("1,2\n3,4\n", "utf-8")
    assert columns_of(figures, FORM) == []
