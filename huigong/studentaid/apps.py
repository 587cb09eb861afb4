"""Tells Django about the app `studentaid` (金秋助学)."""

from django.apps import AppConfig


class StudentaidConfig(AppConfig):
    name = "huigong.studentaid"
    verbose_name = "金秋助学"
