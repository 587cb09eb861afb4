"""A city with its county and works, the people who manage units and people there, and a browser without scripts."""

import io
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.audit.tests.kept import kept
from huigong.organisations import actions
from huigong.organisations.models import Organisation

BACKEND = "django.contrib.auth.backends.ModelBackend"
SUGAR = "藤县糖业公司工会"


@pytest.fixture
def today(on):
    on(8, 7)


@pytest.fixture
def county(city):
    return Organisation.objects.get(code="450422")


@pytest.fixture
@kept
def sugar(city, at):
    actions.import_units([actions.UnitRow(SUGAR, "450422")], officer="system", at=at)
    return Organisation.objects.get(name=SUGAR)


@pytest.fixture
def officer(at):
    return lambda name, role, where: actions.add_officer(name, role=role, organisation=where, by="system", at=at)


@pytest.fixture
def desk(client, today):
    """Signs somebody in; `post` follows and gives the text of the page with its status."""

    class Desk:
        def sit(self, who):
            client.force_login(who, backend=BACKEND)
            return self

        def look(self, name, *args, **query):
            return unescape(client.get(reverse(name, args=args), query).content.decode())

        def post(self, address, /, *args, **data):
            answer = client.post(reverse(address, args=args), data, follow=True)
            return answer.status_code, unescape(answer.content.decode())

        def download(self, name, *args):
            return client.get(reverse(name, args=args))

        def follow(self, name, *args):
            return unescape(client.get(reverse(name, args=args), follow=True).content.decode())

    return Desk()


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("表.xlsx", out.getvalue())
