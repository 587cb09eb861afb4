"""A campaign whose notice hangs, and the days of its window."""

import pytest

from huigong.publicnotices.models import PublicNotice
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def work(db, at, on):
    """The notice hangs from 21 to 25 August; today is the 22nd."""
    on(8, 22)
    return campaign_at_work(at, up_to="on_notice")


@pytest.fixture
def notice(work):
    return PublicNotice.objects.get()


@pytest.fixture
def sit(client):
    """The same client with somebody else at it."""

    def down(officer):
        client.force_login(officer, backend=BACKEND)
        return client

    return down
