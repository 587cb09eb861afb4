"""Tells Django about the app `publicnotices` (公示)."""

from django.apps import AppConfig


class PublicnoticesConfig(AppConfig):
    name = "huigong.publicnotices"
    verbose_name = "公示"
