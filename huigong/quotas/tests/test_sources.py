"""A source of money has a kind and dated rules, each with where it is written."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huigong.audit.queries import history
from huigong.circulars.tests.test_open_campaign import opened
from huigong.quotas import actions, queries
from huigong.quotas.models import FundRule
from huigong.values.sentence import SaidError

CITED = "总工发〔2015〕20号第五条（示例）"


@pytest.fixture
def central(db, at):
    return actions.keep_source("central-2017", name="中央财政专项", kind="central", officer="qin", at=at)


def keep(source, at, value=10, day=date(2017, 1, 1), rule="student_months", citation=CITED):
    return actions.keep_rule(source, rule, value, valid_from=day, citation=citation, officer="qin", at=at)


def test_a_source_is_opened_once_and_its_kind_may_be_said_anew(central, at):
    again = actions.keep_source("central-2017", name="x", kind="central", officer="qin", at=at)
    other = actions.keep_source("central-2017", name="x", kind="local", officer="qin", at=at)
    assert (again, other, other.name, other.kind) == (central, central, "中央财政专项", "local")
    assert [one.payload["kind"] for one in history("fund:central-2017")] == ["central", "local"]


def test_the_rule_of_the_day_stands_and_nought_ends_it(central, at):
    keep(central, at)
    keep(central, at, value=8, day=date(2017, 7, 1))
    keep(central, at, value=0, day=date(2018, 1, 1))
    keep(central, at, value=1, rule="national_files")
    days = (date(2016, 12, 31), date(2017, 6, 30), date(2017, 7, 1), date(2018, 1, 1))
    told = [{one.rule: one.value for one in queries.standing_rules(central, on=day)} for day in days]
    assert [one.get("student_months") for one in told] == [None, 10, 8, None]
    assert told[2] == {"student_months": 8, "national_files": 1}


def test_a_rule_says_where_it_is_written_and_is_never_rewritten(central, at):
    with pytest.raises(SaidError, match="出处"):
        keep(central, at, citation=" ")
    one = keep(central, at)
    assert keep(central, at) == one
    with pytest.raises(SaidError, match="定了不改"):
        keep(central, at, value=9)
    for wrong in (one.delete, lambda: FundRule.objects.update(value=99)):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


@pytest.mark.parametrize(
    ("rule", "now", "then"),
    [("national_files", 1, 0), ("student_months", 10, 0), ("student_months", 10, 11), ("household_months", 10, 999)],
)
def test_what_asks_less_counts_from_tomorrow_at_the_earliest(central, at, rule, now, then):
    keep(central, at, value=now, rule=rule)
    for day in (date(2017, 8, 7), date(2017, 2, 1)):
        with pytest.raises(SaidError, match="最早从明天起（今天是 2017-08-07）"):
            keep(central, at, value=then, rule=rule, day=day)
    keep(central, at, value=then, rule=rule, day=date(2017, 8, 8))
    assert [one.value for one in queries.standing_rules(central, on=date(2017, 8, 7))] == [now]


def test_what_asks_as_much_or_more_may_count_from_a_day_gone_by(central, at):
    keep(central, at)
    keep(central, at, value=9, day=date(2017, 8, 1))
    keep(central, at, value=0, rule="national_files")
    assert [one.value for one in queries.standing_rules(central, on=date(2017, 8, 7))] == [9]


def test_money_of_the_region_stays_that_once_places_of_it_were_issued(city, at):
    told = {"name": "自治区资金", "officer": "qin", "at": at}
    source = actions.keep_source("regional-2017", kind="local", **told)
    campaign = opened(city, at)
    actions.allot(campaign, {"450422": 7}, fund_source="regional-2017", name="自治区资金", officer="system", at=at)
    actions.keep_source("regional-2017", kind="region", citation="桂工办〔2017〕12号", **told)
    with pytest.raises(SaidError, match=r"五\(四\)"):
        actions.keep_source("regional-2017", kind="own_union", citation="口头", **told)
    source.refresh_from_db()
    assert (source.kind, source.citation) == ("region", "桂工办〔2017〕12号")
