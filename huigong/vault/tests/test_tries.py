"""Tries are counted together by everybody who serves, each span for itself, under digests, and go after a day."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest

from huigong.vault import tries
from huigong.vault.models import Try
from huigong.vault.tries import DAY, MINUTE, Limit

AT = datetime(2017, 8, 16, 4, 30, tzinfo=UTC)
CASE, ADDRESS = Limit("case", 2), Limit("address", 4)

pytestmark = pytest.mark.django_db


def tried(case="A1", address="203.0.113.9", at=AT):
    return tries.too_many({CASE: case, ADDRESS: address}, at=at)


def test_one_more_than_the_most_is_one_too_many_until_the_span_is_over():
    assert [tried(address=str(n)) for n in range(4)] == [False, False, True, True]
    assert not tried(at=AT + timedelta(minutes=30))


def test_every_limit_counts_for_itself():
    assert [tried(case=str(n)) for n in range(5)] == [False, False, False, False, True]
    assert not tried(case="4", address="elsewhere")  # its second try: who was refused tried too
    assert tried(case="4", address="elsewhere")


def test_a_minute_is_over_while_the_day_goes_on():
    officer = {Limit("minute", 1, MINUTE): "h", Limit("day", 3, DAY): "h"}
    times = (AT, AT, AT + timedelta(minutes=1), AT + timedelta(minutes=2))
    assert [tries.too_many(officer, at=at) for at in times] == [False, True, False, True]


def test_two_doors_do_not_count_for_each_other():
    assert not tries.too_many({Limit("one", 1): "A1"}, at=AT)
    assert not tries.too_many({Limit("other", 1): "A1"}, at=AT)


def test_what_is_kept_names_nobody_and_goes_after_a_day():
    tried()
    assert all(re.fullmatch("[0-9a-f]{64}", one.key) for one in Try.objects.all())
    assert hashlib.sha256(b"A1").hexdigest() not in {one.key for one in Try.objects.all()}
    assert Try.objects.count() == 2
    tried(case="B2", at=AT + timedelta(hours=23))
    assert Try.objects.count() == 4
    tried(case="C3", at=AT + timedelta(hours=25))
    assert {one.since.hour for one in Try.objects.all()} == {3, 5}


def test_a_try_costs_few_questions_whatever_is_counted(django_assert_num_queries):
    tried()
    with django_assert_num_queries(6):  # its savepoint, one for what is new, two counted, one read
        tried()
