"""How long a case waits and when it is due, in words: working days with 调休, over years, and no guess beyond the calendar."""

from datetime import UTC, date, datetime

import pytest

from huigong.studentaid.models import Application
from huigong.values.working_days import shipped_calendar
from huigong.web.console.applications.waits import left_of, waits_of

CALENDAR = shipped_calendar()
ENDS = date(2017, 9, 30)


def waits(status, since, day, told=None, notice=None):
    one = Application(reference="SA-1", status=status, status_since=datetime(*since, 4, 0, tzinfo=UTC))
    due = {"SA-1": told} if told else {}
    return waits_of(one, told=due, notice=notice, ends=ENDS, day=day, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("due", "day", "left"),
    [
        (date(2017, 8, 7), date(2017, 8, 7), ("就是今天", "soon")),
        (date(2017, 8, 14), date(2017, 8, 11), ("还有 1 个工作日", "soon")),
        # Saturday 30 September 2017 was worked, the week after it was free.
        (date(2017, 10, 9), date(2017, 9, 29), ("还有 2 个工作日", "soon")),
        (date(2017, 8, 31), date(2017, 8, 7), ("还有 18 个工作日", "")),
        (date(2017, 8, 4), date(2017, 8, 7), ("过期 1 个工作日", "stop")),
        (date(2017, 9, 30), date(2017, 10, 8), ("过期了", "stop")),
        (date(2017, 9, 30), date(2019, 11, 1), ("过期 2 年多", "stop")),
        (date(2017, 8, 7), date(2050, 1, 4), ("过期了", "stop")),
        (date(2050, 1, 4), date(2026, 8, 7), ("", "")),
    ],
)
def test_a_due_day_is_told_in_working_days(due, day, left):
    assert left_of(due, day=day, calendar=CALENDAR) == left


def test_what_a_family_was_told_is_due_before_the_end_of_the_campaign():
    told = waits("incomplete", (2017, 8, 7), date(2017, 8, 10), told=date(2017, 8, 21))
    assert (told.age, told.due, told.what, told.left) == ("3 个工作日", "8月21日", "补齐", "还有 7 个工作日")
    assert waits("incomplete", (2017, 8, 7), date(2017, 8, 10)).what == "活动止"
    assert waits("eligible", (2017, 8, 7), date(2017, 8, 10), told=date(2017, 8, 21)).what == "活动止"


def test_a_case_on_notice_is_due_when_its_window_is_over_and_a_paid_one_never():
    assert waits("on_notice", (2017, 8, 21), date(2017, 8, 22), notice=date(2017, 8, 25)).what == "公示满"
    assert waits("released", (2017, 8, 21), date(2017, 8, 22)).due == ""


def test_the_age_is_told_in_days_then_in_years_and_never_guessed():
    assert waits("eligible", (2017, 8, 7), date(2017, 8, 7)).age == "今天"
    assert waits("eligible", (2017, 8, 7), date(2019, 9, 1)).age == "2 年多"
    assert waits("eligible", (2017, 8, 7), date(2050, 1, 4)).age.endswith("起")
