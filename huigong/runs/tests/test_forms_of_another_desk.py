"""A run receives at one desk: a form that the circular sends to another one is not kept, and the register says where it goes."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from huigong.annexes.tests.forms import ROW, sheet, xlsx
from huigong.circulars import actions as circulars
from huigong.circulars import queries
from huigong.figures.standing import Standing
from huigong.figures.summary import summary
from huigong.intake.lifecycle import ACCEPTED, WAITING
from huigong.intake.models import FormReceived, FormRow
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.runs import founding, steps
from huigong.runs.inputs import Days, Inputs, People
from huigong.values.sentence import SaidError

FOLDER = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"
RECEIVED = date(2017, 8, 7)
UNIT = "藤县糖业有限公司工会"


@pytest.fixture
def campaign(city, tmp_path, at):
    """One whose circular sends forms to the nearest federation above a unit."""
    copy = shutil.copytree(FOLDER, tmp_path / "circular")
    text = (copy / "circular.toml").read_text(encoding="utf-8")
    assert 'forms = "campaign"' in text
    (copy / "circular.toml").write_text(text.replace('forms = "campaign"', 'forms = "federation"'), encoding="utf-8")
    version = circulars.publish(copy, officer="system", at=at)
    circular = queries.circular_of_version(version)
    return circulars.open_campaign(
        version, circular, city, received_on=RECEIVED, notice_from=None, officer="system", at=at
    )


@pytest.fixture
def county(city):
    return Organisation.objects.get(code="450422")


@pytest.fixture
def known(campaign, at):
    """Makes the unit of the form known."""

    def knowing():
        organisations.import_units([organisations.UnitRow(UNIT, "450422")], officer="system", at=at)

    return knowing


@pytest.fixture
def receive(campaign, tmp_path, at):
    """Takes in the unit's form at a desk."""
    folder = tmp_path / "forms"
    folder.mkdir()
    xlsx(folder / "名单.xlsx", sheet(ROW))

    def at_desk(here):
        return steps.receive(campaign, folder, here=here, received_on=RECEIVED, workers=1, officer="system", at=at)

    return at_desk


def test_a_form_of_a_county_is_not_received_at_the_city(receive, known, campaign, city):
    known()
    (skipped,) = receive(city)
    assert skipped.name == "名单.xlsx"
    assert "五(三)" in skipped.sentence.zh
    assert "藤县总工会困难职工帮扶中心" in skipped.sentence.zh
    assert not FormReceived.objects.exists()
    told = summary(Standing(campaign, (skipped,)), stopped_at=None, why=None, as_of="")
    assert (told["forms"]["other_desk"], told["forms"]["duplicate"]) == (1, 0)


def test_it_is_received_where_the_circular_sends_it(receive, known, county):
    known()
    assert receive(county) == []
    assert FormReceived.objects.get().unit.name == UNIT


def test_rows_of_a_unit_that_becomes_known_later_wait_for_their_own_desk(receive, known, city, county):
    receive(city)
    assert [row.status for row in FormRow.objects.all()] == [WAITING]
    known()
    receive(city)
    assert [row.status for row in FormRow.objects.all()] == [WAITING]
    receive(county)
    assert [row.status for row in FormRow.objects.all()] == [ACCEPTED]


@pytest.mark.parametrize("code", ["450300", "999999"])
def test_a_desk_that_is_none_of_the_citys_is_told(campaign, tmp_path, code):
    days = Days(received=RECEIVED, notice_from=None, as_of=RECEIVED)
    inputs = Inputs(FOLDER, [], None, None, None, tmp_path, None, None, People(), days, desk=code)
    with pytest.raises(SaidError, match=r"--desk"):
        founding.desk_of(inputs, campaign)
