"""Only rows that are ready are taken; taking can be undone until a row is a case."""

import pytest

from huigong.annexes.tests.forms import FORM, ROW, changed
from huigong.audit import queries as audit
from huigong.intake import actions
from huigong.values.sentence import SaidError


def test_only_ready_rows_are_taken_and_taking_can_be_undone(give, unit, at):
    form = give(ROW, changed(student_id_number="1"))
    assert actions.accept_rows(form.rows.all(), officer="huang", at=at) == 1
    assert [row.status for row in form.rows.order_by("number")] == ["accepted", "returned"]
    assert actions.undo_accept(form.rows.all(), officer="huang", at=at) == 1
    assert [row.status for row in form.rows.order_by("number")] == ["ready", "returned"]
    events = [event.action for event in audit.history(actions.row_reference(form, 1))]
    assert events == ["row.received", "row.accepted", "row.undone"]


def test_a_case_is_not_undone(give, unit, at):
    row = give(ROW, good_rows="accepted").rows.get()
    actions.mark_submitted([row], {row.pk: "SA-450422-2017-00001"}, officer="huang", at=at)
    with pytest.raises(SaidError, match=r"已立案.*申请") as refused:
        actions.undo_accept([row], officer="huang", at=at)
    assert refused.value.sentence.code == "row_is_case"
    assert row.form.rows.get().status == "submitted"


def test_what_is_no_case_yet_is_undone_beside_one_that_is(give, unit, at):
    form = give(ROW, changed(phone="13900000000"), good_rows="accepted")
    first = form.rows.get(number=1)
    actions.mark_submitted([first], {first.pk: "SA-450422-2017-00001"}, officer="huang", at=at)
    assert actions.undo_accept(form.rows.all(), officer="huang", at=at) == 1
    assert [row.status for row in form.rows.order_by("number")] == ["submitted", "ready"]


def test_a_case_is_not_mended_and_undoing_is_not_offered_for_it(give, unit, at):
    row = give(ROW, good_rows="accepted").rows.get()
    actions.mark_submitted([row], {row.pk: "SA-450422-2017-00001"}, officer="huang", at=at)
    with pytest.raises(SaidError, match="已立案") as refused:
        actions.mend_cells(row, {"phone": "13900000000"}, version=row.version, definition=FORM, officer="huang", at=at)
    assert "先撤回" not in refused.value.sentence.zh
