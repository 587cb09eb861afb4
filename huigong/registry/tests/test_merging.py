"""One household, one file: who comes in, what is filled, what is never overwritten; and back again to the byte."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from huigong.registry import actions, details
from huigong.registry.actions.aid import Aid
from huigong.registry.choosing import choosable
from huigong.registry.columns import HOUSEHOLD, MEMBER
from huigong.registry.models import FileMark, Household, Member, Merge
from huigong.registry.related import related_to
from huigong.registry.tests.lives import drafted, fields
from huigong.values.sentence import SaidError

HUSBAND, CHILD = "450422197601011234", "450422200005124227"


@pytest.fixture
def two(huang, at):
    """韦秀兰's file with her daughter, and her husband's with the same daughter and his mother."""
    by = {"officer": huang.username, "at": at}
    wife = drafted(huang, at, phone="13900000001")
    daughter = fields("member", name="韦小雨", relationship="女儿", id_number=CHILD)
    actions.edit_member(wife, 1, daughter, version=0, **by)
    husband = drafted(huang, at, worker_name="陆建国", id_number=HUSBAND, employer="藤县糖业公司", phone="13900000002")
    actions.edit_member(husband, 1, daughter, version=0, **by)
    mother = fields("member", name="陆阿婆", relationship="母亲", health="心血管病")
    actions.edit_member(husband, 2, mother, version=1, **by)
    return again(wife), again(husband)


def again(file):
    return Household.objects.get(pk=file.pk)


def stands(file):
    """Everything that history holds of a file and its members."""
    file = again(file)
    return HOUSEHOLD.told(file), MEMBER.told(*file.members.order_by("position")), file.status


@pytest.fixture
def merge(two, at):
    def made(reason="夫妻，一起生活", theirs=()):
        kept, absorbed = (again(file) for file in two)
        versions = (kept.version, absorbed.version)
        return actions.merge(kept, absorbed, versions=versions, reason=reason, theirs=theirs, officer="huang", at=at)

    return made


def test_the_other_worker_and_family_come_in_once_and_empty_fields_are_filled(two, merge):
    merge()
    wife, husband = (again(file) for file in two)
    assert [one.name for one in wife.members.order_by("position")] == ["韦小雨", "陆建国", "陆阿婆"]
    assert (wife.employer, wife.phone.plain()) == ("藤县糖业公司", "13900000001")
    assert (husband.status, husband.file_status, husband.is_enrolled) == ("merged", "已并档", False)


def test_taken_apart_both_files_stand_as_they_stood_to_the_byte(two, merge, at):
    before = [stands(file) for file in two]
    made = merge()
    assert [stands(file) for file in two] != before
    actions.take_apart(made, officer="huang", at=at)
    assert [stands(file) for file in two] == before


def test_where_both_filled_a_field_a_person_chooses_and_it_is_undone_like_the_rest(two, merge, huang, at):
    husband = again(two[1])
    told = {"address": "藤县太平镇8号", "housing": "租房", "size": 4}
    actions.edit(husband, fields(**told), version=husband.version, officer="lu", at=at)
    wife = again(two[0])
    told = {"address": "藤县藤州镇8号", "housing": "自建房", "size": 3}
    actions.edit(wife, fields(**told), version=wife.version, officer="lu", at=at)
    names = [field.name for field in choosable(again(two[0]), again(two[1]), today=at.date())]
    assert {"address", "housing", "size", "phone"} <= set(names)
    assert "worker_name" not in names
    before = [stands(file) for file in two]
    made = merge(theirs=["address", "size", "worker_name", "id_number", "employer"])
    kept = again(two[0])
    assert details.details_of(kept)["address"] == "藤县太平镇8号"
    assert details.details_of(kept)["housing"] == "自建房"
    assert (kept.size, kept.worker_name, kept.phone.plain()) == (4, "韦秀兰", "13900000001")
    actions.take_apart(made, officer="huang", at=at)
    assert [stands(file) for file in two] == before


def test_an_empty_value_never_overwrites_a_filled_one(two, merge):
    merge(theirs=["phone", "nation", "certificate_number"])
    assert again(two[0]).phone.plain() == "13900000002"
    assert details.details_of(again(two[0]))["nation"] == "壮族"


def test_a_merge_that_was_built_upon_is_not_undone_as_a_whole(two, merge, at):
    made = merge()
    kept = again(two[0])
    actions.edit(kept, fields(nation="瑶族"), version=kept.version, officer="huang", at=at)
    with pytest.raises(SaidError, match="不能整份还原"):
        actions.take_apart(made, officer="huang", at=at)


def test_it_is_undone_once(merge, at):
    made = merge()
    actions.take_apart(made, officer="huang", at=at)
    with pytest.raises(SaidError):
        actions.take_apart(made, officer="huang", at=at)


def test_a_merged_file_is_not_edited_or_merged_again(two, merge, at):
    merge()
    absorbed = again(two[1])
    with pytest.raises(SaidError, match="已并入"):
        actions.edit(absorbed, fields(nation="瑶族"), version=absorbed.version, officer="huang", at=at)
    with pytest.raises(SaidError, match="已并入"):
        merge()


def test_a_merge_needs_a_reason_and_the_versions_that_were_seen(two, merge, at):
    with pytest.raises(SaidError, match="写理由"):
        merge(reason=" ")
    with pytest.raises(actions.StaleFileError):
        actions.merge(*two, versions=(0, 0), reason="夫妻", officer="huang", at=at)
    assert not Merge.objects.exists()


def test_only_what_a_merge_added_goes_again(two, merge):
    merge()
    for name, refused in (("韦小雨", True), ("陆阿婆", False)):
        row = Member.objects.filter(name=name, household=two[0])
        if not refused:
            assert row.delete()[0] == 1
            continue
        with pytest.raises(DatabaseError, match="guard"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM registry_member WHERE name = %s", [name])


def test_what_files_share_is_named_and_is_mostly_no_duplicate(two, huang, at):
    found = related_to(two[0], huang)
    assert [(one.file.pk, one.cases) for one in found] == [(two[1].pk, ["shared_member"])]
    neighbour = drafted(huang, at, worker_name="农大海", id_number="45042219800101123X", phone="13900000001")
    cases = {one.file.pk: one.cases for one in related_to(two[0], huang)}
    assert cases[neighbour.pk] == ["shared_phone"]


def test_a_spouse_with_a_file_is_named_from_both_sides(two, huang, at):
    wife = two[0]
    husband = fields("member", name="陆建国", relationship="配偶", id_number=HUSBAND)
    actions.edit_member(wife, 2, husband, version=wife.version, officer=huang.username, at=at)
    assert "spouse" in related_to(again(wife), huang)[0].cases
    assert "spouse" in related_to(two[1], huang)[0].cases


def test_another_city_sees_no_relatives(two, mo):
    assert related_to(two[0], mo) == []


def test_what_was_said_of_two_files_stands_for_both(two, huang, at):
    actions.say_of(two[0], two[1], "not_same", "shared_member", officer="huang", at=at)
    assert related_to(two[1], huang)[0].last.outcome == "not_same"


def test_a_merged_family_is_aided_once_whichever_file_has_it_and_so_again_when_taken_apart(two, merge, at):
    given = {"fen": 300_000, "officer": "lu", "at": at}
    wife, husband = two
    actions.give_from_elsewhere(husband, "医疗救助", "民政", on=date(2017, 5, 4), **given)
    marks = FileMark.objects.filter(household=wife)
    assert marks.get().aided_on is None
    made = merge()
    assert marks.get().aided_on == date(2017, 5, 4)
    actions.take_apart(made, officer="huang", at=at)
    assert marks.get().aided_on is None


def test_aid_that_comes_for_a_merged_file_counts_for_the_kept_one_until_it_comes_back(two, merge, at):
    wife, husband = two
    merge()
    aid = Aid(husband.pk, husband.id_number_index, "need", "union", 100_000, "SA-1")
    actions.give_all([aid], on=date(2017, 8, 1), officer="chen", at=at)
    marks = FileMark.objects.filter(household=wife)
    assert marks.get().aided_on == date(2017, 8, 1)
    actions.take_aid_back("SA-1", 100_000, transfer_reference="t", on=at.date(), officer="chen", at=at)
    assert marks.get().aided_on is None


def test_a_merged_file_takes_nothing_more_and_says_where_to_go(two, merge, huang, at):
    wife, husband = two
    measure = actions.plan(
        husband, "就业创业发展", "介绍到糖厂", owner=huang, due=date(2017, 12, 31), officer="lu", at=at
    )
    merge()
    husband = again(husband)
    when, by = at.date(), {"officer": "lu", "at": at}
    for act in (
        lambda: actions.give_from_elsewhere(husband, "医疗救助", "民政", fen=1, on=when, **by),
        lambda: actions.put_into_group(husband, "城市困难农民工", on=when, **by),
        lambda: actions.plan(husband, "就业创业发展", "介绍", owner=huang, due=when, **by),
        lambda: actions.note(husband, "paper", actions.Done(on=when, **by)),
        lambda: actions.visit(husband, actions.Done(on=when, word="在家", **by)),
        lambda: actions.edit(husband, fields(nation="瑶族"), version=husband.version, **by),
    ):
        with pytest.raises(SaidError, match=f"已并入 {wife.file_number}"):
            act()
    actions.close(measure, "done", **by)
