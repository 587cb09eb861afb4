"""A file that was begun, and an officer who opens its pages."""

from html import unescape

import pytest
from django.urls import reverse

from huigong.registry import actions, code_lists
from huigong.registry.models import Household
from huigong.registry.tests.lives import Life, drafted, fields

BACKEND = "django.contrib.auth.backends.ModelBackend"
NUMBER, ADDRESS = "450422197503064228", "藤县藤州镇人民路8号"


@pytest.fixture
def file(huang, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    file = drafted(huang, at)
    return actions.edit(file, fields(address=ADDRESS), version=0, officer=huang.username, at=at)


@pytest.fixture
def desk(client, file, huang, on):
    on(8, 7)
    client.force_login(huang, backend=BACKEND)

    class Desk:
        def text(self, name, /, *more):
            return unescape(client.get(reverse(name, args=[file.pk, *more])).content.decode())

        def post(self, name, /, *more, **given):
            return client.post(reverse(name, args=[file.pk, *more]), given)

        def stands(self):
            return Household.objects.get(pk=file.pk)

    return Desk()


@pytest.fixture
def life(file, at):
    return Life(file, at)
