"""Working days with 调休: public holidays and the weekend days worked instead, from a dated, editable table."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources

from huigong.values.sentence import Sentence, WrongValueError

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """`days` says for each exceptional day whether it is worked; other days follow the week. `years` are those known."""

    days: Mapping[date, bool]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        return self.days.get(day, day.weekday() < 5)

    def window(self, first: date, *, working_days: int) -> tuple[date, date]:
        """First and last day of a window of so many working days; it begins on `first` or the next working day.

        Raises WrongValueError where the window touches a year that the table does not hold.
        """
        begin = first
        while not self._known(begin):
            begin += _DAY
        last, left = begin, working_days - 1
        while left:
            last += _DAY
            left -= self._known(last)
        return begin, last

    def between(self, first: date, last: date) -> int:
        """How many working days lie in first…last, both included."""
        return sum(self._known(first + _DAY * n) for n in range((last - first).days + 1))

    def _known(self, day: date) -> bool:
        if day.year not in self.years:
            raise WrongValueError(
                Sentence(
                    "calendar_year_missing",
                    f"工作日历里没有{day.year}年，请先补上当年的放假安排。",
                    f"The working calendar has no year {day.year}: add that year's public holidays first.",
                )
            )
        return self.is_working(day)


def calendar_from(rows: Iterable[Mapping[str, str]]) -> WorkingCalendar:
    """A calendar from rows with `date` (YYYY-MM-DD), `kind` (`holiday` or `working`) and `name`."""
    days = {date.fromisoformat(row["date"]): row["kind"] == "working" for row in rows}
    return WorkingCalendar(days, frozenset(day.year for day in days))


@dataclass(frozen=True, slots=True)
class ShippedDay:
    """A row of the shipped table."""

    day: date
    kind: str
    name: str
    source: str


@lru_cache(maxsize=1)
def shipped_calendar() -> WorkingCalendar:
    """The table that ships with Huigong: what holds while nobody keeps another word on a day."""
    return calendar_from({"date": one.day.isoformat(), "kind": one.kind} for one in shipped_days())


@lru_cache(maxsize=1)
def shipped_days() -> tuple[ShippedDay, ...]:
    """Its rows, each with the paper that it stands on."""
    table = (resources.files("huigong.values") / "working_days.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(table))
    return tuple(ShippedDay(date.fromisoformat(row["date"]), row["kind"], row["name"], row["source"]) for row in rows)
