"""Addresses: circulars, standards and code lists by date, the working calendar."""

from django.urls import URLPattern, path

from huigong.web.console.circulars import circulars, dated, workdays

urlpatterns: list[URLPattern] = [
    path("working-days/", workdays.working_days, name="working-days"),
    path("working-days/keep/", workdays.working_days_keep, name="working-days-keep"),
    path("circulars/", circulars.circulars, name="circulars"),
    path("circulars/<slug:slug>/", circulars.circular, name="circular"),
    path("standards/", dated.standards, name="standards"),
    path("standards/keep/", dated.standards_keep, name="standards-keep"),
    path("code-lists/keep/", dated.code_words_keep, name="code-lists-keep"),
    path("code-lists/", dated.code_words, name="code-lists"),
]
