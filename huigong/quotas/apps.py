"""Tells Django about the app `quotas` (指标)."""

from django.apps import AppConfig


class QuotasConfig(AppConfig):
    name = "huigong.quotas"
    verbose_name = "指标"
