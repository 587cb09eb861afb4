"""The form that goes back: its own sheets and formatting, faults marked and said, and recognised when it returns."""

import openpyxl
import pytest

from huigong.annexes.annotating import annotate
from huigong.annexes.marks import HELP_SHEET, MARKS_SHEET, REMARKS_HEADING
from huigong.annexes.reading import read
from huigong.annexes.tests.forms import CHILD, FORM, HEADINGS, ROW, changed, sheet, text, word, xlsx

BAD = changed(student_name="韦小云", student_id_number="", student_gender="男")


def sent_back(path, folder):
    return annotate(path, read(path, FORM), FORM, folder, batch="B-1")


@pytest.fixture
def path(tmp_path):
    return xlsx(tmp_path / "form.xlsx", sheet(ROW, BAD))


def test_the_users_own_workbook_comes_back(path, tmp_path):
    book = openpyxl.load_workbook(sent_back(path, tmp_path / "out"))
    assert book.sheetnames == ["登记表", HELP_SHEET, MARKS_SHEET]
    assert book[MARKS_SHEET].sheet_state == "veryHidden"
    page = book["登记表"]
    assert [page.cell(5, column).value for column in range(1, 13)] == ROW
    assert page["K6"].fill.fgColor.rgb == "00FAE6E3"
    assert page["K5"].fill.fgColor.rgb == "00000000"


def test_every_row_is_told_in_the_last_column(path, tmp_path):
    page = openpyxl.load_workbook(sent_back(path, tmp_path / "out"))["登记表"]
    assert [page.cell(row, 13).value for row in (4, 5)] == [REMARKS_HEADING, "可收"]
    assert "学生身份证号码没有填" in page.cell(6, 13).value


def test_the_sheet_says_how_to_mend_it(path, tmp_path):
    page = openpyxl.load_workbook(sent_back(path, tmp_path / "out"))[HELP_SHEET]
    assert [page.cell(2, column).value for column in (1, 2, 3)] == [2, "登记表!K6", "学生身份证号码"]


def test_read_again_it_gives_the_same_rows_and_knows_them(path, tmp_path):
    first, again = read(path, FORM), read(sent_back(path, tmp_path / "out"), FORM)
    assert [dict(row.values) for row in again.rows] == [dict(row.values) for row in first.rows]
    assert again.annotated_from == "B-1"
    assert [row.unchanged for row in again.rows] == [True, True]
    assert again.problems == ()


def test_only_the_mended_row_has_changed(path, tmp_path):
    back = sent_back(path, tmp_path / "out")
    book = openpyxl.load_workbook(back)
    book["登记表"]["K6"] = CHILD
    book["登记表"]["I6"] = "女"
    book.save(back)
    again = read(back, FORM)
    assert [row.unchanged for row in again.rows] == [True, False]
    assert [row.problems for row in again.rows] == [(), ()]


def test_a_second_round_has_one_column_and_one_sheet(path, tmp_path):
    back = sent_back(path, tmp_path / "one")
    book = openpyxl.load_workbook(sent_back(back, tmp_path / "two"))
    assert book.sheetnames.count(HELP_SHEET) == 1
    assert [cell.value for cell in book["登记表"][4]].count(REMARKS_HEADING) == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: text(folder / "form.csv", sheet(ROW, BAD), encoding="gb18030"),
        lambda folder: word(folder / "form.docx", [HEADINGS, ROW, BAD]),
    ],
    ids=["csv", "docx"],
)
def test_other_kinds_come_back_as_a_workbook_with_the_same_cells(tmp_path, make):
    path = make(tmp_path)
    first, again = read(path, FORM), read(sent_back(path, tmp_path / "out"), FORM)
    assert [dict(row.values) for row in again.rows] == [dict(row.values) for row in first.rows]
    assert all(row.unchanged for row in again.rows)


@pytest.mark.parametrize("name", ["form", "form.exe", "form.表格表格"])
def test_a_right_workbook_under_any_name_comes_back(path, tmp_path, name):
    renamed = path.rename(tmp_path / name)
    assert openpyxl.load_workbook(sent_back(renamed, tmp_path / "out")).sheetnames[0] == "登记表"


def test_a_name_as_long_as_a_file_system_takes_comes_back(path, tmp_path):
    renamed = path.rename(tmp_path / ("登" * 83 + ".docx"))
    back = sent_back(renamed, tmp_path / "out")
    assert (back.name[:83], back.suffix) == ("登" * 83, ".xlsx")
