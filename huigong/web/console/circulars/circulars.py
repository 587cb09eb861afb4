"""Circulars, so that every clause link opens its sentence."""

from django.http import HttpResponse
from django.shortcuts import render

from huigong.circulars import queries
from huigong.web.console.asking import OfficerRequest, or_404


def circulars(request: OfficerRequest) -> HttpResponse:
    return render(request, "circulars/circulars.html", {"versions": queries.latest_versions()})


def circular(request: OfficerRequest, slug: str) -> HttpResponse:
    version = or_404(queries.version_named(slug, digest=request.GET.get("version", "")))
    return render(
        request,
        "circulars/circular.html",
        {"version": version, "circular": queries.circular_of_version(version)},
    )
