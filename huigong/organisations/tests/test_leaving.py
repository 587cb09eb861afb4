"""A deputy stands in until a day; whoever leaves hands over before a witness, and nothing that was theirs is lost."""

from datetime import date

import pytest

from huigong.organisations import actions, queries
from huigong.organisations.models import HandOver, Officer
from huigong.organisations.tests.conftest import DAY
from huigong.values.sentence import SaidError

LAST = date(2017, 8, 18)


def stand_in(principal, deputy, at, first=DAY, last=LAST):
    return actions.deputise(principal, deputy, first_day=first, last_day=last, by="an", at=at)


def test_a_deputy_holds_the_roles_until_the_last_day_in_their_own_name(city, officer, at):
    qin, liang = officer("覃", "approver", city), officer("梁", "aid_centre", city)
    (period,) = stand_in(qin, liang, at)
    assert (period.officer, period.deputy_for) == (liang, qin)
    assert queries.has_role(liang, "approver", on=LAST)
    assert not queries.has_role(liang, "approver", on=date(2017, 8, 19))
    assert queries.has_role(qin, "approver", on=LAST)


def test_a_deputy_who_holds_everything_already_is_no_deputy(city, officer, at):
    with pytest.raises(SaidError, match="不用代理"):
        stand_in(officer("覃", "approver", city), officer("梁", "approver", city), at)


@pytest.mark.parametrize(("first", "last"), [(date(2017, 8, 1), LAST), (LAST, DAY)])
def test_days_that_are_over_or_turned_round_are_refused(city, officer, at, first, last):
    with pytest.raises(SaidError, match="代理要从今天"):
        stand_in(officer("覃", "approver", city), officer("梁", "finance", city), at, first, last)


def test_nobody_deputises_for_themselves_nor_a_clerk_for_an_administrator(city, officer, at):
    qin, su = officer("覃", "approver", city), officer("苏", "security", city)
    for principal, deputy in ((qin, qin), (su, qin)):
        with pytest.raises(SaidError):
            stand_in(principal, deputy, at)


@pytest.mark.parametrize("other", ["verifier", "finance", "auditor"])
def test_who_verifies_pays_or_audits_does_not_stand_in_for_who_approves(city, officer, at, other):
    with pytest.raises(actions.KeptApartError, match="各由不同的人"):
        stand_in(officer("覃", "approver", city), officer("梁", other, city), at)


def test_nobody_of_another_office_stands_in_for_a_role_here(city, county, officer, at):
    qin, deng, of_city = (
        officer("覃", "approver", county),
        officer("邓", "verifier", city),
        officer("梁", "finance", city),
    )
    for deputy in (deng, of_city):
        with pytest.raises(SaidError, match="代理不了"):
            stand_in(qin, deputy, at)
    assert queries.roles_of(of_city, on=DAY) == {"finance"}


def test_a_deputy_passes_nothing_on_and_outlasts_nobody(city, officer, at):
    qin, liang, nong = (
        officer("覃", "approver", city),
        officer("梁", "aid_centre", city),
        officer("农", "preparer", city),
    )
    stand_in(qin, liang, at)
    actions.end(liang.appointments.get(role="aid_centre"), last_day=date(2017, 8, 10), by="an", at=at)
    (period,) = stand_in(liang, nong, at, last=date(2031, 1, 1))
    assert (period.role, period.valid_until) == ("aid_centre", date(2017, 8, 10))


def handed(city, officer, at, **people):
    three = {
        "leaver": officer("陆", "preparer", city),
        "successor": officer("农", "preparer", city),
        "witness": officer("梁", "auditor", city),
    } | people
    items = [("form", "01-as-printed.xlsx"), ("case", "SA-450422-2017-00001")]
    return actions.hand_over(*three.values(), items=items, on=DAY, by="an", at=at)


def test_a_hand_over_ends_the_roles_and_gives_the_successor_what_was_theirs(city, officer, at):
    made = handed(city, officer, at)
    lu = Officer.objects.get(name="陆")
    assert (lu.is_active, lu.left_on, made.number) == (False, DAY, "JJ-450400-20170807-01")
    assert queries.roles_of(lu, on=DAY) == set()
    assert queries.acts_for(made.successor) == [made.successor.username, lu.username]


def test_work_goes_on_over_two_hand_overs(city, officer, at):
    first = handed(city, officer, at)
    last = officer("邓", "preparer", city)
    handed(city, officer, at, leaver=first.successor, successor=last)
    assert queries.acts_for(last) == [last.username, first.leaver.username, first.successor.username]


@pytest.mark.parametrize("on", [date(1999, 1, 1), date(2030, 1, 1)])
def test_a_hand_over_is_dated_while_the_roles_were_held_and_not_ahead(city, officer, at, on):
    lu, nong, liang = officer("陆", "preparer", city), officer("农", "preparer", city), officer("梁", "auditor", city)
    with pytest.raises(SaidError, match="交接日期"):
        actions.hand_over(lu, nong, liang, items=[], on=on, by="an", at=at)
    assert Officer.objects.get(name="陆").is_active


def test_three_people_sign_a_hand_over(city, officer, at):
    with pytest.raises(SaidError, match="三个人"):
        handed(city, officer, at, witness=officer("农", "preparer", city))
    assert HandOver.objects.count() == 0


def test_a_successor_without_the_role_is_refused(city, officer, at):
    with pytest.raises(SaidError, match="先任命接收人"):
        handed(city, officer, at, successor=officer("邓", "finance", city))
    assert Officer.objects.get(name="陆").is_active
