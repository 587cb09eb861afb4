"""Papers are noted once, corrected when the table says else, and count for the right form and row only."""

from datetime import date

import openpyxl
import pytest

from huigong.annexes.tests.forms import ROW, SISTER, changed
from huigong.audit import queries as audit
from huigong.intake import actions, queries
from huigong.intake.actions import PaperLine
from huigong.intake.models import Paper

BAD = changed(student_name="韦小云", student_id_number="450422200103050021", student_age="16")


def line(row, kind, *, seen=True, kept=True, form="名单.xlsx"):
    return PaperLine(form, row, kind, seen, kept, "黄", date(2017, 8, 7))


@pytest.fixture
def note(campaign, at):
    return lambda *lines: actions.note_papers(campaign, lines, officer="huang", at=at)


def test_the_same_table_changes_nothing_and_a_corrected_line_one(note):
    table = [line(0, "stamped_form"), line(1, "benefit_card_copy")]
    assert note(*table) == 2
    events = audit.count()
    assert (note(*table), audit.count()) == (0, events)
    assert note(table[0], line(1, "benefit_card_copy", kept=False)) == 1
    assert Paper.objects.count() == 2


def test_a_line_that_stands_twice_is_noted_as_it_stands_last(note, campaign):
    assert note(line(1, "enrolment_proof", kept=False), line(1, "enrolment_proof")) == 1
    assert queries.papers_of(campaign) == {("名单.xlsx", 1): {"enrolment_proof"}}


@pytest.mark.parametrize(
    ("kind", "seen", "kept", "counts"),
    [
        ("admission_letter", True, True, True),
        ("admission_letter", False, True, False),
        ("admission_letter", True, False, False),
        ("benefit_card_copy", False, True, True),
        ("benefit_card_copy", True, False, False),
        ("enrolment_proof", False, True, True),
        ("stamped_form", True, False, True),
        ("stamped_form", False, True, True),
        ("stamped_form", False, False, False),
    ],
)
def test_which_papers_count(note, campaign, kind, seen, kept, counts):
    note(line(1, kind, seen=seen, kept=kept))
    assert queries.papers_of(campaign) == ({("名单.xlsx", 1): {kind}} if counts else {})


def test_a_second_form_of_the_same_name_has_none_of_the_firsts_papers(note, campaign, give, unit):
    first, second = give(ROW), give(changed(phone="13900000000"))
    note(line(0, "stamped_form"), line(1, "benefit_card_copy"))
    papers = queries.papers_of(campaign)
    assert papers[first.name, 1] == {"benefit_card_copy"}
    assert {key for key in papers if key[0] == second.name} == set()


def test_a_corrected_copy_has_the_papers_of_the_same_student(note, campaign, give, unit, annotated, tmp_path):
    """The unit takes out the first row and mends the second: the second's papers go with the student, not with the number."""
    form = give(ROW, BAD)
    note(line(0, "stamped_form"), line(1, "admission_letter"), line(2, "enrolment_proof"))
    back = annotated(form, tmp_path / "名单.xlsx")
    book = openpyxl.load_workbook(back)
    book["登记表"]["K6"] = SISTER
    book["登记表"].delete_rows(5)
    book.save(back)
    copy = give(path=back)
    papers = queries.papers_of(campaign)
    assert (papers[copy.name, 0], papers[copy.name, 1]) == ({"stamped_form"}, {"enrolment_proof"})
