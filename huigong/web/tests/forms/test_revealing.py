"""A masked number is shown for a while, for a purpose, and that is recorded."""

import pytest

from huigong.audit import queries as audit
from huigong.web.console.forms import revealing
from huigong.web.tests.forms.desk import numbers_of, said


def test_a_number_is_shown_for_a_while_and_that_is_recorded(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    answer = desk.post("09-messy.xlsx", "row-reveal", cell="1:parent_id_number", purpose="compare_with_card")
    number = numbers_of(desk.form("09-messy.xlsx").rows.get(number=1).content.plain())[0]
    assert number in said(answer)
    assert answer["Refresh"].startswith(f"{revealing.SECONDS};")
    (event,) = audit.told_of("field.revealed")
    assert event.actor == work.huang.username
    assert event.payload == {"kind": "resident_id", "purpose": "compare_with_card"}
    assert event.subject.endswith(":1:parent_id_number")


@pytest.mark.parametrize(
    ("cell", "purpose"),
    [("1:student_name", "compare_with_card"), ("1:parent_id_number", "curiosity"), ("99:phone", "compare_with_card")],
)
def test_nothing_else_is_shown_and_for_no_other_purpose(desk, work, cell, purpose):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    assert desk.post("09-messy.xlsx", "row-reveal", cell=cell, purpose=purpose).status_code == 404
    assert list(audit.told_of("field.revealed")) == []
