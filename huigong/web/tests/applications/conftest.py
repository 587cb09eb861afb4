"""A campaign whose places are shared, and a desk that opens lists and applications as one of the cast."""

import re
from html import unescape

import pytest
from django.urls import reverse

from huigong.studentaid.models import Application
from huigong.web.tests.applications.cast import BACKEND, REASON
from huigong.web.tests.campaign_at_work import campaign_at_work


@pytest.fixture
def work(db, at):
    return campaign_at_work(at, up_to="shared")


@pytest.fixture
def desk(client, work):
    """Opens lists and applications as one of the cast, and settles."""

    class Desk:
        home = reverse("applications", args=[work.campaign.code])

        def __init__(self):
            self.sit(work.huang)

        def sit(self, officer):
            client.force_login(officer, backend=BACKEND)

        def text(self, address):
            return unescape(client.get(address).content.decode())

        def list(self, query=""):
            """The references on the page of the list, in their order."""
            return re.findall(
                r'<th scope="row"><a class="whole" href="[^"]*">(SA-[\d-]+)</a>', self.text(self.home + query)
            )

        def search(self, **filled):
            return client.post(self.home, filled)

        def page(self, reference, query=""):
            return self.text(reverse("application", args=[reference]) + query)

        def settle(self, reference, **given):
            seen = Application.objects.filter(reference=reference).values_list("version", flat=True).first()
            given = {"reason": REASON, "sure": "yes", "version": seen} | given
            return client.post(reverse("application-settle", args=[reference]), given, follow=True)

        def reason(self, reference, **given):
            return client.post(reverse("application-reason", args=[reference]), given)

    return Desk()
