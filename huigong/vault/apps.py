"""Tells Django about the app `vault` (保险箱)."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "huigong.vault"
    verbose_name = "保险箱"
