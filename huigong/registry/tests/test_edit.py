"""Edit a file on its page: the version that was seen, what is encrypted, what history says, no second file of one person."""

import json

import pytest
from django.db import connection

from huigong.audit import queries as audit
from huigong.organisations import actions as organisations
from huigong.organisations.queries import within
from huigong.registry import actions, details
from huigong.registry.lifecycle import DRAFT
from huigong.registry.models import Household
from huigong.registry.queries import households_for
from huigong.registry.tests.lives import FORM, drafted, fields
from huigong.registry.tests.workbooks import WORKER, number
from huigong.values.sentence import SaidError

UNIT = "藤县糖业公司工会"
ADDRESS = "藤县藤州镇人民路8号"


@pytest.fixture
def file(huang, at):
    return drafted(huang, at)


def value(file, name, at):
    file = Household.objects.get(pk=file.pk)
    return details.value(file, FORM.field("household", name), today=at.date())


def test_a_draft_is_numbered_by_its_office_and_year(file, city):
    assert file.file_number == f"D{city.code}-2017-00001"
    assert (file.status, file.file_status, file.is_enrolled) == (DRAFT, "草稿", False)


def test_what_has_no_column_is_kept_encrypted_under_the_name_of_the_form(file, huang, at):
    actions.edit(file, fields(address=ADDRESS, health="心血管病"), version=0, officer=huang.username, at=at)
    assert value(file, "address", at) == ADDRESS
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM registry_household")
        stored = bytes(cursor.fetchone()[0])
    assert ADDRESS.encode() not in stored
    assert json.dumps(ADDRESS).encode() not in stored


def test_history_names_the_fields_and_never_what_they_say(file, huang, at):
    actions.edit(file, fields(address=ADDRESS, nation="汉族"), version=0, officer=huang.username, at=at)
    last = audit.history(file.file_number)[-1]
    assert last.action == "household.amended"
    assert last.payload["fields"] == ["address", "nation"]
    assert ADDRESS not in json.dumps(last.payload, ensure_ascii=False)


def test_a_version_that_is_not_the_one_that_stands_writes_nothing(file, huang, at):
    actions.edit(file, fields(nation="汉族"), version=0, officer=huang.username, at=at)
    with pytest.raises(actions.StaleFileError, match="有人改过"):
        actions.edit(file, fields(nation="瑶族"), version=0, officer=huang.username, at=at)
    assert value(file, "nation", at) == "汉族"


def test_what_the_form_asks_for_and_the_file_lacks_is_listed_until_it_comes(file, huang, at):
    assert "address" in file.lacking.split(",")
    after = actions.edit(file, fields(address=ADDRESS), version=0, officer=huang.username, at=at)
    assert "address" not in after.lacking.split(",")


def test_a_member_is_added_at_a_free_place_and_taken_out_without_being_lost(file, huang, at):
    by = {"officer": huang.username, "at": at}
    actions.edit_member(file, 1, fields("member", name="韦小雨", relationship="女儿"), version=0, **by)
    actions.take_out(file, 1, version=1, **by)
    member = file.members.get()
    assert (member.name, member.is_in_file) == ("韦小雨", False)


def test_a_member_without_a_name_is_none(file, huang, at):
    with pytest.raises(SaidError, match="姓名"):
        actions.edit_member(file, 1, fields("member", relationship="女儿"), version=0, officer=huang.username, at=at)


def test_one_person_has_one_file(file, huang, at):
    with pytest.raises(SaidError, match="已有档案，归"):
        drafted(huang, at)


def test_a_family_member_has_no_file_of_his_own(file, huang, at):
    number = "450422197601011234"
    actions.edit_member(
        file, 1, fields("member", name="陆强", id_number=number), version=0, officer=huang.username, at=at
    )
    with pytest.raises(SaidError, match="一户一档"):
        drafted(huang, at, worker_name="陆强", id_number=number)


def test_the_number_of_a_file_is_nobodys_to_set(file, huang, at):
    with pytest.raises(SaidError, match="不能手改"):
        actions.edit(file, fields(file_number="X"), version=0, officer=huang.username, at=at)


def test_an_officer_of_a_unit_keeps_its_own_files(city, at):
    organisations.import_units([organisations.UnitRow(UNIT, "450422")], officer="system", at=at)
    unit = within(city).get(name=UNIT)
    lu = organisations.add_officer("陆", role="preparer", organisation=unit, by="system", at=at)
    file = drafted(lu, at)
    assert (file.unit, file.federation.code) == (unit, "450422")
    assert list(households_for(lu)) == [file]


def test_the_sex_follows_from_the_number_and_is_not_written_against_it(file, huang, at):
    by = {"officer": huang.username, "at": at}
    assert value(file, "gender", at) == "", "its number was miscopied and tells nothing"
    actions.edit(file, fields(id_number=WORKER), version=0, **by)
    assert value(file, "gender", at) == "female"
    assert "gender" not in Household.objects.get(pk=file.pk).lacking
    with pytest.raises(SaidError, match="按号码第17位是女"):
        actions.edit(file, fields(gender="male"), version=1, **by)
    actions.edit(file, fields(gender="female"), version=1, **by)
    son = fields("member", name="韦大山", relationship="儿子", id_number=number("45042219990101001"))
    actions.edit_member(file, 1, son, version=2, **by)
    assert details.details_of(file.members.get())["gender"] == "male"
    with pytest.raises(SaidError, match="按号码第17位是男"):
        actions.edit_member(file, 1, fields("member", gender="female"), version=3, **by)


def test_without_a_number_that_can_be_read_the_sex_is_as_typed(file, huang, at):
    aunt = fields("member", name="韦阿姑", gender="female", id_number="45042219750")
    actions.edit_member(file, 1, aunt, version=0, officer=huang.username, at=at)
    assert details.details_of(file.members.get())["gender"] == "female"
