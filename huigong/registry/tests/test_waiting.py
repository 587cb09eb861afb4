"""Files that wait: each list has whom it names and lets go of them once that is done."""

from datetime import date

import pytest

from huigong.registry import actions, code_lists
from huigong.registry.tests.lives import Life, drafted
from huigong.registry.waiting import WORDS, counts, waiting

TODAY = date(2017, 8, 15)


@pytest.fixture
def life(huang, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    made = Life(drafted(huang, at), at)
    made.enrolled()
    return made


@pytest.fixture
def names(huang):
    def on(which, today=TODAY):
        return [one.worker_name for one in waiting(huang, which, today=today)]

    return on


def test_without_group_or_measure_a_file_is_listed_until_it_has_them(life, names, huang):
    assert names("no-group") == names("no-measure") == ["韦秀兰"]
    at = life.at
    actions.put_into_group(life.file, "城市困难农民工", on=TODAY, officer="lu", at=at)
    due = date(2017, 12, 31)
    measure = actions.plan(life.file, "解困救助", "送米油", owner=huang, due=due, officer="lu", at=at)
    assert names("no-group") == names("no-measure") == []
    assert names("overdue", date(2018, 1, 1)) == ["韦秀兰"]
    actions.close(measure, "dropped", officer="lu", at=at)
    assert names("overdue", date(2018, 1, 1)) == []
    assert names("no-measure") == ["韦秀兰"]


def test_every_year_anew_a_file_is_re_checked(life, names):
    assert names("re-check") == []
    assert names("re-check", date(2018, 3, 1)) == ["韦秀兰"]


def test_what_is_sent_waits_where_it_is_sent_to(life, names, city):
    life.verb(actions.send_to, city.children.get())
    assert names("on-the-way") == ["韦秀兰"]
    life.verb(actions.take_over)
    assert names("on-the-way") == []


def test_originals_wait_ten_years_and_then_for_a_word(life, names):
    life.verb(actions.leave, word="脱困")
    assert names("keep-ends", date(2027, 8, 14)) == []
    assert names("keep-ends", date(2027, 8, 15)) == ["韦秀兰"]


def test_another_city_waits_for_nobody(life, mo):
    assert set(counts(mo, today=TODAY).values()) == {0}
    assert counts(mo, today=TODAY).keys() == WORDS.keys()
