"""Tells Django about the app `lifecycle` (流程)."""

from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "huigong.lifecycle"
    verbose_name = "流程"
