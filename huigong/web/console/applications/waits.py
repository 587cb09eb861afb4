"""等了多久、什么时候到期: the age of a case where it stands and the day it is due, in working days, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huigong.studentaid.lifecycle import ON_NOTICE, OWES, RELEASED
from huigong.studentaid.models import Application
from huigong.values.working_days import WorkingCalendar
from huigong.web.console import words

_SOON = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a case stands where it stands; the day it is due, what that day is, how far it is, and its tone."""

    age: str
    due: str
    what: str
    left: str
    tone: str


def waits_of(
    one: Application,
    *,
    told: Mapping[str, date],
    notice: date | None,
    ends: date,
    day: date,
    calendar: WorkingCalendar,
) -> Waits:
    """Due is what the family was told, the end of the notice that hangs, else the last day of the campaign (`ends`)."""
    since = timezone.localtime(one.status_since).date()
    age = _age(since, day, calendar)
    if one.status == RELEASED:
        return Waits(age, "", "", "", "")
    if one.status in OWES and one.reference in told:
        due, what = told[one.reference], _("补齐")
    elif one.status == ON_NOTICE and notice is not None:
        due, what = notice, _("公示满")
    else:
        due, what = ends, _("活动止")
    left, tone = left_of(due, day=day, calendar=calendar)
    return Waits(age, words.day_word(due), what, left, tone)


def left_of(due: date, *, day: date, calendar: WorkingCalendar) -> tuple[str, str]:
    """How far a due day is, in words, and its tone; over years too, and without a guess where the calendar lacks a year."""
    if due == day:
        return _("就是今天"), "soon"
    first, last = (day + _DAY, due) if due > day else (due + _DAY, day)
    if not set(range(first.year, last.year + 1)) <= calendar.years:
        return (_("过期了"), "stop") if due < day else ("", "")
    count = calendar.between(first, last)
    if due > day:
        told = ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", count) % {"n": count}
        return told, "soon" if count <= _SOON else ""
    if not count:
        return _("过期了"), "stop"  # over a holiday: no working day has passed yet
    over = ngettext("过期 %(n)s 个工作日", "过期 %(n)s 个工作日", count) % {"n": count}
    years = (day - due).days // 365
    return (ngettext("过期 %(n)s 年多", "过期 %(n)s 年多", years) % {"n": years} if years else over), "stop"


def _age(since: date, day: date, calendar: WorkingCalendar) -> str:
    if since >= day:
        return _("今天")
    if not set(range(since.year, day.year + 1)) <= calendar.years:
        return _("%(day)s起") % {"day": words.day_word(since)}
    if years := (day - since).days // 365:
        return ngettext("%(n)s 年多", "%(n)s 年多", years) % {"n": years}
    count = calendar.between(since + _DAY, day)
    return ngettext("%(n)s 个工作日", "%(n)s 个工作日", count) % {"n": count}
