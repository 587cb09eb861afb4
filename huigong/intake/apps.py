"""Tells Django about the app `intake` (收表)."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "huigong.intake"
    verbose_name = "收表"
