"""How a test works at the pages of employment: sign in, post, and read what the page says."""

import re

from django.urls import reverse

BACKEND = "django.contrib.auth.backends.ModelBackend"


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def post(desk, name, one, **fields):
    return text(desk.post(reverse(name, args=[one.pk]), fields, follow=True))
