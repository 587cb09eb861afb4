"""One form: its rows in words, mending them, taking the good ones, naming its unit."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from huigong.intake.lifecycle import ACCEPTED, READY, WAITING
from huigong.web.tests.campaign_at_work import EXAMPLE
from huigong.web.tests.forms.desk import GIRL, numbers_of, said, statuses


def test_the_sheet_says_where_it_was_read_and_masks_every_number(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    page = said(desk.page("09-messy.xlsx"))
    assert "我读到了 6 行" in page
    assert "表“登记表”第 6–13 行" in page
    assert "12 栏认出 12 栏" in page
    plain = [row.content.plain() for row in desk.form("09-messy.xlsx").rows.all()]
    book = openpyxl.load_workbook(EXAMPLE / "forms" / "09-messy.xlsx")
    numbers = {number for text in plain for number in numbers_of(text)}
    assert len(numbers) > 10
    assert [number for number in numbers if number in page] == []
    assert book.sheetnames


def test_a_repair_picks_its_rows(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    page = said(desk.page("09-messy.xlsx", only="age_mismatch"))
    assert 'id="row-4"' in page
    assert 'id="row-1"' not in page
    assert "请核对年龄和身份证号的出生年份" in page


def test_a_number_typed_anew_is_checked_and_the_row_becomes_ready(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    row = desk.form("09-messy.xlsx").rows.get(number=6)
    wrong = said(desk.post("09-messy.xlsx", "row-mend", 6, name="student_id_number", text="450499200003030001"))
    assert "还有要改的" in wrong
    assert "末位校验不对" in wrong
    right = said(desk.post("09-messy.xlsx", "row-mend", 6, name="student_id_number", text=GIRL))
    row.refresh_from_db()
    assert (row.status, "第 6 行改好了" in right) == (READY, True), row.content.plain()


def test_a_value_that_the_form_does_not_have_is_not_there(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    assert desk.post("09-messy.xlsx", "row-mend", 4, name="status", text="x").status_code == 404
    assert desk.post("09-messy.xlsx", "row-mend", 99, name="student_age", text="19").status_code == 404


def test_the_good_rows_are_taken_and_taking_is_undone(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    assert "收下了 4 行" in said(desk.post("09-messy.xlsx", "form-take"))
    assert statuses(desk.form("09-messy.xlsx")).count(ACCEPTED) == 4
    assert "已经收了" in said(desk.post("09-messy.xlsx", "row-mend", 4, name="student_age", text="19"))
    assert "撤回了 4 行" in said(desk.post("09-messy.xlsx", "form-undo"))
    assert statuses(desk.form("09-messy.xlsx")).count(READY) == 4
    assert "没有可以撤回的行" in said(desk.post("09-messy.xlsx", "form-undo"))


def test_a_lost_number_is_put_in_from_the_file_when_a_person_confirms(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("06-numbers-lost.xlsx")
    page = said(desk.page("06-numbers-lost.xlsx"))
    assert "核对无误，补上" in page
    assert statuses(desk.form("06-numbers-lost.xlsx")) == [WAITING] * 3
    desk.post("06-numbers-lost.xlsx", "row-confirm", row="1")
    assert statuses(desk.form("06-numbers-lost.xlsx"))[0] == READY
    assert "没有待确认的号码" in said(desk.post("06-numbers-lost.xlsx", "row-confirm", row="1"))


def unknown_unit():
    book = openpyxl.load_workbook(EXAMPLE / "forms" / "01-as-printed.xlsx")
    for cells in book.worksheets[0].iter_rows(max_row=4):
        for cell in cells:
            if isinstance(cell.value, str) and "藤县糖业公司工会" in cell.value:
                cell.value = cell.value.replace("藤县糖业公司工会", "糖厂")
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("unknown.xlsx", out.getvalue())


def test_the_unit_of_a_form_is_named_and_its_rows_become_ready(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in(unknown_unit())
    assert "单位表里没有“糖厂”" in said(desk.page("unknown.xlsx"))
    assert statuses(desk.form("unknown.xlsx")) == [WAITING] * 6
    assert "单位表里没有“没有这家”" in said(desk.post("unknown.xlsx", "form-unit", unit="没有这家"))
    assert "记下了" in said(desk.post("unknown.xlsx", "form-unit", unit="藤县糖业公司工会"))
    assert statuses(desk.form("unknown.xlsx")) == [READY] * 6


def test_a_preparer_names_no_unit_of_somebody_else(desk, work):
    desk.sign_in(work.lu)
    desk.hand_in(unknown_unit())
    assert "不归您管" in said(desk.post("unknown.xlsx", "form-unit", unit="岑溪市供水公司工会"))
    assert desk.form("unknown.xlsx").unit is None
