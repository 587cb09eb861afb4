"""Importing a registry: once it makes files, again it changes nothing, changed it updates, and what was edited here stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huigong.audit import queries as audit
from huigong.organisations.actions import found_federation
from huigong.registry.actions import amend, amend_member, import_workbook
from huigong.registry.models import Household, Member
from huigong.registry.tests.stored import everything_stored
from huigong.registry.tests.test_reading_a_workbook import WRONG
from huigong.registry.tests.workbooks import (
    CARD,
    CHILD,
    DAUGHTER,
    HUSBAND,
    SPOUSE,
    WORKER,
    household,
    member,
    number,
    workbook,
)
from huigong.registry.workbook import read_workbook
from huigong.vault import actions as vault
from huigong.vault import blind


@pytest.fixture
def take(city, tmp_path, at):
    """Imports a workbook of these rows."""

    def taking(*tables, **options):
        reading = read_workbook(workbook(tmp_path / "r.xlsx", *tables, **options))
        return import_workbook(reading, city=city, officer="huang", at=at)

    return taking


def home():
    return Household.objects.get(file_number="GX0001")


def counted(done):
    return (done.fresh, done.changed, done.same)


def kept(done):
    return [(value.file_number, value.field) for value in done.kept]


def test_a_first_import_makes_the_file_and_records_it(take):
    assert counted(take()) == (1, 0, 0)
    made = home()
    assert (made.worker_name, made.id_number.plain(), made.card.plain()) == ("韦秀兰", WORKER, CARD)
    assert made.id_number_index == blind.index("resident_id", WORKER)
    assert made.federation.code == "450422"
    assert [one.name for one in made.members.all()] == ["陈大山", "韦小雨"]
    assert [event.action for event in audit.history("GX0001")] == ["household.imported"]


def test_the_same_workbook_again_changes_nothing(take):
    take()
    before, events = everything_stored(), audit.count()
    assert counted(take()) == (0, 0, 1)
    assert (everything_stored(), audit.count()) == (before, events)


def test_a_changed_workbook_updates_file_and_members(take):
    take()
    son = member(姓名="韦小山", 身份证号码=number("45042220050305001"))
    assert counted(take([household(工作单位="藤县松脂厂", 县区="")], [member(就读学校="藤县中学"), son])) == (0, 1, 0)
    changed = home()
    assert (changed.employer, changed.federation.code) == ("藤县松脂厂", "450400")
    assert [(one.name, one.school, one.is_in_file) for one in changed.members.all()] == [
        ("陈大山", "", False),
        ("韦小雨", "藤县中学", True),
        ("韦小山", "藤县第一中学", True),
    ]
    take()
    assert [one.is_in_file for one in home().members.all()] == [True, True, False]


def test_what_was_amended_here_is_kept_and_told_every_time(take, at):
    take()
    amend(home(), "phone", "139 0000 0000", officer="huang", at=at)
    again = take()
    assert (counted(again), kept(again)) == ((0, 0, 1), [("GX0001", "phone")])
    # The workbook says something new about it, and about something else.
    newer = take([household(手机号码="13700000000", 工作单位="藤县松脂厂")])
    assert (counted(newer), kept(newer)) == ((0, 1, 0), [("GX0001", "phone")])
    assert (home().phone.plain(), home().employer) == ("13900000000", "藤县松脂厂")
    assert kept(take([household(手机号码="13700000000", 工作单位="藤县松脂厂")])) == [("GX0001", "phone")]
    # It caught up: nothing is left to tell.
    caught_up = [household(手机号码="13900000000", 工作单位="藤县松脂厂")]
    assert kept(take(caught_up)) == []
    assert counted(take(caught_up)) == (0, 0, 1)


def test_what_was_amended_of_a_member_is_kept_too(take, at):
    lost = member(身份证号码=450422199901010000.0)
    take([household()], [lost])
    assert Member.objects.get().id_number is None
    amend_member(Member.objects.get(), "id_number", CHILD, officer="huang", at=at)
    done = take([household()], [member(身份证号码="", 姓名="韦小雨")])
    assert kept(done) == [("GX0001", "members.1.id_number")]
    assert Member.objects.get().id_number.plain() == CHILD


def test_a_cell_that_cannot_be_read_leaves_what_stands(take):
    take()
    ruined = household(身份证号码=450422197001010000.0, 家庭人口="几个")
    take([ruined], [member(身份证号码=450422199901010000.0)], without=("惠工卡号",))
    standing = home()
    assert (standing.id_number.plain(), standing.size, standing.card.plain()) == (WORKER, 3, CARD)
    assert Member.objects.get(name="韦小雨").id_number.plain() == CHILD
    # The mended workbook is no conflict with anything edited here.
    assert kept(take([household(家庭人口=4)])) == []
    assert home().size == 4


def test_a_cell_that_was_emptied_empties_the_field(take):
    take()
    take([household(惠工卡号="")])
    assert (home().card, home().card_index) == (None, "")


def test_a_corrected_number_stays_with_the_same_member(take):
    take([household()], [member(身份证号码=CHILD[:17] + WRONG[17])])
    take([household()], [DAUGHTER])
    assert [(one.id_number.plain(), one.id_number_valid) for one in Member.objects.all()] == [(CHILD, True)]


def test_members_whose_order_changed_are_the_same(take):
    take()
    assert counted(take([household()], [DAUGHTER, HUSBAND])) == (0, 1, 0)
    assert [(one.name, one.id_number.plain(), one.is_in_file) for one in home().members.all()] == [
        ("陈大山", SPOUSE, True),
        ("韦小雨", CHILD, True),
    ]


def test_a_wrong_check_digit_is_kept_and_marked(take):
    take([household(身份证号码=WRONG)], [member(身份证号码="")])
    assert (home().id_number.plain(), home().id_number_valid) == (WRONG, False)
    assert (Member.objects.get().id_number, Member.objects.get().id_number_valid) == (None, True)


def test_a_county_without_a_federation_is_told_and_stands_under_the_city(take):
    done = take([household(县区="平南县")])
    assert (done.unplaced, home().federation.code) == ({"平南县"}, "450400")


def test_a_federation_that_was_founded_since_gets_its_files(take, city, at):
    take([household(县区="岑溪市")])
    found_federation("450481", "岑溪市总工会", parent=city, officer="system", at=at)
    done = take([household(县区="岑溪市")])
    assert (counted(done), home().federation.code, done.unplaced) == ((0, 1, 0), "450481", set())
    assert counted(take([household(县区="岑溪市")])) == (0, 0, 1)


def test_another_city_does_not_touch_the_file(take, other_city, tmp_path, at):
    take()
    reading = read_workbook(workbook(tmp_path / "o.xlsx", [household(工作单位="别处")]))
    done = import_workbook(reading, city=other_city, officer="mo", at=at)
    assert (counted(done), done.elsewhere) == ((0, 0, 0), ("GX0001",))
    assert home().employer == "藤县糖业有限公司"


def test_no_number_phone_card_or_illness_stands_in_the_database(take, at):
    take()
    assert home().hardship_cause.plain() == "患重特大疾病"
    amend(home(), "phone", "13900000000", officer="huang", at=at)
    amend(home(), "hardship_cause", "本人大病", officer="huang", at=at)
    stored = everything_stored()
    assert "韦秀兰".encode() in stored  # names stay plain: the search works
    assert [
        text
        for text in (WORKER, SPOUSE, CHILD, CARD, "13800000000", "13900000000", "患重特大疾病", "本人大病")
        if text.encode() in stored
    ] == []


def test_a_change_in_every_file_asks_no_query_per_member(take):
    def families(count, school):
        homes = [household(职工编号=f"GX{n}", 身份证号码="") for n in range(count)]
        return homes, [member(职工编号=f"GX{n}", 身份证号码="", 就读学校=school) for n in range(count)]

    take(*families(40, "藤县中学"))
    vault.forget()
    with CaptureQueriesContext(connection) as asked:
        take(*families(40, "岑溪中学"))
    reads = [query for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    assert len(reads) < 15
