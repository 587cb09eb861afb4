"""Tells Django about the app `payments` (发放)."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "huigong.payments"
    verbose_name = "发放"
