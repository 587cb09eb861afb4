"""如果他请假: what would stop, by counts that name no family; and what a successor goes on with."""

import pytest
from django.urls import reverse

from huigong.organisations import actions as organisations
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def work(db, at, on):
    on(8, 16)
    return campaign_at_work(at, up_to="shared")


@pytest.fixture
def an(work, at):
    return organisations.add_officer("安", role="security", organisation=work.city, by="system", at=at)


def page_of(client, who, officer):
    client.force_login(who, backend=BACKEND)
    return client.get(reverse("person", args=[officer.pk])).content.decode()


def test_what_would_stop_is_counted_and_names_nobody(client, work, an):
    page = page_of(client, an, work.huang)
    assert "没有别人能办" in page
    assert "有名额，等上公示" in page
    assert "SA-450422" not in page


def test_with_somebody_else_in_the_role_nothing_stops(client, work, an, at):
    organisations.add_officer("农", role="verifier", organisation=work.city, by="system", at=at)
    page = page_of(client, an, work.huang)
    assert "有人接着办" in page
    assert "没有别人能办" not in page


def test_a_successor_opens_what_the_leaver_sent_in(client, work, an, at):
    """The form came from 陆 for a unit that is not the successor's: it is theirs by the hand-over."""
    form = work.campaign.forms.filter(received_by=work.lu.username).exclude(unit=work.lu.organisation).first()
    new = organisations.add_officer("农", role="preparer", organisation=work.lu.organisation, by="system", at=at)
    client.force_login(new, backend=BACKEND)
    assert client.get(reverse("form", args=[form.pk])).status_code == 404
    organisations.hand_over(work.lu, new, work.chen, items=[], on=at.date(), by="an", at=at)
    assert client.get(reverse("form", args=[form.pk])).status_code == 200
    assert form.name in client.get(reverse("forms", args=[work.campaign.code])).content.decode()
