"""Allotting places."""

from huigong.audit.queries import history
from huigong.circulars.tests.test_open_campaign import opened
from huigong.quotas import actions, queries


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
