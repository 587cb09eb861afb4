"""The books hold whatever people do among themselves by actions, and name what was done past them."""

from datetime import date

import pytest

from huigong.documents import actions as documents
from huigong.figures import books
from huigong.organisations import actions
from huigong.organisations.models import Appointment, Officer, Organisation

DAY, PAPER, GOOD = date(2017, 8, 7), "藤工发〔2017〕9号", "糖厂门口有三棵榕树，我都爬过"


@pytest.fixture
def officer(city, at):
    return lambda name, role: actions.add_officer(name, role=role, organisation=city, by="system", at=at)


def test_a_password_that_an_event_set_holds_and_one_that_nobody_set_is_named(huang, at):
    actions.set_password(huang, GOOD, by=huang.username, at=at)
    assert books.verify().holds
    other = Officer(password="")
    other.set_password("put there past every action")
    Officer.objects.filter(pk=huang.pk).update(password=other.password)
    assert books.verify().wrong == huang.username


def test_a_password_without_any_event_is_named(huang):
    huang.set_password(GOOD)
    huang.save(update_fields=["password"])
    assert books.verify().wrong == huang.username


def test_the_tree_holds_after_every_change(city, at):
    county = Organisation.objects.get(code="450422")
    told = {"on": DAY, "paper": PAPER, "officer": "su", "at": at}
    made = {"kind": "grassroots_union", "level": "grassroots", "officer": "su", "at": at}
    mill = actions.add_unit("纸厂工会", code="mill", parent=county, **made)
    shop = actions.add_unit("车间工会", code="shop", parent=mill, **made)
    actions.rename(mill, "纸业集团工会", **told)
    actions.move(mill, city, **told)
    actions.place_under_centre(mill, county.aid_centre, **told)
    actions.merge(shop, mill, **told)
    actions.rename(county, "藤县总工会（新）", **told)
    assert books.verify().holds, books.verify().sentence.zh


def test_roles_hold_through_deputies_ends_and_appointments_to_a_day(officer, city, at):
    qin, liang = officer("覃", "approver"), officer("梁", "preparer")
    actions.deputise(qin, liang, first_day=date(2017, 8, 10), last_day=date(2017, 8, 18), by="an", at=at)
    actions.appoint(liang, role="aid_centre", organisation=city, until=date(2017, 8, 31), by="an", at=at)
    actions.end(liang.appointments.get(role="aid_centre"), last_day=date(2017, 8, 20), by="an", at=at)
    assert books.verify().holds
    Appointment.objects.filter(deputy_for=qin).update(valid_until=date(2018, 8, 18))
    assert books.verify().wrong == liang.username


def test_invitations_hand_overs_and_sheets_hold(officer, city, at):
    code = actions.invite(city, role="preparer", until=None, by="an", at=at)
    joined = actions.join(code, name="农大海", password=GOOD, at=at)
    witness, clerk, leader = officer("梁", "auditor"), officer("黄", "verifier"), officer("覃", "approver")
    actions.hand_over(officer("陆", "preparer"), joined, witness, items=[("form", "一.xlsx")], on=DAY, by="an", at=at)
    scan = documents.store(b"%PDF-1.4", name="单.pdf", media_type="application/pdf", officer="huang", at=at)
    told = {
        "act": "approve",
        "reference": "SA-450400-2017",
        "organisation": city,
        "signed_on": DAY,
        "minutes": "2017-9",
    }
    sheet = actions.enter_sheet(leader, **told, scan=scan, clerk=clerk, at=at)
    actions.confirm_sheet(sheet, clerk=officer("陈", "finance"), at=at)
    assert books.verify().holds, books.verify().sentence.zh
