"""活动: where everything stands, as counts that open lists; what is to be done; whether places and money add up."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.circulars import queries as circulars
from huigong.circulars.calendar import working_calendar
from huigong.circulars.models import Campaign
from huigong.web import permissions
from huigong.web.console.asking import OfficerRequest, campaign_or_404
from huigong.web.console.campaigns.books_line import books_line
from huigong.web.console.campaigns.downloads import offers
from huigong.web.console.campaigns.onward import way_of
from huigong.web.console.campaigns.overview import deadline_cited, deadline_of, hanging, of_notices, strip
from huigong.web.console.campaigns.places import federations
from huigong.web.console.campaigns.tasks import known, tasks


def campaign(request: OfficerRequest, code: str) -> HttpResponse:
    found = campaign_or_404(request, code)
    return render(request, "campaigns/campaign.html", _shown(request, found, timezone.localtime()))


def _shown(request: OfficerRequest, campaign: Campaign, now: datetime) -> dict[str, Any]:
    """Everything on the page, counted in the officer's scope."""
    circular, stands = circulars.circular_of(campaign), known(request.user, campaign)
    fund = circular.quota.fund_source if circular.quota else ""
    table = federations(request.user, campaign, fund_source=fund, notices=of_notices(stands, now.date()))
    calendar = working_calendar()
    deadline = deadline_of(circular, day=now.date(), calendar=calendar)
    may_download = bool(request.roles & permissions.asked("downloads"))
    return {
        "campaign": campaign,
        "circular": circular,
        "deadline": deadline,
        "calendar": calendar,
        "counted": deadline.counted if deadline else (),
        "deadline_clause": deadline_cited(campaign, circular),
        "strip": strip(stands),
        "way": way_of(request, campaign, stands),
        "table": table,
        "tasks": tasks(stands, request.roles, day=now.date()),
        "books": books_line(request.user, campaign, table, fund_source=fund),
        "chain": audit.head(),
        "notices": hanging(request.user, stands, now.date()),
        "now": now,
        "may_download": may_download,
        "offers": list(offers(request, campaign)) if may_download else [],
        "may_see_events": bool(request.roles & permissions.asked("events")),
    }
