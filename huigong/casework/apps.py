"""Tells Django about the app `casework` (经办)."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "huigong.casework"
    verbose_name = "经办"
