"""The national system on its pages: files out for a purpose, its export dropped in, differences shown and taken."""

import io
from dataclasses import replace
from datetime import date
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.registry import actions, code_lists, differing, national
from huigong.registry.file_form import form_on
from huigong.registry.models import Household, NationalDump
from huigong.registry.national_sheets import DumpRow
from huigong.registry.tests.lives import drafted
from huigong.web.console.households import dumps_shown

BACKEND = "django.contrib.auth.backends.ModelBackend"
NUMBER = "450422197503064228"


@pytest.fixture
def desk(client, huang, at, on):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    begun = drafted(huang, at)
    actions.amend(begun, "file_status", "在档", officer="lu", at=at)
    on(8, 7)
    client.force_login(huang, backend=BACKEND)

    class Desk:
        pk, number = begun.pk, begun.file_number

        @property
        def file(self):
            return Household.objects.get(pk=self.pk)

        def export(self, which="to-key"):
            return client.post(reverse("national-export"), {"which": which, "purpose": "work"})

        def drop(self, content, name="导出.xlsx"):
            answer = client.post(reverse("national-drop"), {"dump": SimpleUploadedFile(name, content)}, follow=True)
            return unescape(answer.content.decode())

        def post(self, name, **given):
            answer = client.post(reverse(name, args=[NationalDump.objects.get().pk]), given, follow=True)
            return unescape(answer.content.decode())

    return Desk()


def changed(content, heading, text):
    """The export as the national system has it: another text under one heading."""
    book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    page = book["职工"]
    column = next(cell.column for cell in page[1] if cell.value == heading)
    page.cell(2, column).value = text
    book.save(out)
    return out.getvalue()


def test_taking_files_out_is_a_look_that_the_worker_can_be_shown(desk, huang):
    answer = desk.export()
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    (look,) = audit.looks(desk.number)
    assert (look.actor, look.subject) == (huang.username, f"{desk.number}:national")


def test_without_a_purpose_nothing_goes_out(client, desk):
    assert client.post(reverse("national-export"), {"which": "all", "purpose": "curiosity"}).status_code == 404
    assert audit.looks(desk.number) == []


def test_what_differs_is_shown_masked_taken_on_a_tick_and_the_rest_noted_as_keyed(desk):
    content = changed(changed(desk.export().content, "民族", "瑶族"), "身份证号码", NUMBER[:-1] + "1")
    page = desk.drop(content)
    assert "瑶族" in page
    assert "两边不一样" in page
    assert NUMBER not in page
    given = {"file": desk.pk, "version": desk.file.version, "path": "nation"}
    assert "收进档案 1 项" in desk.post("national-take", **given)
    assert "1 户一样的项记作录好" in desk.post("national-agree")
    assert desk.file.keyings.last().keyed.keys() >= {"worker_name", "nation"}
    assert not desk.file.keyings.last().is_whole


def test_a_file_that_agrees_is_keyed_whole_in_one_go(desk):
    assert "一项不差" in desk.drop(desk.export().content)
    assert "1 户全部录完" in desk.post("national-agree")


def test_what_was_keyed_by_hand_stays_keyed_where_the_export_does_not_show_it(desk):
    content = desk.export().content
    form = form_on(timezone.localdate())
    cells = national.cells_of(desk.file, desk.file.members.all(), form, today=timezone.localdate())
    by_hand = actions.note_keyed(desk.file, [cell.path for cell in cells], officer="huang", at=timezone.now())
    assert by_hand.is_whole
    book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    page = book["职工"]
    page.delete_cols(next(cell.column for cell in page[1] if cell.value == "民族"))
    book.save(out)
    desk.drop(out.getvalue())
    desk.post("national-agree")
    assert desk.file.keyings.last() != by_hand
    assert "nation" in desk.file.keyings.last().keyed


def test_nothing_ticked_is_said(desk):
    desk.drop(changed(desk.export().content, "民族", "瑶族"))
    assert "还没有勾" in desk.post("national-take", file=desk.pk, version=desk.file.version)


def test_a_stale_page_writes_nothing(desk):
    desk.drop(changed(desk.export().content, "民族", "瑶族"))
    assert "有人改过" in desk.post("national-take", file=desk.pk, version=0, path="nation")


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "a.xlsx"), (b"\x00\x01", "a.xlsx"), ("甲,乙\n1,2".encode(), "a.csv")]
)
def test_what_is_no_export_says_what_to_do(desk, content, name):
    assert "国家系统导出" in (page := desk.drop(content, name)) or "另存为" in page
    assert not NationalDump.objects.exists()


def test_a_word_of_no_list_is_shown_with_its_line_and_without_one_where_none_was_kept(client, desk, huang, at):
    page = desk.drop(changed(desk.export().content, "政治面貌", "党员"))
    assert "职工表第 2 行：这个词不在代码表“政治面貌”里，最接近的是 中共党员" in page
    (row,) = differing.rows_in(NationalDump.objects.get())
    before = replace(row, place="")
    dump = actions.keep_dump([before], name="早先.xlsx", officer=huang, at=at)
    page = unescape(client.get(reverse("national-dump", args=[dump.pk])).content.decode())
    assert "这个词不在代码表“政治面貌”里，最接近的是 中共党员" in page
    assert "表第" not in page


def test_a_members_word_of_no_list_is_not_sent_to_the_line_of_the_worker():
    field = form_on(date(2017, 8, 7)).field("member", "health")
    word = differing.Difference("members.1.health", "韦小雨", field, "", "糖尿", unlisted=True, near=["糖尿病"])
    row = DumpRow({"worker_name": "韦秀兰"}, (), None, "职工 2")
    (line,) = dumps_shown.shown_of(differing.Compared(row, None, [word])).lines
    assert line.note == "这个词不在代码表“健康状况”里。"  # what is near a hidden word would tell it


def test_another_city_finds_no_dump(client, desk, mo):
    desk.drop(desk.export().content)
    client.force_login(mo, backend=BACKEND)
    assert client.get(reverse("national-dump", args=[NationalDump.objects.get().pk])).status_code == 404


def test_the_page_of_the_file_says_how_much_is_still_to_key(client, desk):
    page = client.get(reverse("household", args=[desk.pk])).content.decode()
    assert "项没录" in page


def test_the_comparison_asks_a_fixed_number_of_times(client, desk, django_assert_max_num_queries):
    desk.drop(desk.export().content)
    with django_assert_max_num_queries(22):
        client.get(reverse("national-dump", args=[NationalDump.objects.get().pk]))
