"""Tells Django about the app `partners` (其他部门)."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "huigong.partners"
    verbose_name = "其他部门"
