"""A mended cell puts its whole row through every check again; a row that was taken is not changed behind it."""

import pytest

from huigong.annexes.tests.forms import CHILD, FORM, ROW, changed
from huigong.audit import queries as audit
from huigong.intake import actions
from huigong.values.sentence import SaidError

FLOAT = 450422199901010000.0


def mend(row, name, text, at):
    row.refresh_from_db()
    return actions.mend_cells(row, {name: text}, version=row.version, definition=FORM, officer="lu", at=at)


def test_a_mended_cell_puts_the_whole_row_right(give, unit, at):
    row = give(changed(student_id_number="450422199901010021")).rows.get()
    mended = mend(row, "student_id_number", CHILD, at)
    assert (mended.status, mended.errors, mended.student_index != "") == ("ready", 0, True)
    assert audit.history(actions.row_reference(row.form, 1))[-1].action == "row.mended"


def test_mending_one_of_two_faults_leaves_it_returned_and_recorded(give, unit, at):
    row = give(changed(student_id_number="450422199901010021", annual_income_per_capita="很少")).rows.get()
    mended = mend(row, "student_id_number", CHILD, at)
    assert (mended.status, mended.errors) == ("returned", 1)
    assert audit.history(actions.row_reference(row.form, 1))[-1].action == "row.mended"


def test_a_good_row_can_be_mended_into_a_bad_one_and_back(give, unit, at):
    row = give(ROW).rows.get()
    assert mend(row, "annual_income_per_capita", "", at).status == "returned"
    assert mend(row, "annual_income_per_capita", "7300", at).status == "ready"


def test_a_look_is_seen_against_the_year_of_the_form(give, unit, at):
    row = give(changed(student_age="12")).rows.get()
    assert (row.status, row.looks) == ("ready", 1)
    assert mend(row, "student_age", "18", at).looks == 0
    assert mend(row, "student_age", "9", at).looks == 1


def test_mending_brings_out_that_only_the_lost_number_is_left(give, unit, files, at):
    row = give(changed(student_id_number=FLOAT, annual_income_per_capita="很少")).rows.get()
    assert row.status == "returned"
    mended = mend(row, "annual_income_per_capita", "7300", at)
    assert (mended.status, mended.waits_for) == ("waiting", "id_lost")


def test_a_row_mended_before_its_unit_is_known_waits_for_that(give, at):
    row = give(changed(student_id_number="450422199901010021")).rows.get()
    mended = mend(row, "student_id_number", CHILD, at)
    assert (mended.status, mended.waits_for) == ("waiting", "unit_unknown")


def test_a_value_that_the_form_does_not_have_is_refused(give, unit, at):
    with pytest.raises(SaidError, match="shoe_size"):
        mend(give(ROW).rows.get(), "shoe_size", "42", at)


def test_a_row_that_was_taken_is_not_mended(give, unit, at):
    row = give(ROW, good_rows="accepted").rows.get()
    with pytest.raises(SaidError) as refused:
        mend(row, "phone", "13900000000", at)
    assert refused.value.sentence.code == "row_taken"
