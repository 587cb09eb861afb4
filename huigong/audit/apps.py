"""Tells Django about the audit app, and installs the database guards after every migration: the house's one receiver."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from huigong.audit import guards


def install_guards(**_: Any) -> None:
    guards.install()


class AuditConfig(AppConfig):
    name = "huigong.audit"
    verbose_name = "留痕"

    def ready(self) -> None:
        post_migrate.connect(install_guards, dispatch_uid="huigong.guards")
