"""Tells Django about the app `circulars` (通知)."""

from django.apps import AppConfig


class CircularsConfig(AppConfig):
    name = "huigong.circulars"
    verbose_name = "通知"
