"""The form is written as it is read: a prefilled one comes back with the same people, an empty one with nobody."""

import openpyxl
import pytest

from huigong.annexes.reading import read
from huigong.annexes.tests.forms import FORM, ROW
from huigong.annexes.tests.test_reading import EXPECTED
from huigong.annexes.writing import blank_document, blank_workbook

KNOWN = {field.name: value for field, value in zip(FORM.printed, ROW, strict=True)}


@pytest.mark.parametrize(("write", "suffix"), [(blank_workbook, "xlsx"), (blank_document, "docx")])
def test_what_is_prefilled_is_read_again(tmp_path, write, suffix):
    path = tmp_path / f"form.{suffix}"
    path.write_bytes(write(FORM, unit="藤县糖业有限公司工会", rows=[KNOWN]))
    reading = read(path, FORM)
    assert [dict(row.values) for row in reading.rows] == [EXPECTED]
    assert (reading.unit, reading.filled_on, reading.filler) == ("藤县糖业有限公司工会", None, None)


@pytest.mark.parametrize(("write", "suffix"), [(blank_workbook, "xlsx"), (blank_document, "docx")])
def test_an_empty_form_has_nobody(tmp_path, write, suffix):
    path = tmp_path / f"form.{suffix}"
    path.write_bytes(write(FORM))
    reading = read(path, FORM)
    assert [problem.kind for problem in reading.problems] == ["no_rows"]
    assert (reading.unit, reading.filler, reading.filler_phone) == (None, None, None)


def test_identity_columns_are_text(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(blank_workbook(FORM))
    assert openpyxl.load_workbook(path)["登记表"]["K5"].number_format == "@"
