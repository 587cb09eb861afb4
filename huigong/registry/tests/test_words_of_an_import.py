"""Code words of an import: held against the lists of the day of their file; a word of no list is told and not stored."""

from datetime import date

import pytest

from huigong.registry import actions, code_lists
from huigong.registry.actions import import_workbook
from huigong.registry.held_words import nearest
from huigong.registry.models import Household
from huigong.registry.tests.workbooks import DAUGHTER, HOUSEHOLD, workbook
from huigong.registry.workbook import read_workbook

OPINION = "上级工会意见日期"
IN_2017, IN_2019 = date(2017, 8, 7), date(2019, 3, 1)


@pytest.fixture
def read(db, tmp_path, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)

    def reading(today=IN_2017, **told):
        own = HOUSEHOLD | {name: text for name, text in told.items() if name != "家人健康"}
        child = DAUGHTER | ({"健康状况": told["家人健康"]} if "家人健康" in told else {})
        more = [name for name in ("健康状况", OPINION) if name in own or name in child]
        path = workbook(tmp_path / "r.xlsx", [own], [child], headings=[*HOUSEHOLD, *DAUGHTER, *more], more=more)
        return read_workbook(path, lists=code_lists.dated(today=today))

    return reading


def findings(reading):
    return [one for one in reading.problems if one.kind == "word_not_listed"]


def test_a_word_of_no_list_is_told_with_cell_list_and_nearest_words_and_is_not_stored(read, city, at):
    reading = read(困难类别="低保边缘", 家人健康="糖尿")
    health, category = findings(reading)
    assert "困难职工家庭" in category.sentence.zh
    for told in ("“低保边缘”", "2017-08-07", "“困难类别”", "低保边缘户"):
        assert told in category.sentence.zh
    assert "家庭成员" in health.sentence.zh
    assert "糖尿病" in health.sentence.zh
    import_workbook(reading, city=city, officer="system", at=at)
    file = Household.objects.get()
    assert (file.hardship_category, file.enrolment_level) == ("", "全国级")
    assert file.members.get().details is None


def test_what_stands_in_the_file_stays_where_the_new_word_is_none(read, city, at):
    import_workbook(read(), city=city, officer="system", at=at)
    import_workbook(read(困难类别="很困难"), city=city, officer="system", at=at)
    assert Household.objects.get().hardship_category == "低保户"


def test_an_old_file_keeps_the_word_of_its_day(read):
    reading = read(today=IN_2019, 困难类别="低保户", **{OPINION: "2017-03-01"})
    assert not findings(reading)
    assert reading.households[0].hardship_category == "低保户"


def test_a_new_file_with_a_word_that_is_over_is_told(read):
    (found,) = findings(read(today=IN_2019, 困难类别="低保户", **{OPINION: "2019-02-01"}))
    assert "2019-02-01" in found.sentence.zh
    assert "深度困难" in found.sentence.zh


def test_a_word_that_is_over_in_a_file_without_a_day_is_kept_and_told_once(read):
    reading = read(today=IN_2019)
    assert not findings(reading)
    (look,) = [one for one in reading.problems if one.kind == "word_of_its_day"]
    assert "“低保户”" in look.sentence.zh
    assert "2018-05-31" in look.sentence.zh
    assert reading.households[0].hardship_category == "低保户"
    assert not reading.has_errors


def test_without_lists_nothing_is_said_of_words(db, tmp_path):
    path = workbook(tmp_path / "r.xlsx", [HOUSEHOLD | {"困难类别": "很困难"}], [DAUGHTER])
    assert read_workbook(path, lists=code_lists.dated(today=IN_2017)).households[0].hardship_category == "很困难"


def test_the_nearest_words_share_most_characters():
    assert nearest("糖尿", ["良好", "高血压病", "糖尿病", "尿毒症"]) == ["糖尿病", "尿毒症"]
    assert nearest("X", ["甲", "乙", "丙", "丁"]) == ["甲", "乙", "丙"]
    assert nearest("X", []) == []
