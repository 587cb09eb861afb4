"""A number that a spreadsheet lost is proposed out of the household file where two marks agree; only a person confirms it."""

import pytest

from huigong.annexes.tests.forms import CHILD, FORM, PARENT, ROW, SISTER, changed
from huigong.audit import queries as audit
from huigong.intake import actions
from huigong.intake.contents import row_read
from huigong.registry.actions import amend_member
from huigong.registry.models import Member
from huigong.values.sentence import SaidError

FLOAT = 450422199901010000.0


def confirm(row, at):
    return actions.confirm_repair(row, definition=FORM, officer="huang", at=at)


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        ({"student_id_number": FLOAT}, (PARENT, CHILD)),
        ({"parent_id_number": FLOAT}, (PARENT, CHILD)),
        ({"parent_id_number": FLOAT, "student_id_number": FLOAT}, (PARENT, CHILD)),
    ],
)
def test_a_person_confirms_a_number_out_of_the_file(give, unit, files, at, cells, numbers):
    row = give(changed(**cells)).rows.get()
    ready = confirm(row, at)
    values = row_read(ready).values
    assert (values["parent_id_number"], values["student_id_number"]) == numbers
    assert (ready.status, ready.waits_for, ready.proposal) == ("ready", "", None)
    events = audit.history(actions.row_reference(row.form, 1))
    assert [event.action for event in events] == ["row.received", "row.repaired", "row.mended"]
    assert (events[1].actor, events[1].payload["file"]) == ("huang", "GX0001")


@pytest.mark.parametrize(
    "cells",
    [
        {"parent_name": "韦秀芳"},
        {"student_name": "韦小山"},
        {"parent_id_number": FLOAT, "phone": "13700000000", "certificate_no": "别的", "student_name": "韦小山"},
    ],
)
def test_nothing_is_proposed_where_name_and_a_second_mark_do_not_agree(give, unit, files, cells):
    row = give(changed(**({"parent_id_number": FLOAT, "student_id_number": FLOAT} | cells))).rows.get()
    assert (row.status, row.proposal) == ("returned", None)


def test_nothing_is_proposed_out_of_another_citys_files(give, unit, files, other_city):
    from_elsewhere = Member.objects.first().household
    from_elsewhere.federation = other_city
    from_elsewhere.save()
    assert give(changed(student_id_number=FLOAT)).rows.get().status == "returned"


def test_a_file_that_changed_since_is_not_confirmed(give, unit, files, at):
    row = give(changed(student_id_number=FLOAT)).rows.get()
    amend_member(Member.objects.get(name="韦小雨"), "id_number", SISTER, officer="huang", at=at)
    with pytest.raises(SaidError) as refused:
        confirm(row, at)
    assert refused.value.sentence.code == "repair_stale"


def test_where_nothing_is_proposed_nothing_is_confirmed(give, unit, at):
    with pytest.raises(SaidError) as refused:
        confirm(give(ROW).rows.get(), at)
    assert refused.value.sentence.code == "nothing_to_confirm"
