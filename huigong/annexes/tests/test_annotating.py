"""The form that goes back: its own sheets and formatting, faults marked and said, and recognised when it returns."""

from datetime import date

import docx
import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText

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


def test_what_formulas_came_to_is_still_there_when_it_comes_back(tmp_path):
    path = tmp_path / "form.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("登记表")
    for r, row in enumerate(sheet(ROW, BAD)):
        for c, value in enumerate(row):
            page.write_string(r, c, value)
    page.write_formula("E5", "=2000+5300", None, 7300)
    page.write_formula("I5", '=IF(1,"女","男")', None, "女")
    page.write_formula("A6", "=VLOOKUP(1,Z1:Z2,1,0)", None, "#N/A")
    book.close()
    first, again = read(path, FORM), read(sent_back(path, tmp_path / "out"), FORM)
    assert (first.rows[0].values["annual_income_per_capita"], first.rows[0].values["student_gender"]) == (
        7300,
        "female",
    )
    assert [dict(row.values) for row in again.rows] == [dict(row.values) for row in first.rows]
    assert [row.unchanged for row in again.rows] == [True, True]
    kept = openpyxl.load_workbook(tmp_path / "out" / "form.xlsx")["登记表"]
    assert (kept["E5"].value, kept["I5"].value) == ("=2000+5300", '=IF(1,"女","男")')


def test_characters_of_another_colour_keep_it(tmp_path):
    path = tmp_path / "form.xlsx"
    book = xlsxwriter.Workbook(path)
    page, red = book.add_worksheet("登记表"), book.add_format({"font_color": "#FF0000"})
    for r, row in enumerate(sheet(ROW, BAD)):
        for c, value in enumerate(row):
            page.write_string(r, c, value)
    page.write_rich_string("B5", "韦", red, "秀", "兰")
    book.close()
    kept = openpyxl.load_workbook(sent_back(path, tmp_path / "out"), rich_text=True)["登记表"]["B5"].value
    assert isinstance(kept, CellRichText)
    assert str(kept) == "韦秀兰"


def test_merged_parents_and_the_lines_around_a_word_table_come_back_with_it(tmp_path):
    path = tmp_path / "form.docx"
    document = docx.Document()
    document.add_paragraph("单位：藤县糖业有限公司工会     2017 年 7 月 28 日")
    table = document.add_table(3, 12)
    for r, row in enumerate([HEADINGS, ROW, ["", "", "母女", "", "", "", "", *BAD[7:]]]):
        for c, value in enumerate(row):
            table.cell(r, c).text = value
    for column in (0, 1, 3, 4, 5, 6):
        kept = table.cell(1, column).text
        table.cell(1, column).merge(table.cell(2, column)).text = kept
    document.save(path)
    first, again = read(path, FORM), read(sent_back(path, tmp_path / "out"), FORM)
    assert first.rows[1].values["parent_name"] == "韦秀兰"
    assert [dict(row.values) for row in again.rows] == [dict(row.values) for row in first.rows]
    assert (again.unit, again.filled_on) == (first.unit, first.filled_on) == ("藤县糖业有限公司工会", date(2017, 7, 28))


def test_where_a_column_is_a_student_the_remarks_stand_together_and_are_no_student(tmp_path):
    path = xlsx(tmp_path / "turned.xlsx", [list(line) for line in zip(HEADINGS, ROW, BAD, strict=True)])
    first, again = read(path, FORM), read(sent_back(path, tmp_path / "out"), FORM)
    assert [dict(row.values) for row in again.rows] == [dict(row.values) for row in first.rows]
    remark = openpyxl.load_workbook(tmp_path / "out" / "turned.xlsx")["登记表"]["D12"].value
    assert remark.startswith("第1人：可收\n第2人：学生身份证号码没有填")
