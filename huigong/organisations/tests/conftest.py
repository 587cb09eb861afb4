"""A city with a county and a sugar works, and people who come and go there."""

from datetime import date

import pytest

from huigong.audit.tests.kept import kept
from huigong.organisations import actions
from huigong.organisations.models import Organisation

DAY = date(2017, 8, 7)
SUGAR = "藤县糖业公司工会"


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
    def make(name, role, organisation):
        return actions.add_officer(name, role=role, organisation=organisation, by="system", at=at)

    return make
