"""交表 in the browser's words: who may, what is said of good and bad files, mending, taking, giving back."""

import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.intake.lifecycle import ACCEPTED, READY, RETURNED, WAITING
from huigong.intake.models import FormReceived
from huigong.organisations import actions as organisations
from huigong.values.resident_id import check_digit
from huigong.web import uploads
from huigong.web.console import revealing
from huigong.web.tests.campaign_at_work import EXAMPLE, empty_campaign

BACKEND = "django.contrib.auth.backends.ModelBackend"
GIRL = "45049919990303024" + check_digit("45049919990303024")
POSTS = {
    "form-take": {},
    "form-undo": {},
    "form-unit": {"unit": "x"},
    "form-annotated": {},
    "row-mend": {"name": "student_age", "text": "19"},
    "row-confirm": {"row": "1"},
    "row-reveal": {"cell": "1:parent_id_number", "purpose": "compare_with_card"},
}


@pytest.fixture
def work(db, at):
    return empty_campaign(at)


@pytest.fixture
def desk(client, work):
    """Signs an officer in and hands files in, as a form without scripts does."""

    class Desk:
        address = reverse("forms-hand-in", args=[work.campaign.code])
        home = reverse("forms", args=[work.campaign.code])

        def sign_in(self, officer):
            client.force_login(officer, backend=BACKEND)
            return client

        def hand_in(self, *files, **more):
            chosen = [file if hasattr(file, "read") else example(file) for file in files]
            return client.post(self.address, {"chosen": chosen, **more}, follow=True)

        def form(self, name):
            return FormReceived.objects.get(name=name)

        def page(self, name, **asked):
            return client.get(reverse("form", args=[self.form(name).pk]), asked)

        def post(self, file, address, number=None, /, **data):
            words = [self.form(file).pk] + ([number] if number else [])
            return client.post(reverse(address, args=words), data, follow=True)

    return Desk()


def example(name):
    return SimpleUploadedFile(name, (EXAMPLE / "forms" / name).read_bytes())


def statuses(form):
    return list(form.rows.values_list("status", flat=True))


def officer(role, where, at, name="辛"):
    return organisations.add_officer(name, role=role, organisation=where, by="system", at=at)


def said(answer):
    return answer.content.decode()


# who may


@pytest.mark.parametrize("role", ["approver", "finance", "auditor", "administrator"])
def test_who_neither_prepares_nor_verifies_only_looks(desk, work, at, role):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client = desk.sign_in(officer(role, work.city, at))
    pages = [client.get(desk.home), desk.page("09-messy.xlsx")]
    assert [page.status_code for page in pages] == [200, 200]
    assert "<form class" not in said(pages[0])
    assert 'name="text"' not in said(pages[1])
    answers = {
        name: desk.post("09-messy.xlsx", name, 1 if name == "row-mend" else None, **data)
        for name, data in POSTS.items()
    }
    answers["forms-hand-in"] = desk.hand_in("01-as-printed.xlsx")
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 403)


@pytest.mark.parametrize("who", ["lu", "huang"])
def test_a_preparer_and_a_verifier_hand_in_mend_and_take(desk, work, who):
    desk.sign_in(getattr(work, who))
    desk.hand_in("01-as-printed.xlsx")
    assert desk.post("01-as-printed.xlsx", "row-mend", 1, name="phone", text="13800000000").status_code == 200
    desk.post("01-as-printed.xlsx", "form-take")
    assert statuses(desk.form("01-as-printed.xlsx")) == [ACCEPTED] * 6


