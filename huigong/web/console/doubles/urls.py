"""Addresses: files that may hold one person."""

from django.urls import URLPattern, path

from huigong.web.console.doubles import likenesses

urlpatterns: list[URLPattern] = [
    path("doubles/", likenesses.likenesses, name="likenesses"),
    path("doubles/look/", likenesses.likenesses_look, name="likenesses-look"),
    path("doubles/<uuid:pk>/", likenesses.likeness, name="likeness"),
    path("doubles/<uuid:pk>/say/", likenesses.likeness_say, name="likeness-say"),
    path("doubles/<uuid:pk>/open/", likenesses.likeness_open, name="likeness-open"),
]
