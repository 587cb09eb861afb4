"""Addresses: legal holds, what is over, erasing a file or a paper."""

from django.urls import URLPattern, path

from huigong.web.console.keeping import erasing, keeping

urlpatterns: list[URLPattern] = [
    path("keeping/", keeping.keeping, name="keeping"),
    path("keeping/hold/", keeping.keeping_hold, name="keeping-hold"),
    path("keeping/lift/", keeping.keeping_lift, name="keeping-lift"),
    path("keeping/erase/", erasing.keeping_erase, name="keeping-erase"),
    path("keeping/key/", erasing.keeping_key, name="keeping-key"),
    path("households/<uuid:pk>/erase/", erasing.household_erase, name="household-erase"),
]
