"""Tells Django about the doors."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "huigong.web"
    verbose_name = "门户"
