"""Tells Django about the app `ledger` (账簿)."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "huigong.ledger"
    verbose_name = "账簿"
