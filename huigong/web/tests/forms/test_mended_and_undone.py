"""交表: taking is undone until a row is a case, and a row says what was mended here when a corrected copy came."""

from django.urls import reverse

from huigong.intake import actions as intake
from huigong.intake.models import FormReceived
from huigong.studentaid import actions as studentaid

NAME = "05-own-order.xlsx"


def test_rows_that_are_cases_are_not_offered_for_undoing_and_undoing_is_refused(desk, work, at):
    client = desk.sign_in(work.huang)
    desk.hand_in(NAME)
    desk.post(NAME, "form-take")
    form = FormReceived.objects.get(name=NAME)
    assert reverse("form-undo", args=[form.pk]) in desk.page(NAME).content.decode()

    studentaid.submit(form, officer=work.huang.username, at=at)
    assert reverse("form-undo", args=[form.pk]) not in desk.page(NAME).content.decode()
    answer = client.post(reverse("form-undo", args=[form.pk]), follow=True).content.decode()
    assert "已立案，不能撤回" in answer
    assert set(form.rows.values_list("status", flat=True)) == {"submitted"}


def test_a_row_says_in_words_what_was_mended_here_and_when(desk, work, at):
    desk.sign_in(work.huang)
    desk.hand_in(NAME)
    form = FormReceived.objects.get(name=NAME)
    definition = work.circular.form
    row = form.rows.order_by("number").first()
    intake.mend_cells(
        row, {"phone": "13900000000"}, version=row.version, definition=definition, officer=work.huang.username, at=at
    )
    page = desk.page(NAME).content.decode()
    assert "2017-08-07 在系统里改过" in page
    assert "13900000000" not in page
