"""The rows of a form, filled in from a unit's household files: what the files know, and nothing that they cannot."""

from datetime import date

import pytest

from huigong.audit import queries as audit
from huigong.registry.actions import import_workbook, prefill
from huigong.registry.tests.workbooks import CHILD, HUSBAND, WORKER, household, member, number, workbook
from huigong.registry.workbook import read_workbook
from huigong.values.sentence import SaidError

LEVELS = ("senior_high", "secondary_vocational", "higher_vocational", "undergraduate")
SON = number("45042220010305001")


@pytest.fixture
def rows(city, tmp_path, at):
    """The rows for a unit, out of a registry of these tables."""

    def asked(*tables, unit="藤县糖业有限公司工会"):
        reading = read_workbook(workbook(tmp_path / "r.xlsx", *tables))
        import_workbook(reading, city=city, officer="system", at=at)
        return prefill(city, unit, levels=LEVELS, today=date(2017, 7, 20), officer="lu", at=at)

    return asked


def test_a_child_who_goes_on_at_the_same_school(rows):
    assert rows([household()], [HUSBAND, member(入学年份=2015)]) == [
        {
            "certificate_no": "梧困201600017",
            "parent_name": "韦秀兰",
            "relationship": "母女",
            "hardship_cause": "患重特大疾病",
            "annual_income_per_capita": "7300",
            "parent_id_number": WORKER,
            "phone": "13800000000",
            "student_name": "韦小雨",
            "student_gender": "女",
            "student_age": "18",
            "student_id_number": CHILD,
            "admission": "2015年藤县第一中学",
        }
    ]


@pytest.mark.parametrize("changes", [{"入学年份": 2014}, {"入学年份": ""}, {"学制(年)": ""}, {"就读学校": ""}])
def test_where_a_july_freshman_cannot_be_known_the_school_is_left(rows, changes):
    assert [row["admission"] for row in rows([household()], [member(**changes)])] == [""]


def test_sexes_come_from_the_numbers_and_are_left_where_there_is_none(rows):
    told = rows([household()], [member(姓名="韦小山", 身份证号码=SON), member(姓名="韦小云", 身份证号码="")])
    assert [(row["relationship"], row["student_gender"], row["student_age"]) for row in told] == [
        ("母子", "男", "16"),
        ("", "", ""),
    ]


def test_only_children_of_the_covered_levels_in_standing_files_of_that_unit(rows):
    homes = [
        household(),
        household(职工编号="GX2", 身份证号码="", 档案状态="已脱困"),
        household(职工编号="GX3", 身份证号码="", 工作单位="藤县松脂厂"),
    ]
    members = [
        HUSBAND,
        member(当前学历="初中"),
        member(就业状况="已就业", 姓名="韦小山", 身份证号码=SON),
        member(职工编号="GX2"),
        member(职工编号="GX3"),
        member(姓名="韦小云", 当前学历="大学", 身份证号码=""),
    ]
    assert [row["student_name"] for row in rows(homes, members)] == ["韦小云"]


@pytest.mark.parametrize("unit", ["藤县糖业有限公司", " 藤县糖业有限公司 工会委员会"])
def test_the_unit_is_known_by_its_name_without_the_union(rows, unit):
    assert len(rows(unit=unit)) == 1


def test_that_plain_numbers_went_out_is_recorded(rows):
    rows()
    event = audit.history("registry:450400")[-1]
    assert (event.action, event.actor, event.payload) == ("form.prefilled", "lu", {"files": 1, "rows": 1})


def test_a_unit_without_files_is_said_to_have_none(rows):
    with pytest.raises(SaidError, match="没有工作单位是"):
        rows(unit="没有的厂工会")
