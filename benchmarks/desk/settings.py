"""The product's own settings, with Django's admin beside it: for the benchmark of the desk alone, never served to anybody."""

from huigong.web.settings import *  # noqa: F403
from huigong.web.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "benchmarks.desk.urls"
ALLOWED_HOSTS = ["testserver"]
