"""今天: what is open and when it is due."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.circulars import queries
from huigong.web.console.asking import OfficerRequest


def today(request: OfficerRequest) -> HttpResponse:
    day = timezone.localdate()
    campaigns = list(queries.campaigns_for(request.user))
    return render(
        request,
        "console/today.html",
        {
            "running": [row for row in campaigns if row.last_day >= day],
            "ended": [row for row in campaigns if row.last_day < day],
        },
    )
