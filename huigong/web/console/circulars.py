"""Circulars, so that every clause link opens its sentence, and the campaigns that work under them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.circulars import queries
from huigong.quotas import queries as quotas
from huigong.web.console.asking import OfficerRequest, or_404


def circulars(request: OfficerRequest) -> HttpResponse:
    return render(request, "console/circulars.html", {"versions": queries.latest_versions()})


def circular(request: OfficerRequest, slug: str) -> HttpResponse:
    version = or_404(queries.version_named(slug, digest=request.GET.get("version", "")))
    return render(
        request,
        "console/circular.html",
        {"version": version, "circular": queries.circular_of_version(version)},
    )


def campaign(request: OfficerRequest, code: str) -> HttpResponse:
    found = or_404(queries.campaigns_for(request.user).filter(code=code).first())
    allotments = list(quotas.allotments_for(request.user, found))
    return render(
        request,
        "console/campaign.html",
        {
            "campaign": found,
            "circular": queries.circular_of(found),
            "allotments": allotments,
            "places": sum(row.places for row in allotments),
            "today": timezone.localdate(),
        },
    )
