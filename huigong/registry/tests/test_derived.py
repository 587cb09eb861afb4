"""Search keys and marks say what the files say after every action, and an index run puts right what went astray."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from huigong.registry import actions, derived
from huigong.registry.actions import Aid, amend, amend_member, give_all, import_workbook
from huigong.registry.derived import Astray
from huigong.registry.models import ChildMark, FileMark, Household, SearchKey
from huigong.registry.tests.lives import lived
from huigong.registry.tests.stored import everything_stored
from huigong.registry.tests.workbooks import WORKER, household, workbook
from huigong.registry.workbook import read_workbook


@pytest.fixture
def take(city, tmp_path, at):
    def taking(*tables, at=at):
        import_workbook(read_workbook(workbook(tmp_path / "r.xlsx", *tables)), city=city, officer="system", at=at)
        return Household.objects.order_by("file_number").first()

    return taking


def words(kind):
    return {bytes(one.key).decode() for one in SearchKey.objects.filter(kind=kind)}


def indexed():
    return sum(derived.index(), Astray())


def test_a_file_is_found_by_every_name_in_it_and_its_endings(take):
    take()
    assert {"韦秀兰", "秀兰", "韦小雨", "小雨", "陈大山"} <= words("n")
    assert {"weixiulan", "weixiaoyu", "chendashan"} <= words("p")
    assert {"wxl", "wxy", "cds"} <= words("i")


def test_numbers_stand_only_as_keyed_digests(take):
    take()
    assert WORKER.encode() not in everything_stored()
    assert WORKER[-4:].encode() not in {bytes(one.key) for one in SearchKey.objects.all()}
    assert {"d", "t", "f", "g", "c", "e"} <= set(SearchKey.objects.values_list("kind", flat=True))


def test_a_name_that_was_mended_is_found_and_the_old_one_no_more(take, at):
    home = take()
    amend(home, "worker_name", "单秀兰", officer="huang", at=at)
    assert "shanxiulan" in words("p")
    assert "weixiulan" not in words("p")
    amend_member(home.members.get(name="韦小雨"), "name", "单小雨", officer="huang", at=at)
    assert "sxy" in words("i")


def test_a_file_that_moves_takes_its_keys_along(take, at):
    home = take()
    amend(home, "county", "梧州市", officer="huang", at=at)
    assert {one.federation.code for one in SearchKey.objects.select_related("federation")} == {"450400"}
    assert FileMark.objects.get().federation.code == "450400"


def test_a_mark_tells_when_a_file_was_changed_and_aided_and_whether_it_lacks_anything(take, at):
    home = take([household(工作单位="")])
    mark = FileMark.objects.get()
    assert (mark.changed_on, mark.aided_on, mark.is_complete) == (timezone.localdate(at), None, not home.lacking)
    Household.objects.update(lacking="employer")
    derived.follow(Household.objects.all(), on=at.date())
    assert not FileMark.objects.get().is_complete
    amend(home, "employer", "藤县糖厂", officer="huang", at=at + timedelta(days=3))
    for day in (at.date(), at.date() - timedelta(days=40)):
        aid = Aid(home.pk, "x", f"schooling-{day}", "city", 300_000, f"SA-1-2017-{day}")
        give_all([aid], on=day, officer="chen", at=at)
    mark = FileMark.objects.get()
    assert mark.changed_on == timezone.localdate(at + timedelta(days=3))
    home.refresh_from_db()
    assert (mark.aided_on, mark.is_complete) == (at.date(), not home.lacking)


def test_a_child_is_marked_while_it_studies_on_a_file_that_stands_and_by_the_year_it_leaves(take, at):
    home = take()
    daughter, by = home.members.get(name="韦小雨"), {"officer": "huang", "at": at}
    (mark,) = ChildMark.objects.all()
    assert (mark.pk, mark.at_school, mark.leaves_in) == (daughter.pk, "senior_high", None), "no husband, no graduate"
    assert (mark.person_index, mark.federation) == (daughter.id_number_index, home.federation)
    amend_member(daughter, "education_level", "higher_vocational", **by)
    amend_member(daughter, "occupation", "毕业未就业", **by)
    (mark,) = ChildMark.objects.all()
    assert (mark.at_school, mark.leaves_in) == ("", 2017)
    amend_member(daughter, "occupation", "已就业", **by)
    assert not ChildMark.objects.exists()
    assert indexed() == Astray(files=1)


def test_marks_of_children_that_went_astray_are_put_right(take):
    home = take()
    before = ChildMark.objects.values_list("member", "at_school", "person_index").get()
    ChildMark.objects.update(at_school="", person_index="x")
    husband = home.members.get(name="陈大山")
    ChildMark.objects.create(member=husband, household=home, federation=home.federation, at_school="higher")
    assert indexed().marks == 2
    assert ChildMark.objects.values_list("member", "at_school", "person_index").get() == before
    ChildMark.objects.all().delete()
    assert derived.is_behind(), "a file with a child at school has a mark"
    assert indexed().marks == 1
    assert not derived.is_behind()


def test_an_index_run_finds_nothing_where_actions_did_their_work(take, at):
    home = take()
    amend(home, "phone", "13800000001", officer="huang", at=at)
    give_all([Aid(home.pk, "x", "schooling-2017", "city", 1, "SA-1-2017-1")], on=at.date(), officer="chen", at=at)
    assert indexed() == Astray(files=1)


def test_a_whole_life_with_merges_and_a_transfer_leaves_nothing_astray(huang, at):
    """Merged, taken apart and merged again, enrolled, sent to another union and taken over, and left in the end."""
    life = lived(huang, at)
    assert indexed() == Astray(files=Household.objects.count())
    life.verb(actions.take_over)
    assert indexed() == Astray(files=Household.objects.count())
    assert FileMark.objects.get(pk=life.pk).federation == life.file.federation
    life.verb(actions.leave, word="脱困")
    assert indexed() == Astray(files=Household.objects.count())
    assert not FileMark.objects.get(pk=life.pk).stands


def test_an_index_run_puts_right_what_went_astray(take):
    take()
    before = set(SearchKey.objects.values_list("kind", "key", "position"))
    gone = SearchKey.objects.filter(kind="n").delete()[0]
    SearchKey.objects.filter(kind="i").update(key=b"zzz")
    FileMark.objects.update(is_complete=False, aided_on=timezone.localdate())
    found = indexed()
    assert found.missing == gone + found.surplus
    assert found.surplus > 0
    assert found.marks == 1
    assert {(a, bytes(b), c) for a, b, c in SearchKey.objects.values_list("kind", "key", "position")} == {
        (a, bytes(b), c) for a, b, c in before
    }
    assert indexed() == Astray(files=1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads an empty table as it stands")
def test_the_keys_of_a_case_are_found_by_their_index_however_many_cases_there_are(db):
    plan = derived.keys_standing(["SA-450400-2017-00001", "SA-450400-2017-00002"]).explain()
    assert "USING INDEX registry_keys_of_case" in plan
