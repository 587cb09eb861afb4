"""Roles between two days; administrators, verifying, approving, paying and auditing are different people's."""

from datetime import date, timedelta

import pytest

from huigong.organisations import actions, queries
from huigong.organisations.actions import KeptApartError
from huigong.values.sentence import SaidError


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("administrator", "security"),
        ("security", "log_auditor"),
        ("administrator", "verifier"),
        ("verifier", "security"),
        ("verifier", "approver"),
        ("finance", "approver"),
        ("verifier", "finance"),
        ("auditor", "finance"),
        ("preparer", "auditor"),
    ],
)
def test_roles_that_check_one_another_are_different_peoples(city, at, first, second):
    officer = actions.add_officer("苏", role=first, organisation=city, by="system", at=at)
    with pytest.raises(KeptApartError, match="另选一人"):
        actions.appoint(officer, role=second, organisation=city, by="system", at=at)
    assert queries.roles_of(officer, on=at.date()) == {first}


def test_casework_roles_may_meet(city, at):
    officer = actions.add_officer("黄", role="verifier", organisation=city, by="system", at=at)
    actions.appoint(officer, role="aid_centre", organisation=city, by="system", at=at)
    assert queries.roles_of(officer, on=at.date()) == {"verifier", "aid_centre"}


def test_once_the_first_role_is_over_the_other_may_begin(city, at):
    officer = actions.add_officer("黄", role="verifier", organisation=city, by="system", at=at)
    actions.end(officer.appointments.get(), last_day=date(2017, 8, 7), by="an", at=at)
    after = at + timedelta(days=1)
    actions.appoint(officer, role="finance", organisation=city, by="system", at=after)
    assert queries.roles_of(officer, on=after.date()) == {"finance"}


def test_a_role_ends_on_its_last_day(city, at):
    officer = actions.add_officer("黄", role="verifier", organisation=city, by="system", at=at)
    actions.end(officer.appointments.get(), last_day=date(2017, 8, 10), by="an", at=at)
    assert queries.has_role(officer, "verifier", on=date(2017, 8, 10))
    assert not queries.has_role(officer, "verifier", on=date(2017, 8, 11))
    with pytest.raises(SaidError, match="另行任命"):
        actions.end(officer.appointments.get(), last_day=date(2017, 9, 1), by="an", at=at)


def test_a_role_is_given_to_a_day_and_gone_on_with_later(city, at):
    officer = actions.add_officer("黄", role="verifier", organisation=city, by="system", at=at)
    for until in (date(2017, 8, 31), date(2017, 12, 31)):
        actions.appoint(officer, role="aid_centre", organisation=city, until=until, by="an", at=at)
    days = list(officer.appointments.filter(role="aid_centre").values_list("valid_from", "valid_until"))
    assert days == [(date(2017, 8, 7), date(2017, 8, 31)), (date(2017, 9, 1), date(2017, 12, 31))]


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_nobody_is_added_without_a_name(city, at, name):
    with pytest.raises(SaidError, match="写明姓名"):
        actions.add_officer(name, role="verifier", organisation=city, by="system", at=at)


def test_nobody_is_appointed_or_invited_to_a_day_that_is_over(city, officer, at):
    liang = officer("梁", "finance", city)
    for act in (
        lambda: actions.appoint(liang, role="aid_centre", organisation=city, until=date(2001, 1, 1), by="an", at=at),
        lambda: actions.invite(city, role="preparer", until=date(2001, 1, 1), by="an", at=at),
    ):
        with pytest.raises(SaidError, match="已经过了"):
            act()
    assert queries.roles_of(liang, on=at.date()) == {"finance"}
