"""Who may hand in, mend and take, and whose forms each sees."""

import pytest

from huigong.intake.lifecycle import ACCEPTED
from huigong.intake.models import FormReceived
from huigong.web.tests.forms.desk import officer, said, statuses

POSTS = {
    "form-take": {},
    "form-undo": {},
    "form-unit": {"unit": "x"},
    "form-annotated": {},
    "row-mend": {"name": "student_age", "text": "19"},
    "row-confirm": {"row": "1"},
    "row-reveal": {"cell": "1:parent_id_number", "purpose": "compare_with_card"},
}


@pytest.mark.parametrize("role", ["approver", "finance", "auditor"])
def test_who_neither_prepares_nor_verifies_only_looks(desk, work, at, role):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client = desk.sign_in(officer(role, work.city, at))
    pages = [client.get(desk.home), desk.page("09-messy.xlsx")]
    assert [page.status_code for page in pages] == [200, 200]
    assert 'type="file"' not in said(pages[0])
    assert 'name="text"' not in said(pages[1])
    answers = {
        name: desk.post("09-messy.xlsx", name, 1 if name == "row-mend" else None, **data)
        for name, data in POSTS.items()
    }
    answers["forms-hand-in"] = desk.hand_in("01-as-printed.xlsx")
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 403)


@pytest.mark.parametrize("who", ["lu", "huang"])
def test_a_preparer_and_a_verifier_hand_in_mend_and_take(desk, work, who):
    desk.sign_in(getattr(work, who))
    desk.hand_in("01-as-printed.xlsx")
    assert desk.post("01-as-printed.xlsx", "row-mend", 1, name="phone", text="13800000000").status_code == 200
    desk.post("01-as-printed.xlsx", "form-take")
    assert statuses(desk.form("01-as-printed.xlsx")) == [ACCEPTED] * 6


def test_a_preparer_does_not_see_the_form_of_another_unit(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client = desk.sign_in(work.lu)
    assert "09-messy" not in said(client.get(desk.home))
    assert desk.page("09-messy.xlsx").status_code == 404
    for name, data in POSTS.items():
        assert desk.post("09-messy.xlsx", name, 1 if name == "row-mend" else None, **data).status_code == 404, name


def test_an_officer_of_another_city_finds_nothing(desk, work, mo):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client = desk.sign_in(mo)
    assert client.get(desk.home).status_code == 404
    assert desk.page("09-messy.xlsx").status_code == 404
    assert desk.hand_in("01-as-printed.xlsx").status_code == 404
    assert FormReceived.objects.count() == 1


def test_a_get_changes_nothing(desk, work):
    client = desk.sign_in(work.huang)
    assert client.get(desk.address).status_code == 405
