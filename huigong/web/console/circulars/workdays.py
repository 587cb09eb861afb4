"""工作日历: a year month by month with 调休, from the shipped table and what the office keeps; more is added with its source."""

import calendar as months
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars import calendar
from huigong.circulars.calendar import Standing
from huigong.circulars.models import CalendarDay
from huigong.values.sentence import SaidError
from huigong.values.working_days import WorkingCalendar
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.roles import MANAGES_UNITS
from huigong.web.uploads import table_text

_MOST = 200_000
_KINDS = {
    CalendarDay.Kind.HOLIDAY: ("放假", "free"),
    CalendarDay.Kind.WORKING: ("上班（调休）", "worked instead"),
    CalendarDay.Kind.USUAL: ("照星期", "as the week says"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month: empty outside it. `tone`: free, a holiday, worked instead, or nothing."""

    number: str
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    weeks: Sequence[Sequence[Cell]]
    working: int


def working_days(request: OfficerRequest) -> HttpResponse:
    known = calendar.working_calendar()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) else timezone.localdate().year
    standing = calendar.days_of(year)
    people = words.people({one.kept_by for one in standing if one.kept_by})
    shown = {
        "year": year,
        "years": sorted({*known.years, year, timezone.localdate().year + 1}),
        "known": known.years,
        "months": _months(year, standing, known) if year in known.years else [],
        "rows": [
            (one, words.said(*_KINDS[CalendarDay.Kind(one.kind)]), people.get(one.kept_by, "")) for one in standing
        ],
        "kinds": [(str(kind), words.said(*pair)) for kind, pair in _KINDS.items()],
        "may": bool(request.roles & MANAGES_UNITS) and calendar.keeps(request.user),
    }
    return render(request, "circulars/working_days.html", shown)


@require_POST
def working_days_keep(request: OfficerRequest) -> HttpResponse:
    """One day that was typed, or a year's table that was pasted or dropped in."""
    year = request.POST.get("year", "")
    try:
        rows = calendar.rows_of(_table(request))
        made = calendar.keep_days(rows, officer=request.user, at=timezone.now())
        year = str(rows[0].day.year) if rows else year
        tell(request, messages.SUCCESS, _("存了 %(n)s 天，已留痕；从现在起照此数工作日。") % {"n": made})
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return redirect(reverse("working-days") + (f"?year={year}" if year.isdecimal() else ""))


def _table(request: OfficerRequest) -> str:
    file, pasted = request.FILES.get("table"), request.POST.get("pasted", "").strip()
    if file is not None:
        return table_text(file, most=_MOST)
    if pasted:
        head = "" if pasted.startswith("date") else ",".join(calendar.HEADINGS) + "\n"
        return head + pasted[:_MOST].replace("\t", ",")
    made = io.StringIO()
    csv.writer(made).writerows([calendar.HEADINGS, [request.POST.get(name, "").strip() for name in calendar.HEADINGS]])
    return made.getvalue()


def _months(year: int, standing: Sequence[Standing], counted: WorkingCalendar) -> list[Month]:
    stands = {one.day: one for one in standing}
    found = []
    for number in range(1, 13):
        weeks = months.Calendar().monthdatescalendar(year, number)
        days = [day for week in weeks for day in week if day.month == number]
        cells = [[_cell(day, stands) if day.month == number else Cell("", "", "") for day in week] for week in weeks]
        found.append(Month(number, cells, sum(counted.is_working(day) for day in days)))
    return found


def _cell(day: date, stands: Mapping[date, Standing]) -> Cell:
    one, free = stands.get(day), day.weekday() > 4
    if one is None or one.kind == CalendarDay.Kind.USUAL:
        return Cell(str(day.day), "free" if free else "", "")
    if one.kind == CalendarDay.Kind.HOLIDAY:
        return Cell(str(day.day), "holiday", words.said("休", "off"))
    return Cell(str(day.day), "worked", words.said("班", "on"))
