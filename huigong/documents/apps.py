"""Tells Django about the app `documents` (材料)."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "huigong.documents"
    verbose_name = "材料"
