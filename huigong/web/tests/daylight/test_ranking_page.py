"""The round on its page; the sandbox hides names until they are chosen, and leaves everything as it stands."""

import re
from html import unescape

import pytest
from django.urls import reverse

from huigong.audit.queries import head
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.studentaid.models import Application
from huigong.web.tests.campaign_at_work import campaign_at_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(db, at, on):
    on(8, 18)
    return campaign_at_work(at, up_to="shared")


def page(client, work, **query):
    return unescape(client.get(reverse("ranking", args=[work.campaign.code]), query).content.decode())


def crossed(text):
    return text.split('id="crossed"')[1]


def test_points_and_the_cut_line_are_visible(sit, shared):
    text = page(sit(shared.huang), shared, federation="450422")
    for told in ("家庭年人均收入", "在学子女数", "补(三)", "在线内", "本级工会经费"):
        assert told in text
    assert re.search(r"\d+ 个名额", text)


def test_the_sandbox_hides_names_until_they_are_chosen_and_writes_nothing(sit, shared):
    client = sit(shared.huang)
    stood = (head(), list(Application.objects.order_by("reference").values()))
    found = {}
    for code in Application.objects.values_list("federation__code", flat=True).distinct():
        query = {"federation": code, "try": "yes", "direction-income_per_head_fen": "down"}
        text = page(client, shared, **query)
        if 'id="crossed"' in text and "进线" in crossed(text):
            found[code] = query
    assert found, "somebody crosses somewhere"
    code, query = next(iter(found.items()))
    names = Application.objects.filter(federation__code=code).values_list("student_name", flat=True)
    hidden, shown = (page(client, shared, **query, **more) for more in ({}, {"names": "yes"}))
    assert [name for name in names if name in hidden] == []  # the round beside it says ranks, and a rank would tell
    assert not re.search(r"SA-\d+-\d+-\d+", hidden)
    assert any(name in crossed(shown) for name in names)
    assert any(name in shown.split('id="crossed"')[0] for name in names)
    assert "看是谁" in crossed(hidden)
    assert (head(), list(Application.objects.order_by("reference").values())) == stood


@pytest.mark.parametrize("weight", ["", "-1", "99", "x", "９９９", "9" * 5000])
def test_a_weight_that_is_none_is_the_circulars_own(sit, shared, weight):
    text = page(sit(shared.huang), shared, **{"try": "yes", "weight-income_per_head_fen": weight})
    assert 'name="weight-income_per_head_fen" type="number" min="0" max="9" value="3"' in text


def test_a_county_sees_its_own_round_only(sit, shared, at):
    county = Organisation.objects.get(code="450422")
    nong = organisations.add_officer("农", role="verifier", organisation=county, by="system", at=at)
    text = page(sit(nong), shared, federation="450481")
    assert 'href="?federation=450422"' in text
    assert 'href="?federation=450481"' not in text
