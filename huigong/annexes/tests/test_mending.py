"""A mended row is the row that would have been read: the same values and problems, whichever cell was written anew."""

import pytest

from huigong.annexes.mending import mended
from huigong.annexes.reading import read
from huigong.annexes.tests.forms import CHILD, FORM, ROW, changed, sheet, xlsx

YEAR = 2017
CELLS = {
    "student_id_number": ["", "450422199901010021", "4.50422E+17", CHILD.lower(), "无"],
    "parent_id_number": ["", CHILD, "x"],
    "student_age": ["", "12", "十八", "未知"],
    "student_gender": ["", "男", "女"],
    "annual_income_per_capita": ["", "很少", "1.2万元", "-5"],
    "phone": ["", "12345", "0774-0000003"],
    "student_name": ["", "韦 小 云"],
    "admission": ["", "2016年9月就读于藤县第一中学", "广西大学", "2017年8月"],
    "relationship": ["", "父子"],
}


def only(path, row):
    return read(xlsx(path, sheet(row)), FORM).rows[0]


def said(row):
    """What a reader is told, without the sentences."""
    return dict(row.values), {(problem.field, problem.kind, problem.severity) for problem in row.problems}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in CELLS.items() for text in texts])
def test_a_mended_cell_reads_as_if_it_had_been_written_so(tmp_path, name, text):
    first = only(tmp_path / "first.xlsx", ROW)
    wanted = only(tmp_path / "wanted.xlsx", changed(**{name: text}))
    values = FORM.named(name).value_names
    found = first
    for value in values:
        written = text if len(values) == 1 else str(wanted.values[value] or "")
        found = mended(found, FORM, value, written, year=YEAR)
    assert said(found) == said(wanted)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in CELLS.items() for text in texts])
def test_putting_the_old_value_back_leaves_no_trace(tmp_path, name, text):
    wrong = only(tmp_path / "wrong.xlsx", changed(**{name: text}))
    right = only(tmp_path / "right.xlsx", ROW)
    found = wrong
    for value in FORM.named(name).value_names:
        written = dict(zip((field.name for field in FORM.printed), ROW, strict=True)).get(value) or str(
            right.values[value]
        )
        found = mended(found, FORM, value, written, year=YEAR)
    assert said(found) == said(right)


def test_half_of_an_admission_leaves_the_other_half(tmp_path):
    row = mended(only(tmp_path / "form.xlsx", ROW), FORM, "school", "桂林理工大学", year=YEAR)
    assert (row.values["admitted_on"], row.values["school"]) == ("2017-08", "桂林理工大学")


def test_a_value_that_the_form_does_not_have_is_an_error(tmp_path):
    with pytest.raises(KeyError):
        mended(only(tmp_path / "form.xlsx", ROW), FORM, "shoe_size", "42", year=YEAR)
