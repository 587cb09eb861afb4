"""Who works at the desk."""

import pytest

from huigong.organisations import actions as organisations


@pytest.fixture
def qin(city, at):
    """覃, the leader who approves."""
    return organisations.add_officer("覃", role="approver", organisation=city, by="system", at=at)


@pytest.fixture
def lu(city, at):
    """陆, who prepares a unit's forms and decides nothing."""
    return organisations.add_officer("陆", role="preparer", organisation=city, by="system", at=at)
