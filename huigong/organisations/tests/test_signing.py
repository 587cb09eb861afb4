"""A leader who signs on paper: entered by one clerk, confirmed by another, and never by the leader."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from huigong.audit.queries import history
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


def test_a_sheet_entered_wrongly_is_rejected_with_a_reason_and_never_acts(city, enter, officer, at):
    sheet, chen = enter(), officer("陈", "finance", city)
    with pytest.raises(SaidError, match="哪里和扫描件不一致"):
        actions.reject_sheet(sheet, reason=" ", clerk=chen, at=at)
    rejected = actions.reject_sheet(sheet, reason="签字日期是 8 月 6 日", clerk=chen, at=at)
    assert (rejected.rejected_by, rejected.reason.plain()) == ("chen", "签字日期是 8 月 6 日")
    for again in (actions.confirm_sheet, lambda one, **told: actions.reject_sheet(one, reason="再退", **told)):
        with pytest.raises(SaidError, match="已经退了"):
            again(sheet, clerk=chen, at=at)
    assert history(sheet.number)[-1].action == "sheet.rejected"
    assert "8 月" not in str(history(sheet.number)[-1].payload)


def test_what_was_confirmed_is_not_rejected_any_more(city, enter, officer, at):
    sheet, chen = enter(), officer("陈", "finance", city)
    actions.confirm_sheet(sheet, clerk=chen, at=at)
    with pytest.raises(SaidError, match="已经核对过"):
        actions.reject_sheet(sheet, reason="看错了", clerk=chen, at=at)


def test_the_database_refuses_a_sheet_both_confirmed_and_rejected(enter):
    sheet = enter()
    with pytest.raises(IntegrityError, match="a_rejected_sheet_has_a_reason_and_never_acts"), transaction.atomic():
        SignedSheet.objects.filter(pk=sheet.pk).update(confirmed_by="chen", rejected_by="chen")
