"""Tells Django about the app `employment` (阳光就业)."""

from django.apps import AppConfig


class EmploymentConfig(AppConfig):
    name = "huigong.employment"
    verbose_name = "阳光就业"
