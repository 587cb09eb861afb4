"""Tells Django about the app `giving` (捐助)."""

from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "huigong.giving"
    verbose_name = "捐助"
