"""Every address of the product. Each names the permission it needs (tests/architecture checks that none is missing)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
