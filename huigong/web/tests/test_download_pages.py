"""下载: every file that is offered can be taken, for a purpose that is recorded; a notice's page only while it hangs."""

import re
from html import unescape

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def signed_in(client):
    def as_(officer):
        client.force_login(officer, backend=BACKEND)
        return client

    return as_


@pytest.fixture
def released(db, at):
    return campaign_at_work(at, up_to="released")


def page_of(client, campaign):
    return unescape(client.get(reverse("downloads", args=[campaign.code])).content.decode())


def test_a_file_is_taken_for_a_purpose_and_that_is_recorded(signed_in, released):
    client = signed_in(released.huang)
    address = reverse("download", args=[released.campaign.code, "register.xlsx"])
    assert client.get(address)["Content-Type"].startswith("text/html")
    assert client.post(address, {"purpose": "curiosity"})["Content-Type"].startswith("text/html")
    before = len(audit.history(released.campaign.code))
    answer = client.post(address, {"purpose": "archive"})
    assert answer["Content-Disposition"] == 'attachment; filename="SA-450400-2017-register.xlsx"'
    assert answer.content.startswith(b"PK")
    told = audit.history(released.campaign.code)[before:]
    assert [(one.action, one.payload["purpose"]) for one in told] == [("output.downloaded", "archive")]


def test_every_file_that_is_offered_can_be_taken(signed_in, released, on):
    on(8, 25)
    client = signed_in(released.qin)
    page = page_of(client, released.campaign)
    names = re.findall(r'action="(/campaigns/[^"]+/downloads/[^"]+)"', page)
    assert len(names) == 12  # two of them as docx and as pdf
    for address in names:
        assert "attachment" in client.post(address, {"purpose": "work"})["Content-Disposition"], address


def test_a_bank_file_is_no_download(signed_in, released):
    """It is taken once, with a second factor, on the page of its batch."""
    assert "/bank/" not in page_of(signed_in(released.chen), released.campaign)


def test_after_the_last_day_of_the_notice_its_page_is_offered_no_more(signed_in, released, on):
    on(8, 26)
    client = signed_in(released.chen)
    page = page_of(client, released.campaign)
    assert "公示期满，网上不再挂" in page
    assert "downloads/public-notice.docx" in page
    gone = client.post(reverse("download", args=[released.campaign.code, "public-notice.html"]), {"purpose": "work"})
    assert "attachment" not in gone.headers.get("Content-Disposition", "")


def test_before_a_notice_its_papers_are_named_and_not_offered(signed_in, db, at):
    shared = campaign_at_work(at, up_to="shared")
    client = signed_in(shared.huang)
    page = page_of(client, shared.campaign)
    assert "还没有公示" in page
    assert "downloads/public-notice.html" not in page
