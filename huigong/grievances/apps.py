"""Tells Django about the app `grievances` (异议和申诉)."""

from django.apps import AppConfig


class GrievancesConfig(AppConfig):
    name = "huigong.grievances"
    verbose_name = "异议和申诉"
