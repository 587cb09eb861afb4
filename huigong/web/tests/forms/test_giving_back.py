"""A form is given back with remarks, and its corrected copy is known again."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huigong.audit import queries as audit
from huigong.intake.lifecycle import RETURNED
from huigong.web.tests.forms.desk import said


@pytest.mark.parametrize("name", ["09-messy.xlsx", "04-old-excel.xls", "02-word.docx", "07-gbk.csv"])
def test_the_annotated_form_opens_and_says_what_it_is(desk, work, name):
    desk.sign_in(work.huang)
    desk.hand_in(name)
    answer = desk.post(name, "form-annotated")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert "怎么改" in book.sheetnames
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    assert "%E5%B8%A6%E6%89%B9%E6%B3%A8" in answer["Content-Disposition"]
    assert [event.actor for event in audit.told_of("form.returned")] == [work.huang.username]


def remarks(answer):
    """What the last column says to each row."""
    page = openpyxl.load_workbook(BytesIO(answer.content))["登记表"]
    (heading,) = [cell for row in page.iter_rows(max_row=20) for cell in row if cell.value == "系统提示"]
    return [page.cell(row, heading.column).value or "" for row in range(heading.row + 1, page.max_row + 1)]


def test_the_annotated_form_says_what_was_mended_here(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    before = remarks(desk.post("09-messy.xlsx", "form-annotated"))
    desk.post("09-messy.xlsx", "row-mend", 4, name="student_age", text="19")
    after = remarks(desk.post("09-messy.xlsx", "form-annotated"))
    assert sum("填的年龄17岁" in words for words in before) == 1
    assert sum("学生年龄已经在网上改好了" in words for words in after) == 1
    assert not any("填的年龄17岁" in words for words in after)


def test_a_corrected_copy_is_known_and_rows_that_were_taken_do_not_come_twice(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    desk.post("09-messy.xlsx", "form-take")
    book = openpyxl.load_workbook(BytesIO(desk.post("09-messy.xlsx", "form-annotated").content))
    book.properties.title = "saved again by a spreadsheet program: the same cells in other bytes"
    out = BytesIO()
    book.save(out)
    desk.hand_in(SimpleUploadedFile("second.xlsx", out.getvalue()))
    second = desk.form("second.xlsx")
    assert second.corrects == desk.form("09-messy.xlsx")
    assert list(second.rows.values_list("number", "status")) == [(3, RETURNED), (6, RETURNED)]
    assert "更正了前一份" in said(desk.page("second.xlsx"))
    assert sum("没有填" in words for words in remarks(desk.post("second.xlsx", "form-annotated"))) == 2


def test_a_file_that_could_not_be_read_is_not_given_back(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in(SimpleUploadedFile("none.xlsx", b""))
    assert desk.post("none.xlsx", "form-annotated").status_code == 404
