"""A stamp stands for what stood on the sheet: a row that is mended afterwards is not under it until the sheet comes anew."""

from datetime import date

import openpyxl
import pytest

from huigong.annexes.tests.forms import EXPECTED, FORM, ROW, SISTER, changed
from huigong.audit import queries as audit
from huigong.intake import actions
from huigong.intake.actions import PaperLine

OTHER = changed(student_name="韦小云", student_id_number=SISTER, student_age="16")


@pytest.fixture
def sheet_came(campaign, at):
    line = PaperLine("名单.xlsx", 0, "stamped_form", True, True, "黄", date(2017, 8, 7))
    return lambda: actions.note_papers(campaign, [line], officer="huang", at=at)


@pytest.fixture
def mend(at):
    def mending(row, name, text):
        row.refresh_from_db()
        return actions.mend_cells(row, {name: text}, version=row.version, definition=FORM, officer="lu", at=at)

    return mending


def test_what_is_mended_before_the_sheet_comes_is_under_its_stamp(give, unit, mend, sheet_came):
    row = give(ROW).rows.get()
    mend(row, "phone", "13900000000")
    sheet_came()
    assert mend(row, "phone", "13900000000").unstamped == 0


def test_each_cell_mended_after_the_sheet_came_is_counted_until_it_says_again_what_the_sheet_says(
    give, unit, mend, sheet_came
):
    row = give(ROW).rows.get()
    sheet_came()
    assert mend(row, "student_name", "韦小海").unstamped == 1
    assert mend(row, "phone", "13900000000").unstamped == 2
    assert mend(row, "phone", "13911111111").unstamped == 2
    assert mend(row, "phone", EXPECTED["phone"]).unstamped == 1
    assert mend(row, "student_name", EXPECTED["student_name"]).unstamped == 0


def test_the_sheet_that_comes_anew_stands_for_the_row_as_it_is_then(give, unit, mend, sheet_came, at):
    form = give(ROW, OTHER)
    row = form.rows.first()
    sheet_came()
    mend(row, "student_name", "韦小海")
    assert actions.stamped_anew(form, officer="huang", at=at) == 1
    row.refresh_from_db()
    assert (row.unstamped, row.student_name) == (0, "韦小海")
    assert audit.history(actions.row_reference(form, 1))[-1].action == "row.stamped_anew"
    assert audit.history(actions.row_reference(form, 2))[-1].action == "row.received"
    assert mend(row, "student_name", EXPECTED["student_name"]).unstamped == 1


def test_in_a_corrected_copy_only_who_is_new_and_who_was_mended_are_without_a_stamp(
    give, unit, mend, sheet_came, annotated, tmp_path
):
    bad = changed(student_name="韦小云", student_id_number="450422200103050021", student_age="16")
    form = give(ROW, bad)
    sheet_came()
    mend(form.rows.first(), "phone", "13900000000")
    book = openpyxl.load_workbook(annotated(form, tmp_path / "名单.xlsx"))
    table = book["登记表"]
    table["K6"] = SISTER
    for column in range(1, table.max_column + 1):
        table.cell(7, column, table.cell(5, column).value)
    table["H7"], table["K7"] = "韦小山", "450422199802020013"
    book.save(tmp_path / "back.xlsx")
    copy = give(path=tmp_path / "back.xlsx")
    found = {row.student_name: row.unstamped for row in copy.rows.all()}
    assert found["韦小云"] == 0
    assert found["韦小山"] > 5
