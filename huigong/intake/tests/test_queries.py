"""Who sees which forms: a city its own, a unit its own and what it sent, another city nothing."""

import pytest

from huigong.annexes.tests.forms import ROW, changed
from huigong.intake import queries
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation


@pytest.fixture
def forms(give, unit, lu, city, at):
    """Three forms: of 陆's unit, of another unit, and of nobody known, the last sent in by 陆."""
    organisations.import_units([organisations.UnitRow("梧州市船舶厂工会", "450400")], officer="system", at=at)
    own = give(ROW, officer="huang", name="own.xlsx")
    other = give(changed(phone="13900000000"), officer="huang", name="other.xlsx")
    other.unit = Organisation.objects.get(name="梧州市船舶厂工会")
    other.save()
    unknown = give(changed(phone="13700000000"), officer=lu.username, name="unknown.xlsx")
    unknown.unit = None
    unknown.save()
    return {"own": own, "other": other, "unknown": unknown}


def seen(officer, campaign):
    return {form.name.removesuffix(".xlsx") for form in queries.forms_for(officer, campaign)}


def test_the_city_sees_all_and_another_city_nothing(forms, campaign, huang, mo):
    assert seen(huang, campaign) == {"own", "other", "unknown"}
    assert seen(mo, campaign) == set()
    assert (queries.rows_for(huang, campaign).count(), queries.rows_for(mo, campaign).count()) == (3, 0)


def test_a_preparer_sees_the_own_units_forms_and_what_was_sent_in(forms, campaign, lu):
    assert seen(lu, campaign) == {"own", "unknown"}


def test_a_county_sees_its_units_and_not_the_unknown(forms, campaign, city, at):
    county = city.children.get(code="450422")
    assert seen(
        organisations.add_officer("甘", role="verifier", organisation=county, by="system", at=at), campaign
    ) == {"own"}


def test_somebody_who_left_sees_nothing(forms, campaign, lu):
    lu.is_active = False
    assert seen(lu, campaign) == set()


def test_counts_say_where_the_rows_stand(give, unit, campaign):
    give(ROW, changed(student_id_number="1"), changed(student_age="12"))
    counted = queries.forms_of(campaign).get()
    assert (counted.rows_ready, counted.rows_look, counted.rows_returned, counted.rows_taken) == (2, 1, 1, 0)
