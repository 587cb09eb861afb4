"""Addresses: the sample of a campaign, the walk of one payment, and the walk as a paper."""

from django.urls import URLPattern, path

from huigong.web.console.walk import walking

urlpatterns: list[URLPattern] = [
    path("campaigns/<str:code>/walks/", walking.walks, name="walks"),
    path("applications/<str:reference>/walk/", walking.walk, name="walk"),
    path("applications/<str:reference>/walk/<slug:kind>/", walking.walk_printed, name="walk-printed"),
]
