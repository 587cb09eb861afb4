"""A campaign past its notice, everybody whose hands money needs, and a desk to sit at."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huigong.organisations import actions as organisations
from huigong.publicnotices.tests.boards import speak_for_all
from huigong.web import factors
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def work(db, at, on):
    on(8, 28)
    work = campaign_at_work(at, up_to="on_notice")
    on(8, 28)
    speak_for_all(work.huang, at=timezone.now())
    return work


@pytest.fixture
def nong(work, at):
    return organisations.add_officer("农", role="finance", organisation=work.city, by="system", at=at)


@pytest.fixture
def deng(work, at):
    return organisations.add_officer("邓", role="aid_centre", organisation=work.city, by="system", at=at)


@pytest.fixture
def proven(monkeypatch):
    """Everybody has just given the code of their authenticator."""
    monkeypatch.setattr(factors, "is_fresh", lambda _request, *, at: bool(at))


class Desk:
    """Signs somebody in; `post` follows and gives the text of the page with its status."""

    def __init__(self, client):
        self.client = client

    def sit(self, who):
        self.client.force_login(who, backend=BACKEND)
        return self

    def look(self, name, *args, **query):
        return unescape(self.client.get(reverse(name, args=args), query).content.decode())

    def post(self, address, /, *args, **data):
        answer = self.client.post(reverse(address, args=args), data, follow=True)
        return answer.status_code, unescape(answer.content.decode())

    def download(self, name, *args):
        return self.client.get(reverse(name, args=args))


@pytest.fixture
def desk(client):
    return Desk(client)


def scan(content=b"%PDF-1.4 signed", name="扫描.pdf"):
    return SimpleUploadedFile(name, content)


def write_form(desk, work, **changes):
    """The handler writes the approval form; returns its number."""
    told = {"minutes": "梧工办纪要〔2017〕31号", "held_on": "2017-08-28", "attendees": "覃、黄、陈", "scan": scan()}
    return desk.sit(work.huang).post("approval-write", work.campaign.code, **told | changes)
