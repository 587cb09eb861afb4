"""The campaign on its first day, and a desk at which forms are handed in."""

import pytest

from huigong.web.tests.campaign_at_work import empty_campaign
from huigong.web.tests.forms.desk import Desk


@pytest.fixture
def work(db, at):
    return empty_campaign(at)


@pytest.fixture
def desk(client, work):
    return Desk(client, work)
