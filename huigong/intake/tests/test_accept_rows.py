"""Only rows that are ready are taken; taking can be undone until a row is a case."""

from huigong.annexes.tests.forms import ROW, changed
from huigong.audit import queries as audit
from huigong.intake import actions


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
    assert actions.undo_accept([row], officer="huang", at=at) == 0
    assert row.form.rows.get().status == "submitted"
