"""The same need paid twice: whose aid counts, what is base and never does, and what a household got that may be the child's."""

from datetime import date
from itertools import pairwise

import pytest

from huigong.registry import actions, aid_kinds
from huigong.registry.actions import Aid
from huigong.registry.models import Household, Likeness
from huigong.registry.queries import Need, overlaps
from huigong.registry.tests.lives import drafted, fields
from huigong.vault import blind

CHILD, SAME_CHILD, SISTER = "450422200005124227", "450422200005124235", "450422200105124219"
THIRD = "450422200005124243"


def index(number):
    return blind.index("resident_id", number)


def give(household, number, reference, *, at, need="schooling-2017"):
    aid = Aid(household.pk, index(number), need, "donations", 100_000, reference)
    actions.give_all([aid], on=date(2017, 8, 20), officer="chen", at=at)


@pytest.fixture
def family(huang, at):
    made = drafted(huang, at)
    for place, number in enumerate((CHILD, SISTER), 1):
        child = fields("member", name=f"韦小{place}", relationship="女儿", id_number=number)
        actions.edit_member(made, place, child, version=place - 1, officer=huang.username, at=at)
    return Household.objects.get(pk=made.pk)


def found(family, number=CHILD, year=2017):
    need = Need(f"schooling-{year}", "schooling", year, {index(number): family.pk})
    return [(one.reference, one.how) for one in overlaps(need).get(index(number), [])]


def test_the_need_that_was_paid_is_an_overlap_and_another_years_is_not(family, at):
    give(family, CHILD, "SA-450422-2017-00001", at=at)
    assert found(family) == [("SA-450422-2017-00001", "same_person")]
    assert found(family, year=2018) == []


def test_what_a_sister_was_given_is_hers(family, at):
    give(family, SISTER, "SA-450422-2017-00002", at=at)
    assert found(family) == []


def test_aid_of_this_kind_for_the_household_is_told_apart_and_state_student_aid_is_base(family, at):
    given = {"fen": 50_000, "on": date(2017, 3, 1), "officer": "lu", "at": at}
    actions.give_from_elsewhere(family, "国家助学金", "教育", **given)
    actions.give_from_elsewhere(family, "医疗救助", "民政", **given)
    assert found(family) == []
    actions.give_from_elsewhere(family, "社会助学", "妇联", **given)
    assert [how for _, how in found(family)] == ["household"]


def test_a_person_who_was_told_to_be_the_same_is_found_under_the_other_number(family, huang, at):
    father = drafted(huang, at, worker_name="陆建国", id_number="450422197601011234")
    child = fields("member", name="韦小一", relationship="女儿", id_number=SAME_CHILD)
    actions.edit_member(father, 1, child, version=0, officer="huang", at=at)
    give(father, SAME_CHILD, "SA-450400-2017-00007", at=at)
    assert found(family) == []
    ends = {"one": family, "one_position": 1, "other": father, "other_position": 1}
    pair = Likeness.objects.create(**ends, pattern=0, found_at=at)
    actions.say_of_likenesses([pair], "same", officer="huang", at=at)
    assert found(family) == [("SA-450400-2017-00007", "told_same")]


def test_who_is_the_same_as_the_same_is_found_too(family, huang, at):
    """A is B and B is C: aid under C's number is A's, also where B has no number."""
    files = [family]
    for place, number in enumerate(("", THIRD)):
        made = drafted(huang, at, worker_name="陆建国", id_number=f"45042219760101{1234 + place}")
        child = fields("member", name="韦小一", relationship="女儿", id_number=number)
        actions.edit_member(made, 1, child, version=0, officer="huang", at=at)
        files.append(made)
    give(files[2], THIRD, "SA-450400-2017-00009", at=at)
    for one, other in pairwise(files):
        ends = {"one": one, "one_position": 1, "other": other, "other_position": 1}
        pair = Likeness.objects.create(**ends, pattern=0, found_at=at)
        actions.say_of_likenesses([pair], "same", officer="huang", at=at)
    assert found(family) == [("SA-450400-2017-00009", "told_same")]
    assert found(family, SISTER) == []


def test_what_the_other_file_of_a_merged_household_was_given_counts(family, huang, at):
    spouse = drafted(huang, at, worker_name="陆建国", id_number="450422197601011234")
    actions.give_from_elsewhere(spouse, "社会助学", "妇联", fen=5_000, on=date(2017, 3, 1), officer="lu", at=at)
    assert found(family) == []
    files = [Household.objects.get(pk=one.pk) for one in (family, spouse)]
    actions.merge(*files, versions=[one.version for one in files], reason="夫妻", officer="huang", at=at)
    assert [how for _, how in found(family)] == ["household"]


def test_kinds_are_dated_and_each_says_where_it_comes_from():
    assert "教育救助" not in aid_kinds.competing("schooling", on=date(2014, 1, 1))
    assert "教育救助" in aid_kinds.competing("schooling", on=date(2017, 1, 1))
    assert all(kind.source for kind in aid_kinds.shipped())
    assert not {kind.word for kind in aid_kinds.shipped() if kind.is_base} & aid_kinds.competing(
        "schooling", on=date(2017, 1, 1)
    )
