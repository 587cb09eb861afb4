"""哪一栏是什么: a file with headings of its own is read once the clerk has said what they are, and the next one at once."""

import csv
import io
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile

from huigong.annexes.tests.test_naming import NAMES, ROW, STRANGE
from huigong.audit import queries as audit
from huigong.intake.models import HeadingName
from huigong.web.tests.forms.desk import officer, said

FIRST, SECOND = "我们的表.csv", "我们的表二.csv"


def strange(name, student="韦小雨"):
    out = io.StringIO()
    csv.writer(out).writerows([["藤县糖业公司工会"], STRANGE, [*ROW[:2], student, *ROW[3:]]])
    return SimpleUploadedFile(name, out.getvalue().encode())


def fields(**more):
    return {f"field-{number}": NAMES[heading] for number, heading in enumerate(STRANGE)} | more


def test_the_clerk_names_the_columns_and_the_next_file_is_read_at_once(desk, work):
    desk.sign_in(work.lu)
    desk.hand_in(strange(FIRST))
    page = unescape(said(desk.page(FIRST)))
    assert "告诉系统哪一栏是什么" in page
    shown = unescape(said(desk.client.get(f"/forms/{desk.form(FIRST).pk}/columns/")))
    assert "怎么找人" in shown
    assert ROW[1] not in shown
    answer = unescape(said(desk.post(FIRST, "form-columns", **fields())))
    assert "读出来了：1 行" in answer
    assert "我读到了 1 行" in answer
    assert desk.form(FIRST).rows.count() == 1
    desk.hand_in(strange(SECOND, "韦小雪"))
    assert "我读到了 1 行" in unescape(said(desk.page(SECOND)))
    told = audit.history(f"organisation:{work.lu.organisation.code}")
    assert [one.payload["names"] for one in told if one.action == "headings.named"] == [6]


def test_two_columns_are_not_one_field_and_too_few_are_remembered_all_the_same(desk, work):
    desk.sign_in(work.lu)
    desk.hand_in(strange(FIRST))
    twice = fields(**{"field-0": "student_name"})
    assert "有两栏选了同一项" in unescape(said(desk.post(FIRST, "form-columns", **twice)))
    assert not HeadingName.objects.exists()
    answer = unescape(said(desk.post(FIRST, "form-columns", **{"field-2": "student_name", "field-4": "nonsense"})))
    assert "还是读不出行" in answer
    assert list(HeadingName.objects.values_list("heading", "field")) == [("娃娃", "student_name")]
    assert '<option value="student_name" selected>' in answer


def test_another_office_does_not_learn_it_and_a_form_that_was_read_is_not_named_anew(desk, work, at):
    desk.sign_in(work.lu)
    desk.hand_in(strange(FIRST))
    desk.post(FIRST, "form-columns", **fields())
    answer = desk.client.get(f"/forms/{desk.form(FIRST).pk}/columns/")
    assert (answer.status_code, answer["Location"]) == (302, f"/forms/{desk.form(FIRST).pk}/")
    desk.sign_in(officer("preparer", work.city, at))
    desk.hand_in(strange(SECOND, "韦小雪"))
    assert desk.form(SECOND).outcome == "refused"
