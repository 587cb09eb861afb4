"""Tells Django about the app `organisations` (工会组织)."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "huigong.organisations"
    verbose_name = "工会组织"
