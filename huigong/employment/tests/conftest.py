"""An aid centre with one officer, and the campaign under which figures are counted."""

import pytest

from huigong.employment.tests.served import Centre, campaign_of


@pytest.fixture
def centre(city, huang, at):
    return Centre(city, huang, at=at)


@pytest.fixture
def campaign(city, at):
    return campaign_of(city, at)
