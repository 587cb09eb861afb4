"""工作日历: the shipped table of public holidays with 调休, and what an office keeps beside it; the last word on a day stands.

The State Council tells each November when the next year rests and works (放假安排). A year is entered whole, because
half a year would count wrong in silence; in a year that is known single days are corrected.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.columns import CALENDAR_DAY
from huigong.circulars.models import CalendarDay
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole
from huigong.values.working_days import WorkingCalendar, shipped_calendar, shipped_days

HEADINGS = ("date", "kind", "name", "source")
FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_USUAL = CalendarDay.Kind.USUAL


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day to be: free, worked, or back to the week; which festival; after what paper."""

    day: date
    kind: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A day that is not as the week says, or was put back to it; `kept_by` is empty for the shipped table."""

    day: date
    kind: str
    name: str
    source: str
    kept_by: str


def working_calendar() -> WorkingCalendar:
    """The calendar that working days are counted in: one question."""
    shipped, days, years = shipped_calendar(), dict(shipped_calendar().days), set(shipped_calendar().years)
    for day, kind in CalendarDay.objects.order_by("number").values_list("day", "kind"):
        years.add(day.year)
        if kind == _USUAL:
            days.pop(day, None)
        else:
            days[day] = kind == CalendarDay.Kind.WORKING
    return WorkingCalendar(days, frozenset(years)) if years - shipped.years or days != shipped.days else shipped


def days_of(year: int) -> list[Standing]:
    """What stands of a year, day by day, with the source of each."""
    found = {
        row.day: Standing(row.day, row.kind, row.name, row.source, "") for row in shipped_days() if row.day.year == year
    }
    for one in CalendarDay.objects.filter(day__year=year).order_by("number"):
        found[one.day] = Standing(one.day, one.kind, one.name, one.source, one.kept_by)
    return [found[day] for day in sorted(found)]


def keeps(officer: Officer) -> bool:
    """Whether the officer is of an organisation at the top of the tree: there is one calendar for everybody below."""
    return officer.organisation.parent_id is None


@transaction.atomic
def keep_days(rows: Sequence[DayRow], *, officer: Officer, at: datetime) -> int:
    """Add what is new; the same again changes nothing. Raises SaidError, OtherRoleError."""
    _refuse_whoever_keeps_none(officer, at)
    _refuse_twice(rows)
    _refuse_half_a_year(rows)
    told = {one.day: one for one in CalendarDay.objects.select_for_update().order_by("number")}
    made = [_fresh(row, told.get(row.day), officer, at) for row in rows if _says_new(row, told.get(row.day))]
    CalendarDay.objects.bulk_create(made)
    audit.record_all(
        audit.Entry(
            "calendar.kept",
            f"calendar:{one.day.isoformat()}",
            officer.username,
            at,
            {"number": one.number, "kind": str(one.kind), "columns": CALENDAR_DAY.told(one)},
        )
        for one in made
    )
    return len(made)


def _says_new(row: DayRow, stands: CalendarDay | None) -> bool:
    if stands is not None:
        return (row.kind, row.name, row.source) != (stands.kind, stands.name, stands.source)
    return (row.day, row.kind, row.name, row.source) not in {
        (one.day, one.kind, one.name, one.source) for one in shipped_days()
    }


def _fresh(row: DayRow, stands: CalendarDay | None, officer: Officer, at: datetime) -> CalendarDay:
    number = stands.number + 1 if stands else 1
    return CalendarDay(
        day=row.day,
        number=number,
        kind=CalendarDay.Kind(row.kind),
        name=row.name,
        source=row.source,
        kept_by=officer.username,
        at=at,
    )


def _refuse_whoever_keeps_none(officer: Officer, at: datetime) -> None:
    refuse_other_role(officer, Appointment.Role.ADMINISTRATOR, at=at)
    if not keeps(officer):
        raise SaidError(
            Sentence(
                "calendar_of_the_top",
                "工作日历全市一张，请最上一级总工会的系统管理员来改。您的没有存。",
                "There is one calendar for the whole city: the top federation's administrator keeps it. Not saved.",
            )
        )


def _refuse_twice(rows: Iterable[DayRow]) -> None:
    seen = set[date]()
    for row in rows:
        if row.day in seen:
            raise SaidError(
                Sentence(
                    "calendar_day_twice",
                    f"表里 {row.day} 写了两次，一天也没有存。",
                    f"{row.day} stands twice in the table: nothing was saved.",
                )
            )
        seen.add(row.day)


def _refuse_half_a_year(rows: Iterable[DayRow]) -> None:
    """A year that nobody has entered comes with all its festivals."""
    known, by_year = working_calendar().years, dict[int, set[str]]()
    for row in rows:
        if row.day.year not in known:
            by_year.setdefault(row.day.year, set()).update(name for name in FESTIVALS if name in row.name)
    for year, named in sorted(by_year.items()):
        lacking = "、".join(name for name in FESTIVALS if name not in named)
        if lacking:
            raise SaidError(
                Sentence(
                    "calendar_half_a_year",
                    f"{year}年要整年一起存（国务院办公厅每年 11 月的放假安排）；这里还缺：{lacking}。一天也没有存。",
                    f"{year} is entered whole; these festivals are missing: {lacking}. Nothing was saved.",
                )
            )


def rows_of(text: str) -> list[DayRow]:
    """The rows of a CSV. Raises SaidError that names the first line that cannot be read."""
    rows = list[DayRow]()
    for number, line in enumerate(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))), 2):
        try:
            rows.append(_row(line))
        except (KeyError, ValueError, AttributeError):
            raise SaidError(
                Sentence(
                    "calendar_table_unreadable",
                    f"第 {number} 行读不了，一天也没有存。表头要是 date, kind, name, source；"
                    "日期写 2027-01-01；kind 写 holiday（放假）、working（调休上班）或 usual（照星期）；要有出处。",
                    f"Line {number} cannot be read; nothing was saved. Headings: date, kind, name, source; kinds: "
                    "holiday, working, usual.",
                )
            ) from None
    return rows


def _row(line: Mapping[str, str]) -> DayRow:
    source = whole(line["source"], 200, "出处", "the source")
    if not source:
        raise ValueError(line)
    kind = CalendarDay.Kind(line["kind"].strip())
    return DayRow(date.fromisoformat(line["date"].strip()), str(kind), line["name"].strip()[:40], source)
