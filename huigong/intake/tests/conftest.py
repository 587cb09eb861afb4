"""A campaign with its unit, and a way to hand in forms of invented people."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from huigong.annexes.annotating import annotate
from huigong.annexes.reading import read
from huigong.annexes.tests.forms import FORM, sheet, xlsx
from huigong.audit.tests.kept import kept
from huigong.circulars import actions as circulars
from huigong.circulars import queries
from huigong.intake import actions
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.registry.actions import import_workbook
from huigong.registry.tests.workbooks import workbook
from huigong.registry.workbook import read_workbook

FOLDER = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"
RECEIVED = date(2017, 8, 7)


@pytest.fixture
@kept
def campaign(city, at):
    version = circulars.publish(FOLDER, [FOLDER / "supplement-example.toml"], officer="system", at=at)
    circular = queries.circular_of_version(version)
    return circulars.open_campaign(
        version, circular, city, received_on=RECEIVED, notice_from=date(2017, 8, 14), officer="system", at=at
    )


@pytest.fixture
def unit(city, at):
    row = organisations.UnitRow("藤县糖业有限公司工会", "450422")
    organisations.import_units([row], officer="system", at=at)
    return Organisation.objects.get(name=row.unit)


@pytest.fixture
def lu(unit, at):
    """陆, who prepares forms for one unit."""
    return organisations.add_officer("陆", role="preparer", organisation=unit, by="system", at=at)


@pytest.fixture
@kept
def files(city, tmp_path, at):
    """The household files of 韦秀兰's family."""
    import_workbook(read_workbook(workbook(tmp_path / "registry.xlsx")), city=city, officer="system", at=at)


@pytest.fixture
def give(campaign, tmp_path, at):
    """Hands in a form of these rows, or the file at a path."""

    def giving(*rows, name="名单.xlsx", path=None, officer="lu", **options):
        path = path or xlsx(tmp_path / name, sheet(*rows))
        reading = read(path, FORM, received_on=RECEIVED)
        return actions.receive(campaign, path, reading, received_on=RECEIVED, officer=officer, at=at, **options)

    return giving


@pytest.fixture
def annotated(tmp_path):
    """The annotated copy that the unit of a form gets back, made of the file that it sent."""

    def made(form, path, folder="back"):
        return annotate(path, read(path, FORM), FORM, tmp_path / folder, batch=form.sha256[:16])

    return made
