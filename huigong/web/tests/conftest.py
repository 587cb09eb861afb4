"""What the tests of several pages share."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone


@pytest.fixture
def on(monkeypatch):
    """Puts the clock of the pages to a day of 2017, at noon."""

    def day(month, day):
        moment = datetime(2017, month, day, 4, 0, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return day


@pytest.fixture
def clock_stands(monkeypatch):
    """Holds the clock of the pages where it is: what is counted by the minute or hour does not begin anew midway."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
