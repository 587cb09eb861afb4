"""People in two files: who is brought up, that nobody is asked twice, that twins are let be, and what a word may do."""

import pytest
from django.db import DatabaseError, connection, transaction

from huigong.audit import queries as audit
from huigong.matching.learning import Label
from huigong.organisations import actions as organisations
from huigong.registry import actions, doubles
from huigong.registry.models import Household, Likeness
from huigong.registry.queries import Person, candidates
from huigong.registry.tests.lives import drafted, fields
from huigong.values.resident_id import check_digit
from huigong.values.sentence import SaidError


def number(body):
    return body + check_digit(body)


CHILD, TWIN = number("45042219990312284"), number("45042219990312286")
MISTYPED = CHILD[:9] + ("8" if CHILD[9] != "8" else "7") + CHILD[10:]


def filed(huang, at, worker, born, *children):
    file = drafted(huang, at, worker_name=worker, id_number=number(f"450422{born}"))
    for place, (name, identity) in enumerate(children, 1):
        child = fields("member", name=name, relationship="女儿", id_number=identity, school="藤县第一中学")
        actions.edit_member(file, place, child, version=place - 1, officer=huang.username, at=at)
    return Household.objects.get(pk=file.pk)


@pytest.fixture
def two(huang, at):
    """韦小雨 with her mother, and once more with her father, where her number was mistyped."""
    mother = filed(huang, at, "韦秀兰", "19750306422", ("韦小雨", CHILD), ("韦小雪", TWIN))
    father = filed(huang, at, "陆建国", "19760101123", ("韦小雨", MISTYPED))
    return mother, father


def look(huang, at):
    return actions.look_for_likenesses(huang.organisation, officer=huang.username, at=at)


def test_one_child_in_two_files_is_brought_up_once_with_its_reasons(two, huang, at):
    assert look(huang, at) == 1
    pair = Likeness.objects.get()
    assert {(pair.one_position, pair.other_position)} == {(1, 1)}
    assert look(huang, at) == 0
    assert [one.payload["outcome"] for one in audit.history(two[0].file_number) if one.action == "likeness.found"] == [
        ""
    ]


def test_twins_in_one_file_and_in_two_are_nobodys_double(huang, at):
    filed(huang, at, "韦秀兰", "19750306422", ("韦小雨", CHILD))
    filed(huang, at, "陆建国", "19760101123", ("韦小雪", TWIN))
    assert look(huang, at) == 0


def test_a_word_is_said_once_and_never_asked_of_the_next_officer(two, huang, at):
    look(huang, at)
    pair = Likeness.objects.get()
    actions.say_of_likenesses([pair], "later", officer="huang", at=at)
    actions.say_of_likenesses([pair], "not_same", officer="huang", at=at)
    with pytest.raises(SaidError, match="别人刚定过"):
        actions.say_of_likenesses([pair], "same", officer="qin", at=at)
    look(huang, at)
    assert list(doubles.likenesses_for(huang, doubles.OPEN)) == []
    assert [one.outcome for one in doubles.likenesses_for(huang, doubles.DONE)] == ["not_same"]


def test_a_word_can_be_taken_back_and_both_stay_in_history(two, huang, at):
    look(huang, at)
    pair = Likeness.objects.get()
    actions.say_of_likenesses([pair], "same", officer="huang", at=at)
    actions.open_likeness_again(pair, officer="qin", at=at)
    told = [one for one in audit.history(pair.one.file_number) if one.action == "likeness.said"]
    assert [(one.actor, one.payload["outcome"]) for one in told] == [("huang", "same"), ("qin", "")]


def test_what_was_said_is_a_label_without_names_and_only_of_files_below(two, huang, at):
    look(huang, at)
    pair = Likeness.objects.get()
    assert doubles.labels_below(huang.organisation) == []
    actions.say_of_likenesses([pair], "not_same", officer="huang", at=at)
    assert doubles.labels_below(huang.organisation) == [Label(pair.pattern, is_same=False)]
    assert doubles.labels_below(huang.organisation.children.filter(kind="federation").first()) == []


def test_who_sees_one_of_the_files_only_is_not_shown_the_pair(two, huang, at):
    look(huang, at)
    county = huang.organisation.children.filter(kind="federation").first()
    lu = organisations.add_officer("陆", role="aid_centre", organisation=county, by="system", at=at)
    Household.objects.filter(pk=two[0].pk).update(federation=county)
    assert doubles.likenesses_for(huang, doubles.OPEN).count() == 1
    assert doubles.likenesses_for(lu, doubles.OPEN).count() == 0


def test_pairs_that_hang_together_are_one_group_of_whole_families(two, huang, at):
    filed(huang, at, "韦阿婆", "19500101124", ("韦小雨", CHILD))
    assert look(huang, at) == 3
    group = doubles.group_of(Likeness.objects.first(), huang)
    assert (len(group.files), len(group.likenesses), [len(one) for one in group.clusters]) == (3, 3, [3])
    assert len(doubles.between(group, [one.pk for one in group.files[:2]], group.clusters)) == 1
    assert doubles.between(group, [one.pk for one in group.files], []) == []


def test_candidates_of_somebody_new_are_found_by_a_mistyped_number_and_by_their_name(two, huang):
    asked = Person(name="韦小雨", id_number=MISTYPED, school="藤县第一中学")
    found = candidates(huang, asked)
    assert [(one.name, one.position) for one in found[:2]] == [("韦小雨", 1), ("韦小雨", 1)]
    assert found[0].judgement.probability > 0.9
    assert candidates(huang, Person(name="无此人", id_number=number("45042219880808111"))) == []


def test_no_pair_is_deleted(two, huang, at):
    look(huang, at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_likeness")
