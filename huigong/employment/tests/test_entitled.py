"""What a case tells of the facts that the state's policies ask for, and what it leaves unknown."""

from datetime import date

import pytest

from huigong.employment.entitled import facts_of
from huigong.employment.models import Graduate
from huigong.employment.queries import standing_outcome


def facts(one, on=date(2017, 8, 7)):
    found = Graduate.objects.get(pk=one.pk)
    return facts_of(found, standing_outcome(found), on=on)


def test_of_whoever_looks_for_work_only_what_was_told_is_known(centre):
    told = facts(centre.graduate(1))
    assert (told["destination"], told["in_graduation_year"], told["months_since_graduation"]) == ("seeking", True, 2)
    assert (told["registered_in_assistance"], told["has_skill_certificate"]) == (None, None)
    assert (told["works_for_small_firm"], told["employer_pays_insurance"]) == (False, False)


@pytest.mark.parametrize(("skills", "has"), [(["driving_licence", "english_4"], None), (["electrician"], True)])
def test_only_the_certificate_of_a_skill_test_is_one(centre, skills, has):
    one = centre.graduate(1)
    centre.plan(one, skills=skills, registered=True)
    assert (facts(one)["has_skill_certificate"], facts(one)["registered_in_assistance"]) == (has, True)


@pytest.mark.parametrize(("nature", "small"), [("small", True), ("state_large", False), (None, None)])
def test_the_size_of_an_employer_is_known_where_the_employer_is(centre, nature, small):
    one = centre.graduate(1)
    employer = centre.employer(nature=nature) if nature else None
    centre.hire(one, employer=employer, evidence="social_insurance")
    told = facts(one)
    assert (told["works_for_small_firm"], told["employer_pays_insurance"]) == (small, True)


@pytest.mark.parametrize(
    ("on", "months"), [(date(2017, 6, 30), None), (date(2017, 7, 1), 0), (date(2018, 7, 1), 12), (date(2018, 7, 2), 13)]
)
def test_months_since_graduation_are_those_that_have_begun(centre, on, months):
    assert facts(centre.graduate(1), on)["months_since_graduation"] == months
