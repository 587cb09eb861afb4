"""A leader who signs on paper: entered by one clerk, confirmed by another, and never by the leader."""

from datetime import date, timedelta

import pytest

from huigong.documents import actions as documents
from huigong.organisations import actions
from huigong.organisations.hands import OtherRoleError
from huigong.organisations.models import SignedSheet
from huigong.organisations.tests.conftest import DAY
from huigong.values.sentence import SaidError


@pytest.fixture
def qin(city, officer):
    return officer("覃", "approver", city)


@pytest.fixture
def enter(city, officer, qin, at):
    scan = documents.store(b"%PDF-1.4 signed", name="单.pdf", media_type="application/pdf", officer="system", at=at)

    def do(leader=qin, clerk=None, signed_on=DAY):
        return actions.enter_sheet(
            leader,
            act="approve",
            reference="SA-450400-2017",
            organisation=city,
            signed_on=signed_on,
            minutes="2017-9",
            scan=scan,
            clerk=clerk or officer("黄", "verifier", city),
            at=at,
        )

    return do


def test_two_clerks_stand_behind_a_signed_sheet(city, enter, officer, at):
    sheet = actions.confirm_sheet(enter(), clerk=officer("陈", "finance", city), at=at)
    assert (sheet.leader.name, sheet.entered_by, sheet.confirmed_by) == ("覃", "huang", "chen")


def test_who_entered_a_sheet_does_not_confirm_it(city, enter, officer, at):
    sheet = enter()
    for clerk in ("黄", "覃"):
        role = "verifier" if clerk == "黄" else "approver"
        with pytest.raises(SaidError):
            actions.confirm_sheet(sheet, clerk=officer(clerk, role, city), at=at)
    assert SignedSheet.objects.get().confirmed_by == ""


def test_a_sheet_is_confirmed_once(city, enter, officer, at):
    sheet, chen = enter(), officer("陈", "finance", city)
    actions.confirm_sheet(sheet, clerk=chen, at=at)
    with pytest.raises(SaidError, match="已经核对过"):
        actions.confirm_sheet(sheet, clerk=chen, at=at + timedelta(days=1))


def test_only_an_approver_signs_and_not_ahead_of_the_day(city, enter, officer):
    with pytest.raises(OtherRoleError):
        enter(leader=officer("陈", "finance", city))
    with pytest.raises(SaidError, match="今天以后"):
        enter(signed_on=date(2017, 8, 8))
