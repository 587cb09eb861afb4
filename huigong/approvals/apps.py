"""Tells Django about the app `approvals` (审批)."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "huigong.approvals"
    verbose_name = "审批"
