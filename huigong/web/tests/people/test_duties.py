"""今天, outside the campaigns: each role is told what is theirs to do, and each count opens a list of that length."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from huigong.organisations import actions
from huigong.organisations.queries import unserved
from huigong.web.console.campaigns import working
from huigong.web.console.entrance.duties import duties


def told(officer, *roles):
    return [(one.count, one.address) for one in duties(officer, frozenset(roles), at=timezone.now())]


def test_the_system_administrator_is_told_of_units_in_which_nobody_serves(desk, city, sugar, officer):
    su = officer("苏", "administrator", city)
    [(count, address)] = told(su, "administrator")
    assert count == 2
    page = desk.sit(su).look("units", unserved="yes")
    assert address == f"{reverse('units')}?unserved=yes"
    assert page.count('<th scope="row"') == 2
    assert "藤县糖业公司工会" in page
    officer("陆", "preparer", sugar)
    assert [one.code for one in unserved(su)] == ["450422"]


def test_the_security_administrator_is_told_of_roles_that_end_and_of_codes_that_nobody_used(desk, city, officer, at):
    nong, huang = officer("农", "security", city), officer("黄", "verifier", city)
    assert told(nong, "security") == []
    until = timezone.localdate() + timedelta(days=9)
    actions.appoint(huang, role="aid_centre", organisation=city, until=until, by=nong.username, at=at)
    actions.invite(city, role="auditor", until=None, by=nong.username, at=at)
    assert told(nong, "security") == [(1, reverse("people") + "#soon"), (1, reverse("people") + "#invitations")]
    page = desk.sit(nong).look("people")
    assert 'id="soon"' in page
    assert 'id="invitations"' in page


def test_the_log_auditor_is_told_how_much_nobody_verified(desk, city, officer, monkeypatch):
    monkeypatch.setattr(working, "apart", lambda do: do())  # a thread would not see what the test has not committed
    meng = officer("蒙", "log_auditor", city)
    [(before, _)] = told(meng, "log_auditor")
    desk.sit(meng).post("events-verify")
    [(after, address)] = told(meng, "log_auditor")
    assert (before > after, after, address) == (True, 1, reverse("events"))


def test_an_administrator_is_told_nothing_of_campaigns(desk, city, officer):
    page = desk.sit(officer("苏", "administrator", city)).look("today")
    assert "不分活动的事" in page
    assert "进行中的活动" not in page
