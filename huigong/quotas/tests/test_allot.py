"""Allotting places."""

from huigong.audit.queries import history
from huigong.circulars.tests.test_open_campaign import opened
from huigong.organisations.models import Organisation
from huigong.quotas import actions, queries
from huigong.quotas.actions import Places
from huigong.quotas.models import FundSource


def allotted(campaign, at, **places):
    table = {code.strip("_"): number for code, number in places.items()}
    actions.allot(campaign, table, fund_source="regional-2017", name="自治区资金（示例）", officer="system", at=at)
    return queries.places_of(campaign, fund_source="regional-2017")


def test_the_same_table_again_records_nothing(city, at):
    campaign = opened(city, at)
    assert allotted(campaign, at, _450422=7) == allotted(campaign, at, _450422=7) == {"450422": 7}
    assert [event.action for event in history("450422")] == ["organisation.founded", "quota.allotted"]


def test_a_new_table_replaces_the_number(city, at):
    campaign = opened(city, at)
    allotted(campaign, at, _450422=7)
    assert allotted(campaign, at, _450422=8) == {"450422": 8}


def test_the_same_table_again_undoes_no_move(city, at):
    campaign = opened(city, at)
    allotted(campaign, at, _450400=3, _450422=7)
    county, told = Organisation.objects.get(code="450422"), {"officer": "qin", "at": at}
    actions.move(campaign, FundSource.objects.get(), Places("issue", city, county, 1), **told)
    actions.move(campaign, FundSource.objects.get(), Places("return", county, city, 4), **told)
    assert allotted(campaign, at, _450400=3, _450422=7) == {"450400": 6, "450422": 4}
    assert allotted(campaign, at, _450422=9) == {"450400": 6, "450422": 6}  # the annex itself gives two more
