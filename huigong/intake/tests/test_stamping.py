"""The code of a printed page: it holds no data, and says which row and which column were changed since."""

import pytest

from huigong.annexes.tests.forms import ROW, changed
from huigong.circulars import queries
from huigong.intake import actions
from huigong.intake.stamping import ROWS_A_CODE, compared, printed, texts_of


@pytest.fixture
def definition(campaign):
    return queries.circular_of(campaign).form


@pytest.fixture
def form(give, unit, files):
    return give(ROW, changed(student_name="韦小雪"))


@pytest.fixture
def long(give, unit, files):
    return give(*(changed(student_name=f"韦小{chr(0x4E00 + number)}") for number in range(ROWS_A_CODE + 2)))


def mend(form, number, name, text, definition, at):
    row = form.rows.get(number=number)
    actions.mend_cells(row, {name: text}, version=row.version, definition=definition, officer="黄", at=at)


def test_the_same_data_is_the_same(form, definition):
    assert compared(printed(form, definition).codes, form, definition).outcome == "same"


def test_one_changed_cell_is_named_by_its_row_and_column(form, definition, at):
    codes = printed(form, definition).codes
    mend(form, 1, "phone", "13811111111", definition, at)
    found = compared(codes, form, definition)
    assert (found.outcome, found.rows, found.columns) == ("changed", (1,), ("phone",))


def test_changed_and_changed_back_is_the_same(form, definition, at):
    codes, before = printed(form, definition), texts_of(form, definition)[1]["phone"]
    mend(form, 1, "phone", "13811111111", definition, at)
    assert printed(form, definition).short != codes.short
    mend(form, 1, "phone", before, definition, at)
    assert compared(codes.codes, form, definition).outcome == "same"


def test_nothing_of_the_data_stands_in_the_code(form, definition):
    (code,) = printed(form, definition).codes
    texts = {text for row in texts_of(form, definition).values() for text in row.values() if len(text) > 3}
    assert texts
    assert not [text for text in texts if text in code]
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.")


@pytest.mark.parametrize("codes", [[], ["https://example.org"], ["HG1/x"]])
def test_a_page_without_a_code_of_ours(form, definition, codes):
    assert compared(codes, form, definition).outcome == "no_code"


def test_a_code_of_another_form(form, definition):
    (code,) = printed(form, definition).codes
    head, _own, *rest = code.split("/")
    assert compared(["/".join([head, "A" * 26, *rest])], form, definition).outcome == "other_form"


def test_a_code_that_somebody_altered_is_not_ours(form, definition):
    (code,) = printed(form, definition).codes
    altered = code[:-12] + ("A" if code[-12] != "A" else "B") + code[-11:]
    assert compared([altered], form, definition).outcome == "foreign"


def test_a_form_of_many_rows_has_several_codes_and_a_missing_one_is_told(long, definition):
    codes = printed(long, definition).codes
    assert len(codes) == -(-long.rows.count() // ROWS_A_CODE) > 1
    assert compared(codes, long, definition).outcome == "same"
    assert compared(reversed(codes), long, definition).outcome == "same"
    assert compared(codes[:1], long, definition).outcome == "incomplete"
