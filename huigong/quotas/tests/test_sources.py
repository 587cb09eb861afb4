"""A source of money has a kind and dated rules, each with where it is written."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huigong.audit.queries import history
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
