"""Addresses: what anybody may open: notices, objections, outcomes, openings."""

from django.urls import URLPattern, path

from huigong.web.portal import notices, objections, openings, outcomes

urlpatterns: list[URLPattern] = [
    path("public/notices/<str:number>/objection/", objections.public_objection, name="public-objection"),
    path("public/appeals/", objections.public_appeal, name="public-appeal"),
    path("public/answers/", objections.public_answer, name="public-answer"),
    path("public/notices/", notices.public_notices, name="public-notices"),
    path("public/notices/<str:number>/", notices.public_notice, name="public-notice"),
    path("offered/", openings.opening_answer, name="opening-answer"),
    path("placed/", outcomes.outcome_confirm, name="outcome-confirm"),
]
