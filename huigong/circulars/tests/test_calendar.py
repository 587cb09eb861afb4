"""The working calendar: the shipped table holds until the top federation's administrator says otherwise, with a source."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huigong.audit import queries as audit
from huigong.circulars import calendar
from huigong.circulars.calendar import FESTIVALS, DayRow
from huigong.circulars.models import CalendarDay
from huigong.organisations import actions as organisations
from huigong.organisations.hands import OtherRoleError
from huigong.organisations.models import Organisation
from huigong.values.sentence import SaidError, WrongValueError
from huigong.values.working_days import shipped_calendar

PAPER = "国办发明电〔2026〕9号"
MONDAY, SATURDAY = date(2017, 9, 4), date(2017, 9, 30)
YEAR = [DayRow(date(2099, 1, n), "holiday", name, PAPER) for n, name in enumerate(FESTIVALS, 1)]


@pytest.fixture
def su(city, at):
    return organisations.add_officer("苏", role="administrator", organisation=city, by="system", at=at)


def test_without_a_word_of_its_own_an_office_counts_in_the_shipped_table(city):
    assert calendar.working_calendar() is shipped_calendar()


def test_a_day_is_added_with_its_event_and_the_same_again_changes_nothing(su, at):
    row = DayRow(MONDAY, "holiday", "校庆", PAPER)
    assert (calendar.keep_days([row], officer=su, at=at), calendar.keep_days([row], officer=su, at=at)) == (1, 0)
    assert not calendar.working_calendar().is_working(MONDAY)
    assert [told.action for told in audit.history("calendar:2017-09-04")] == ["calendar.kept"]


def test_a_row_of_the_shipped_table_is_not_kept_twice(su, at):
    shipped = [DayRow(one.day, one.kind, one.name, one.source) for one in calendar.days_of(2017)]
    assert calendar.keep_days(shipped, officer=su, at=at) == 0


def test_a_saturday_that_is_worked_is_put_back_to_the_week_and_both_words_stay(su, at):
    calendar.keep_days([DayRow(SATURDAY, "usual", "", PAPER)], officer=su, at=at)
    assert not calendar.working_calendar().is_working(SATURDAY)
    calendar.keep_days([DayRow(SATURDAY, "working", "国庆节调休", PAPER)], officer=su, at=at)
    assert calendar.working_calendar().is_working(SATURDAY)
    assert list(CalendarDay.objects.values_list("number", "kind")) == [(1, "usual"), (2, "working")]


def test_a_new_year_comes_whole(su, at):
    with pytest.raises(SaidError) as error:
        calendar.keep_days(YEAR[:5], officer=su, at=at)
    assert "还缺：中秋、国庆" in str(error.value.sentence.zh)
    with pytest.raises(WrongValueError):
        calendar.working_calendar().between(date(2099, 1, 1), date(2099, 1, 9))
    assert calendar.keep_days(YEAR, officer=su, at=at) == len(YEAR)
    assert calendar.working_calendar().between(date(2099, 1, 1), date(2099, 1, 9)) == 2


def test_a_day_twice_in_a_table_is_refused_whole(su, at):
    with pytest.raises(SaidError):
        calendar.keep_days([DayRow(MONDAY, kind, "", PAPER) for kind in ("holiday", "working")], officer=su, at=at)
    assert not CalendarDay.objects.exists()


def test_a_county_and_a_verifier_keep_no_calendar(city, huang, at):
    county = Organisation.objects.get(code="450422")
    below = organisations.add_officer("农", role="administrator", organisation=county, by="system", at=at)
    row = [DayRow(MONDAY, "holiday", "校庆", PAPER)]
    with pytest.raises(SaidError):
        calendar.keep_days(row, officer=below, at=at)
    with pytest.raises(OtherRoleError):
        calendar.keep_days(row, officer=huang, at=at)


def test_the_database_rewrites_no_day(su, at):
    calendar.keep_days([DayRow(MONDAY, "holiday", "校庆", PAPER)], officer=su, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        CalendarDay.objects.update(kind="working")


@pytest.mark.parametrize("line", ["2017-09-04,off,校庆,x", "2017-9-4,holiday,校庆,x", "2017-09-04,holiday,校庆,", "x"])
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(SaidError) as error:
        calendar.rows_of(f"date,kind,name,source\n2017-09-01,holiday,甲,乙\n{line}\n")
    assert "第 3 行" in error.value.sentence.zh
