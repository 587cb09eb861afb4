"""Addresses: searching and the list of files."""

from django.urls import URLPattern, path

from huigong.web.console.finding import finding

urlpatterns: list[URLPattern] = [
    path("search/", finding.search, name="search"),
    path("households/", finding.households, name="households"),
    path("households/download/", finding.households_download, name="households-download"),
]
