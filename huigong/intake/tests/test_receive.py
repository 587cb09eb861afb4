"""Receiving a form: once for the same bytes, each row where it belongs, a corrected copy in the place of what it corrects."""

import openpyxl
import pytest

from huigong.annexes.tests.forms import CHILD, PARENT, ROW, SISTER, changed
from huigong.audit import queries as audit
from huigong.intake import actions
from huigong.intake.contents import row_read
from huigong.intake.models import FormReceived, FormRow
from huigong.intake.tests.copies import corrected
from huigong.organisations import actions as organisations
from huigong.registry.tests.stored import everything_stored

FLOAT = 450422199901010000.0
SECOND = changed(student_name="韦小云", student_id_number=SISTER, student_age="16")
BAD = changed(student_name="韦小云", student_id_number="450422200103050021", student_age="16")


def where(form):
    return [(row.number, row.status) for row in form.rows.order_by("number")]


def test_rows_stand_where_they_belong(give, unit):
    form = give(ROW, BAD)
    assert (form.unit, form.outcome, form.name) == (unit, "read", "名单.xlsx")
    assert where(form) == [(1, "ready"), (2, "returned")]
    first = form.rows.get(number=1)
    assert (first.student_name, first.errors) == ("韦小雨", 0)
    assert row_read(first).values["student_id_number"] == CHILD
    events = audit.history(actions.row_reference(form, 2))
    assert [(event.action, event.payload["to"]) for event in events] == [("row.received", "returned")]


def test_good_rows_may_be_taken_at_once(give, unit):
    assert where(give(ROW, BAD, good_rows="accepted")) == [(1, "accepted"), (2, "returned")]


def test_the_same_bytes_come_once_under_whatever_name(give, unit, tmp_path):
    form = give(ROW)
    events = audit.count()
    (tmp_path / "again.xlsx").write_bytes((tmp_path / "名单.xlsx").read_bytes())
    assert give(path=tmp_path / "again.xlsx") == form
    assert (FormReceived.objects.count(), FormRow.objects.count(), audit.count()) == (1, 1, events)


def test_what_cannot_be_read_is_kept_and_refused(give, tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    form = give(path=tmp_path / "empty.xlsx")
    assert (form.outcome, form.rows.count()) == ("refused", 0)
    assert audit.history(actions.form_reference(form))[-1].payload["refused"] == "empty"


def test_a_form_of_a_unit_that_is_not_known_waits(give):
    form = give(ROW)
    assert (form.unit, form.unit_name) == (None, "藤县糖业有限公司工会")
    assert [(row.status, row.waits_for) for row in form.rows.all()] == [("waiting", "unit_unknown")]


@pytest.mark.parametrize("good", ["ready", "accepted"])
def test_it_goes_on_when_it_comes_again_and_the_unit_is_known(give, at, tmp_path, good):
    give(ROW)
    organisations.import_units([organisations.UnitRow("藤县糖业有限公司工会", "450422")], officer="system", at=at)
    form = give(path=tmp_path / "名单.xlsx", good_rows=good)
    assert (form.unit.name, where(form)) == ("藤县糖业有限公司工会", [(1, good)])


def test_a_lost_number_that_the_file_supplies_waits_for_a_person(give, unit, files):
    form = give(changed(student_id_number=FLOAT))
    (row,) = form.rows.all()
    assert (row.status, row.waits_for, row.student_index) == ("waiting", "id_lost", "")
    assert CHILD in row.proposal.plain()
    assert row_read(row).values["student_id_number"] is None


def test_a_corrected_copy_replaces_what_was_open_and_leaves_what_was_taken(give, unit, at, tmp_path, annotated):
    form = give(ROW, BAD)
    actions.accept_rows(form.rows.filter(number=1), officer="lu", at=at)
    back = annotated(form, tmp_path / "名单.xlsx")
    copy = give(path=corrected(back, K6=SISTER))
    assert copy.corrects == form
    assert (copy.name, where(form), where(copy)) == ("名单.xlsx", [(1, "accepted"), (2, "replaced")], [(2, "ready")])


def test_rows_that_a_copy_leaves_out_stay(give, unit, tmp_path, annotated):
    form = give(ROW, BAD)
    back = annotated(form, tmp_path / "名单.xlsx")
    corrected(back, K6=SISTER)
    book = openpyxl.load_workbook(back)
    book["登记表"].delete_rows(5)
    book.save(back)
    copy = give(path=back)
    assert (where(form), where(copy)) == ([(1, "ready"), (2, "replaced")], [(1, "ready")])
    # Its first row is the other's second, so papers must not follow the number.
    assert copy.name == "名单 (2).xlsx"


def test_a_second_round_knows_the_first(give, unit, at, tmp_path, annotated):
    form = give(ROW, BAD)
    actions.accept_rows(form.rows.filter(number=1), officer="lu", at=at)
    first = annotated(form, tmp_path / "名单.xlsx")
    corrected(first, K6="450422200103050032")
    second = give(path=first)
    assert where(second) == [(2, "returned")]
    third = give(path=corrected(annotated(second, first, "again"), K6=SISTER))
    assert (third.corrects, where(second), where(third)) == (second, [(2, "replaced")], [(2, "ready")])
    # The first annotated copy, mended once more in the same way: both its rows were taken by now.
    actions.accept_rows(third.rows.all(), officer="lu", at=at)
    fourth = give(path=corrected(annotated(form, tmp_path / "名单.xlsx", "more"), K6=SISTER))
    assert (fourth.corrects, where(third), where(fourth)) == (form, [(2, "accepted")], [])


def test_another_units_mark_corrects_nothing(give, unit, at, tmp_path, annotated):
    form = give(ROW)
    organisations.import_units([organisations.UnitRow("藤县松脂厂工会", "450422")], officer="system", at=at)
    forged = give(path=corrected(annotated(form, tmp_path / "名单.xlsx"), A2="单位：藤县松脂厂工会"))
    assert (forged.unit.name, forged.corrects, where(form)) == ("藤县松脂厂工会", None, [(1, "ready")])


def test_a_copy_keeps_the_unit_that_was_named_by_hand(give, city, at, tmp_path, annotated):
    form = give(BAD)
    organisations.import_units([organisations.UnitRow("藤县糖厂工会", "450422")], officer="system", at=at)
    named = city.children.get().children.get()
    actions.name_unit(form, named, officer="huang", at=at)
    copy = give(path=corrected(annotated(form, tmp_path / "名单.xlsx"), K5=SISTER))
    assert (copy.unit, where(copy)) == (named, [(1, "ready")])


def test_a_second_form_of_the_same_name_has_a_name_of_its_own(give, unit):
    names = [give(row).name for row in (ROW, SECOND, changed(phone="13900000000"))]
    assert names == ["名单.xlsx", "名单 (2).xlsx", "名单 (3).xlsx"]


def test_no_number_or_phone_stands_in_the_database_or_beside_it(give, unit, files, settings):
    give(ROW, changed(student_id_number=FLOAT))
    stored = everything_stored()
    kept = b"".join(path.read_bytes() for path in settings.HUIGONG_HOME.rglob("*") if path.is_file())
    assert kept
    assert [text for text in (PARENT, CHILD, "13800000000") if text.encode() in stored + kept] == []
