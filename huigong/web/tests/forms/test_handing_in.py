"""Handing in: each file says what was read, or why it was not."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from huigong.intake.models import FormReceived
from huigong.web import uploads
from huigong.web.tests.campaign_at_work import EXAMPLE
from huigong.web.tests.forms.desk import example, said


def test_what_was_read_is_counted_and_what_was_not_says_why(desk, work):
    desk.sign_in(work.huang)
    page = said(
        desk.hand_in(
            "01-as-printed.xlsx", "09-messy.xlsx", SimpleUploadedFile("bad.xls", b"<html><table></table></html>")
        )
    )
    assert "读了 2 份，共 12 行：10 行可以收，2 行还要改或等人核实。" in page
    assert "bad.xls：这不是能读的表格文件" in page
    assert desk.form("bad.xls").outcome == FormReceived.Outcome.REFUSED
    assert "另存为 .xlsx 或 .docx 再交来" in said(desk.page("bad.xls"))


def test_a_zip_bomb_and_an_empty_file_are_refused_with_their_sentences(desk, work):
    bomb = BytesIO()
    with ZipFile(bomb, "w", compression=8) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 70_000_000)
        archive.writestr("[Content_Types].xml", b"")
    desk.sign_in(work.huang)
    page = said(desk.hand_in(SimpleUploadedFile("bomb.xlsx", bomb.getvalue()), SimpleUploadedFile("none.xlsx", b"")))
    assert "bomb.xlsx：文件太大" in page
    assert "none.xlsx：文件是空的" in page


def test_the_same_file_twice_is_received_once(desk, work):
    desk.sign_in(work.huang)
    first = said(desk.hand_in("01-as-printed.xlsx", "01-as-printed.xlsx"))
    again = said(desk.hand_in("01-as-printed.xlsx"))
    assert "这个文件交过了" in first
    assert "这个文件交过了" in again
    assert FormReceived.objects.count() == 1


def test_a_file_that_another_unit_sent_is_told_without_a_way_to_it(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client = desk.sign_in(work.lu)
    answer = client.post(desk.address, {"chosen": example("09-messy.xlsx")}, headers={"X-Requested-With": "drop"})
    assert "这个文件交过了" in said(answer)
    assert "href" not in said(answer)


def test_no_file_and_too_many_files_are_said_and_nothing_is_received(desk, work, monkeypatch):
    client = desk.sign_in(work.huang)
    assert "还没有选文件" in said(client.post(desk.address, follow=True))
    monkeypatch.setattr(uploads, "MAX_FILES", 1)
    assert "一次最多交 1 个文件，这里有 2 个" in said(desk.hand_in("01-as-printed.xlsx", "09-messy.xlsx"))
    assert FormReceived.objects.count() == 0


def test_a_body_that_is_too_large_is_said_and_nothing_is_received(desk, work, monkeypatch):
    desk.sign_in(work.huang)
    monkeypatch.setattr(uploads, "MAX_TOTAL", 1000)
    assert "一个也没有收" in said(desk.hand_in("01-as-printed.xlsx"))
    assert FormReceived.objects.count() == 0


def test_a_script_gets_the_outcome_of_one_file(desk, work):
    client = desk.sign_in(work.huang)
    answer = client.post(desk.address, {"chosen": example("09-messy.xlsx")}, headers={"X-Requested-With": "drop"})
    assert answer.templates[0].name == "forms/forms_outcomes.html"
    assert "3 行可收" in said(answer)
    assert "1 行看一眼" in said(answer)
    assert "2 行要改" in said(answer)


def test_a_long_name_in_chinese_fits_the_file_system(desk, work):
    long = SimpleUploadedFile("登记表" * 60 + ".xlsx", (EXAMPLE / "forms" / "01-as-printed.xlsx").read_bytes())
    desk.sign_in(work.huang)
    desk.hand_in(long)
    assert FormReceived.objects.get().outcome == FormReceived.Outcome.READ


def test_a_verifier_says_when_a_form_came_and_a_preparer_hands_in_today(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx", received_on="2017-08-07")
    desk.sign_in(work.lu)
    desk.hand_in("01-as-printed.xlsx", received_on="2017-08-07")
    assert desk.form("09-messy.xlsx").received_on == date(2017, 8, 7)
    assert desk.form("01-as-printed.xlsx").received_on > date(2017, 8, 7)


def test_nothing_plain_is_left_behind(desk, work, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    desk.post("09-messy.xlsx", "form-annotated")
    assert [path for path in tmp_path.iterdir() if path.name.startswith("huigong-")] == []


def test_an_empty_list_says_what_would_be_here(desk, work):
    assert "还没有收到登记表" in said(desk.sign_in(work.huang).get(desk.home))


def test_a_figure_opens_the_forms_that_it_counts(desk, work):
    client = desk.sign_in(work.huang)
    desk.hand_in("01-as-printed.xlsx", "09-messy.xlsx")
    page = said(client.get(desk.home, {"state": "stop"}))
    assert "09-messy.xlsx" in page
    assert "01-as-printed.xlsx" not in page
