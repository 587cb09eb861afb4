"""Whoever probably stands already under another number makes no second case before a person has said who it is."""

import pytest

from huigong.audit import queries as audit
from huigong.employment import actions
from huigong.employment.models import Graduate
from huigong.employment.tests.test_lists import files  # noqa: F401  the family on file
from huigong.registry.tests import workbooks

SLIP = workbooks.number("45042219950101088")
"""One sign of somebody's number miscopied, with a check digit that is right."""


@pytest.fixture
def one(centre):
    return centre.graduate(4, id_number=workbooks.number("45042219950101008"), school="梧州学院")


@pytest.fixture
def again(centre, one):
    return centre.line(4, id_number=SLIP, school="梧州学院")


def test_the_same_person_under_a_mistyped_number_is_to_be_looked_at_and_makes_no_case(centre, one, again):
    done = actions.take_in([again, centre.line(2)], **centre.by)
    assert [found.name for found in done.fresh] == [centre.line(2).name]
    (doubt,) = done.doubtful
    assert (doubt.line, doubt.stands, doubt.reference) == (again, one, one.reference)
    assert doubt.judgement.reasons


def test_somebody_else_is_taken_in_once_an_officer_says_so(centre, one, again):
    done = actions.take_in([again], apart=[again.person_index], **centre.by)
    assert (len(done.fresh), done.doubtful, Graduate.objects.count()) == (1, [], 2)
    assert actions.take_in([again], **centre.by).same == [done.fresh[0].reference]


def test_the_same_person_is_said_once_and_never_asked_about_again(centre, one, again):
    (doubt,) = actions.take_in([again], **centre.by).doubtful
    actions.say_same(doubt, **centre.by)
    done = actions.take_in([again], **centre.by)
    assert (done.fresh, done.doubtful, done.same) == ([], [], [one.reference])
    assert "graduate.said_same" in [told.action for told in audit.history(one.reference)]


def test_whose_own_number_stands_in_the_list_too_is_somebody_beside_them(centre, one, again):
    """Two of one name and school, both numbers in one list: the list says that they are two."""
    done = actions.take_in([again, centre.line(4, id_number=one.id_number.plain(), school="梧州学院")], **centre.by)
    assert (len(done.fresh), done.same, done.doubtful) == (1, [one.reference], [])


def test_somebody_of_another_name_and_school_is_nobodys_double(centre, one):
    assert len(actions.take_in([centre.line(2), centre.line(3)], **centre.by).fresh) == 2


@pytest.mark.usefixtures("files")
def test_a_child_on_file_is_found_by_name_school_and_birth_where_the_number_is_mistyped(centre, city):
    line = centre.line(1, name="韦小雨", id_number=workbooks.number("45042219950101282"), school="梧州学院")
    done = actions.take_in([line], **centre.by)
    assert (done.fresh, [doubt.reference for doubt in done.doubtful]) == ([], ["GX1"])
