"""今天: what there is to do for this officer, campaign by campaign, and when each is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.circulars import queries
from huigong.circulars.calendar import working_calendar
from huigong.circulars.models import Campaign
from huigong.values.working_days import WorkingCalendar
from huigong.web import permissions
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.campaigns.overview import Deadline, deadline_of
from huigong.web.console.campaigns.task import Task
from huigong.web.console.campaigns.tasks import known, tasks
from huigong.web.console.entrance import scenes
from huigong.web.console.entrance.duties import duties
from huigong.web.roles import CASEWORK

_LONG_AGO = timedelta(days=180)
_YEAR_AHEAD = timedelta(days=45)
"""The State Council tells the next year's days in November."""


@dataclass(frozen=True, slots=True)
class Open:
    """A campaign with its deadline and what there is to do in it."""

    campaign: Campaign
    deadline: Deadline | None
    tasks: Sequence[Task]


def today(request: OfficerRequest) -> HttpResponse:
    day = timezone.localdate()
    sees_cases = bool(request.roles & CASEWORK)
    campaigns = list(queries.campaigns_for(request.user)) if sees_cases else []
    fresh = fresh_of(campaigns, day)
    calendar = working_calendar()
    open_ = [_open(request, row, day, calendar) for row in fresh]
    mine = duties(request.user, request.roles, at=timezone.now())
    shown = {
        "day": day,
        "demo": scenes.card(request),
        "open": open_,
        "calendar": calendar,
        "counted": _counted(request, open_, day),
        "duties": mine,
        "anything": bool(mine) or any(one.tasks for one in open_),
        "sees_cases": sees_cases,
        "ended": [row for row in campaigns if row not in fresh],
    }
    return render(request, "entrance/today.html", shown)


def _counted(request: OfficerRequest, open_: Sequence[Open], day: date) -> list[date]:
    """The days of the deadlines; who keeps the calendar is told of the year to come before anybody has to count in it."""
    ahead = [day + _YEAR_AHEAD] if request.roles & permissions.asked("working-days-keep") else []
    return [*(one for row in open_ if row.deadline for one in row.deadline.counted), *ahead]


def fresh_of(campaigns: Sequence[Campaign], day: date) -> list[Campaign]:
    """Those that run or ended not long ago, since money goes on after the last day; where there is none, the newest."""
    return [row for row in campaigns if row.last_day + _LONG_AGO >= day] or list(campaigns[:1])


def _open(request: OfficerRequest, campaign: Campaign, day: date, calendar: WorkingCalendar) -> Open:
    deadline = deadline_of(queries.circular_of(campaign), day=day, calendar=calendar)
    return Open(campaign, deadline, tasks(known(request.user, campaign), request.roles, day=day))
