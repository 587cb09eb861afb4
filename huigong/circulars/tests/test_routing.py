"""The desk of a unit follows from the circular's words, not from code."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from huigong.circulars import actions, queries, routing
from huigong.circulars.models import Campaign
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.rules import checking, loading
from huigong.rules.problems import WrongCircularError

FOLDER = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"


@pytest.fixture
def texts():
    return dict(loading.load(FOLDER).texts)


def circular_with(texts, **words):
    main = texts["circular.toml"]
    for old, new in words.values():
        assert old in main
        main = main.replace(old, new)
    return loading.from_texts(texts | {"circular.toml": main})


@pytest.fixture
def campaign(city, at):
    version = actions.publish(FOLDER, officer="system", at=at)
    circular = queries.circular_of_version(version)
    return actions.open_campaign(version, circular, city, received_on=None, notice_from=None, officer="system", at=at)


@pytest.fixture
def unit(city, at):
    """Under the county by command, under the city's centre by place."""
    organisations.import_units([organisations.UnitRow("糖厂工会", "450422")], officer="system", at=at)
    made, told = (
        Organisation.objects.get(name="糖厂工会"),
        {"on": date(2017, 8, 7), "paper": "x", "officer": "su", "at": at},
    )
    return organisations.place_under_centre(made, city.aid_centre, **told)


@pytest.mark.parametrize(("word", "code"), [("campaign", "450400"), ("federation", "450422"), ("centre", "450400")])
def test_each_word_leads_to_its_desk(texts, campaign, unit, word, code):
    circular = circular_with(texts, forms=('forms = "campaign"', f'forms = "{word}"'))
    assert routing.desk_for_forms(circular, campaign, unit).federation.code == code


def test_forms_and_files_travel_different_ways(texts, campaign, city, at):
    """五(三) sends forms to the city, 五(四) files to the matching centre."""
    circular, county = loading.from_texts(texts), Organisation.objects.get(code="450422")
    forms, files = (way(circular, campaign, county) for way in (routing.desk_for_forms, routing.desk_for_files))
    assert (forms.federation, forms.clause, files.federation, files.clause) == (city, "五(三)", county, "五(四)")
    assert Campaign.objects.count() == 1


def test_a_way_that_cites_no_clause_or_says_another_word_is_refused(texts):
    wrong = circular_with(texts, clause=('forms_clause = "五(三)"', 'forms_clause = "五(九)"'))
    assert [one.sentence.code for one in checking.check(wrong)] == ["clause_missing"]
    with pytest.raises(WrongCircularError):
        circular_with(texts, forms=('forms = "campaign"', 'forms = "the moon"'))
