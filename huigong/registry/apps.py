"""Tells Django about the app `registry` (困难职工档案)."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "huigong.registry"
    verbose_name = "困难职工档案"