def test_a_preparer_does_not_see_the_form_of_another_unit(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client = desk.sign_in(work.lu)
    assert "09-messy" not in said(client.get(desk.home))
    assert desk.page("09-messy.xlsx").status_code == 404
    for name, data in POSTS.items():
        assert desk.post("09-messy.xlsx", name, 1 if name == "row-mend" else None, **data).status_code == 404, name


def test_an_officer_of_another_city_finds_nothing(desk, work, mo):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client = desk.sign_in(mo)
    assert client.get(desk.home).status_code == 404
    assert desk.page("09-messy.xlsx").status_code == 404
    assert desk.hand_in("01-as-printed.xlsx").status_code == 404
    assert FormReceived.objects.count() == 1


def test_a_get_changes_nothing(desk, work):
    client = desk.sign_in(work.huang)
    assert client.get(desk.address).status_code == 405


# handing in


def test_what_was_read_is_counted_and_what_was_not_says_why(desk, work):
    desk.sign_in(work.huang)
    page = said(
        desk.hand_in(
            "01-as-printed.xlsx", "09-messy.xlsx", SimpleUploadedFile("bad.xls", b"<html><table></table></html>")
        )
    )
    assert "读了 2 份，共 12 行：10 行可以收，2 行还要改或等人核实。" in page
    assert "bad.xls：这不是能读的登记表文件" in page
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
    assert answer.templates[0].name == "console/forms_outcomes.html"
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


# one form


def test_the_sheet_says_where_it_was_read_and_masks_every_number(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    page = said(desk.page("09-messy.xlsx"))
    assert "我读到了 6 行" in page
    assert "表“登记表”第 6–13 行" in page
    assert "12 栏认出 12 栏" in page
    plain = [row.content.plain() for row in desk.form("09-messy.xlsx").rows.all()]
    book = openpyxl.load_workbook(EXAMPLE / "forms" / "09-messy.xlsx")
    numbers = {number for text in plain for number in _numbers(text)}
    assert len(numbers) > 10
    assert [number for number in numbers if number in page] == []
    assert book.sheetnames


def _numbers(text):
    values = json.loads(text)["values"]
    return [values[name] for name in ("parent_id_number", "student_id_number", "phone") if values[name]]


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


# a number shown


def test_a_number_is_shown_for_a_while_and_that_is_recorded(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    answer = desk.post("09-messy.xlsx", "row-reveal", cell="1:parent_id_number", purpose="compare_with_card")
    number = _numbers(desk.form("09-messy.xlsx").rows.get(number=1).content.plain())[0]
    assert number in said(answer)
    assert answer["Refresh"].startswith(f"{revealing.SECONDS};")
    (event,) = audit.last_of("field.revealed").values()
    assert event.actor == work.huang.username
    assert event.payload == {"kind": "resident_id", "purpose": "compare_with_card"}
    assert event.subject.endswith(":1:parent_id_number")


@pytest.mark.parametrize(
    ("cell", "purpose"),
    [("1:student_name", "compare_with_card"), ("1:parent_id_number", "curiosity"), ("99:phone", "compare_with_card")],
)
def test_nothing_else_is_shown_and_for_no_other_purpose(desk, work, cell, purpose):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    assert desk.post("09-messy.xlsx", "row-reveal", cell=cell, purpose=purpose).status_code == 404
    assert audit.last_of("field.revealed") == {}


# given back


@pytest.mark.parametrize("name", ["09-messy.xlsx", "04-old-excel.xls", "02-word.docx", "07-gbk.csv"])
def test_the_annotated_form_opens_and_says_what_it_is(desk, work, name):
    desk.sign_in(work.huang)
    desk.hand_in(name)
    answer = desk.post(name, "form-annotated")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert "怎么改" in book.sheetnames
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    assert "%E5%B8%A6%E6%89%B9%E6%B3%A8" in answer["Content-Disposition"]
    assert [event.actor for event in audit.last_of("form.returned").values()] == [work.huang.username]


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


# both languages, and how often the database is asked


def test_the_pages_speak_english_throughout(desk, work):
    client = desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client.post(reverse("language"), {"language": "en"})
    page = said(desk.page("09-messy.xlsx"))
    for words in ("I read 6 rows", "Take 4 good rows", "Mend first", "Download with remarks (2 rows)"):
        assert words in page
    assert "Hand in" in said(client.get(desk.home))


def test_more_forms_and_more_rows_ask_the_database_no_more_often(desk, work, django_assert_num_queries):
    client = desk.sign_in(work.huang)
    desk.hand_in("02-word.docx")
    with django_assert_num_queries(LIST_QUERIES):
        client.get(desk.home)
    with django_assert_num_queries(FORM_QUERIES):
        desk.page("02-word.docx")
    desk.hand_in("01-as-printed.xlsx", "09-messy.xlsx")
    with django_assert_num_queries(LIST_QUERIES):
        client.get(desk.home)
    with django_assert_num_queries(FORM_QUERIES):
        desk.page("09-messy.xlsx")


LIST_QUERIES, FORM_QUERIES = 9, 11
