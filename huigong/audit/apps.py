"""Tells Django about the app `audit` (留痕)."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "huigong.audit"
    verbose_name = "留痕"
