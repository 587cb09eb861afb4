"""One plan a household: one key group at a time, measures with owner and day, aid of any giver in one record."""

from datetime import date

import pytest
from django.db import connection

from huigong.lifecycle.actions import NotAllowedError
from huigong.registry import actions
from huigong.registry.aid_standing import standing_aid
from huigong.registry.models import AidGiven, FileMark
from huigong.registry.tests.lives import drafted
from huigong.values.sentence import SaidError

WHAT = "介绍到糖厂做包装工"


@pytest.fixture
def file(huang, at):
    return drafted(huang, at)


@pytest.fixture
def group(file, at):
    def into(word, day):
        actions.put_into_group(file, word, on=date(2017, 8, day), officer="lu", at=at)

    return into


@pytest.fixture
def measure(file, huang, at):
    return actions.plan(file, "就业创业发展", WHAT, owner=huang, due=date(2017, 12, 31), officer="lu", at=at)


def test_a_household_is_in_one_key_group_at_a_time(file, group):
    for word, day in (("城市困难农民工", 1), ("支出性生活困难", 20), ("支出性生活困难", 25)):
        group(word, day)
    assert list(file.key_groups.values_list("word", "valid_until")) == [
        ("城市困难农民工", date(2017, 8, 20)),
        ("支出性生活困难", None),
    ]


def test_a_group_does_not_begin_before_the_one_that_stands(group):
    group("城市困难农民工", 10)
    with pytest.raises(SaidError, match="不能更早"):
        group("支出性生活困难", 9)


def test_what_is_planned_is_encrypted_and_closed_once(measure, at):
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM registry_measure")
        assert WHAT.encode() not in bytes(cursor.fetchone()[0])
    actions.close(measure, "done", officer="lu", at=at)
    with pytest.raises(NotAllowedError):
        actions.close(measure, "dropped", officer="lu", at=at)
    actions.close(measure, "planned", officer="lu", at=at)  # it was not done after all
    actions.close(measure, "dropped", officer="lu", at=at)


def test_a_measure_says_what_is_to_be_done(file, huang, at):
    with pytest.raises(SaidError, match="写清"):
        actions.plan(file, "就业创业发展", " ", owner=huang, due=date(2017, 12, 31), officer="lu", at=at)


def test_aid_from_elsewhere_stands_in_the_same_record(file, at):
    for fen in (50_000, 20_000):
        actions.give_from_elsewhere(file, "医疗救助", "民政", fen=fen, on=date(2017, 5, 4), officer="lu", at=at)
    rows = list(file.aid_given.order_by("case_reference").values_list("kind", "giver", "fen"))
    assert rows == [("医疗救助", "民政", 50_000), ("医疗救助", "民政", 20_000)]


@pytest.mark.parametrize(("fen", "day"), [(0, 4), (-5, 4), (100, 30)])
def test_aid_of_nothing_or_of_a_day_to_come_is_refused(file, at, fen, day):
    with pytest.raises(SaidError, match="大于 0"):
        actions.give_from_elsewhere(file, "医疗救助", "民政", fen=fen, on=date(2017, 8, day), officer="lu", at=at)


def test_aid_from_elsewhere_that_was_noted_by_mistake_stays_on_record_and_counts_for_nothing(file, at):
    given = {"fen": 50_000, "on": date(2017, 5, 4), "officer": "lu", "at": at}
    aid = actions.give_from_elsewhere(file, "医疗救助", "民政", **given)
    assert FileMark.objects.get().aided_on == date(2017, 5, 4)
    with pytest.raises(SaidError, match="要选原因"):
        actions.strike_out(aid, "because", officer="lu", at=at)
    actions.strike_out(aid, "wrong_family", officer="lu", at=at)
    assert FileMark.objects.get().aided_on is None
    assert (AidGiven.objects.count(), standing_aid().count()) == (1, 0)
    with pytest.raises(SaidError, match="还没作废"):
        actions.strike_out(aid, "wrong_family", officer="lu", at=at)


def test_aid_of_our_own_is_not_struck_out(file, at):
    actions.give_all([actions.Aid(file.pk, "x", "need", "union", 100, "SA-1")], on=at.date(), officer="chen", at=at)
    with pytest.raises(SaidError, match="请到资金里追回"):
        actions.strike_out(AidGiven.objects.get(), "twice", officer="lu", at=at)


def test_a_slip_of_the_decimal_point_is_no_aid(file, at):
    with pytest.raises(SaidError, match="核对小数点"):
        actions.give_from_elsewhere(file, "医疗救助", "民政", fen=123_456_789_012, on=at.date(), officer="lu", at=at)
