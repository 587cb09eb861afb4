"""What the tests of notices share: a notice that hangs, two clerks, and twenty families of one surname."""

from datetime import date

import pytest

from huigong.audit.tests.kept import kept
from huigong.circulars import queries as circulars
from huigong.circulars.tests.test_open_campaign import opened
from huigong.documents import actions as documents
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.publicnotices import actions
from huigong.values.working_days import shipped_calendar

FIRST, LAST = date(2017, 8, 14), date(2017, 8, 18)
UNIT = "藤县糖业工会"


@pytest.fixture
@kept
def unit(city, at):
    organisations.import_units([organisations.UnitRow(UNIT, "450422")], officer="system", at=at)
    return Organisation.objects.get(name=UNIT)


@pytest.fixture
@kept
def hung(city, at, unit):
    """One line of one unit, from 14 to 18 August 2017."""
    campaign = opened(city, at)
    placed = actions.Placed(
        "SA-450422-2017-00001",
        "韦小雨",
        "普通高校本科",
        "藤县",
        "金秋助学",
        "韦秀兰",
        UNIT,
        300_000,
        level="undergraduate",
        unit_id=unit.pk,
        federation_id=unit.parent_id,
    )
    given = {"rule": circulars.circular_of(campaign).notice, "from_day": FIRST, "calendar": shipped_calendar()}
    return actions.publish(campaign, [placed], **given, officer="huang", at=at)


@pytest.fixture
def lu(unit, at):
    return organisations.add_officer("陆", role="preparer", organisation=unit, by="system", at=at)


@pytest.fixture
def paper(at):
    def make(content=b"%PDF-1.4 stamped", name="说明.pdf"):
        return documents.store(content, name=name, media_type="application/pdf", officer="lu", at=at)

    return make
