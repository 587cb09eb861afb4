"""Naming the unit of a form lets its rows go on; a unit under which rows were taken stands."""

import pytest

from huigong.annexes.tests.forms import ROW, changed
from huigong.audit import queries as audit
from huigong.intake import actions
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.values.sentence import SaidError

ELSEWHERE = changed()


@pytest.fixture
def resin(city, at):
    organisations.import_units([organisations.UnitRow("藤县松脂厂工会", "450422")], officer="system", at=at)
    return Organisation.objects.get(name="藤县松脂厂工会")


def test_its_rows_are_ready_and_the_naming_is_recorded(give, resin, at):
    form = give(ROW, changed(student_id_number="1"))
    actions.name_unit(form, resin, officer="huang", at=at)
    assert [(row.status, row.waits_for) for row in form.rows.order_by("number")] == [("ready", ""), ("returned", "")]
    assert audit.history(actions.form_reference(form))[-1].payload["unit"] == resin.code


def test_another_unit_is_refused_once_rows_were_taken(give, unit, resin, at):
    form = give(ROW, good_rows="accepted")
    with pytest.raises(SaidError) as refused:
        actions.name_unit(form, resin, officer="huang", at=at)
    assert refused.value.sentence.code == "unit_stands"
    form.refresh_from_db()
    assert form.unit == unit


def test_a_unit_of_another_city_is_refused(give, other_city, at):
    form = give(ROW)
    with pytest.raises(SaidError) as refused:
        actions.name_unit(form, other_city, officer="huang", at=at)
    assert refused.value.sentence.code == "unit_elsewhere"
