"""The school register: what ships, the ministry's own list, and the level that a careful clerk would give."""

from datetime import date

import pytest
import xlsxwriter

from huigong.audit import queries as audit
from huigong.registry import queries, schools
from huigong.registry.actions import keep_schools
from huigong.registry.models import School
from huigong.values.sentence import SaidError

MINISTRY = [
    ["全国普通高等学校名单"],
    ["序号", "学校名称", "学校标识码", "主管部门", "所在地", "办学层次", "备注"],
    ["甲省（2所）"],
    [1, "甲省大学", 4199000001, "甲省", "甲市", "本科", ""],
    [2, "甲省职业学院", 4199000002, "甲省教育厅", "甲市", "专科", "民办"],
    ["乙省（1所）"],
    [3, "乙省师范大学（乙城校区）", 4199000003, "乙省", "乙市", "本科", ""],
    ["注：名单不含军事院校。"],
]


@pytest.fixture
def ministry(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "名单.xlsx")
    page = book.add_worksheet("Sheet1")
    for number, cells in enumerate(MINISTRY):
        page.write_row(number, 0, cells)
    book.close()
    return tmp_path / "名单.xlsx"


def keep(rows, at):
    return keep_schools(rows, source="list", officer="system", at=at)


def test_the_shipped_register_is_kept_once(db, at):
    assert keep(schools.shipped(), at) == School.objects.count() > 200
    assert [event.action for event in audit.history("schools:list")] == ["schools.kept"]
    events = audit.count()
    assert (keep(schools.shipped(), at), audit.count()) == (0, events)


def test_the_ministrys_list_is_taken_as_it_is_published(ministry):
    assert [(row.name, row.level) for row in schools.read_file(ministry)] == [
        ("甲省大学", "undergraduate"),
        ("甲省职业学院", "higher_vocational"),
        ("乙省师范大学(乙城校区)", "undergraduate"),
    ]


def test_the_same_list_as_text_of_an_old_office(ministry, tmp_path):
    text = "\n".join(",".join(map(str, cells)) for cells in MINISTRY)
    (tmp_path / "名单.csv").write_bytes(text.encode("gb18030"))
    assert len(schools.read_file(tmp_path / "名单.csv")) == 3


def test_a_list_without_days_leaves_the_days_that_stand(db, at):
    dated = schools.SchoolRow("甲省大学", "undergraduate", date(2018, 12, 1), None, "x")
    keep([dated], at)
    assert keep([schools.SchoolRow("甲省大学", "undergraduate", None, None, "名单")], at) == 0
    assert queries.school_levels(on=date(2017, 8, 7)) == {}
    assert queries.school_levels(on=date(2018, 12, 1)) == {"甲省大学": "undergraduate"}


def test_a_school_on_two_levels_that_day_tells_nothing(db, at):
    keep(
        [schools.SchoolRow("甲省学院", level, None, None, "x") for level in ("undergraduate", "higher_vocational")], at
    )
    assert queries.school_levels(on=date(2017, 8, 7)) == {}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("校名单\n甲省大学\n", "schools_heading"),
        ("name,level,valid_from,valid_until,source\n甲省大学,幼儿园,,,x\n", "school_line"),
        ("name,level,valid_from,valid_until,source\n甲省大学,本科,2018.12,,x\n", "school_day"),
        ("", "schools_unreadable"),
    ],
)
def test_a_list_that_cannot_be_taken_is_told(tmp_path, lines, code):
    path = tmp_path / "list.csv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(SaidError) as refused:
        schools.read_file(path)
    assert refused.value.sentence.code == code


@pytest.mark.parametrize(
    ("school", "level"),
    [
        ("广西大学", "undergraduate"),
        (" 广西 大学 ", "undergraduate"),
        ("广西大学计算机与电子信息学院", "undergraduate"),
        ("中国地质大学（武汉）", "undergraduate"),
        ("广西大学高等职业技术学院", ""),
        ("广西大学继续教育学院", ""),
        ("广西大学附属中学高三5班", ""),
        ("藤县中学初中101班", ""),
        ("藤县第一中学", "senior_high"),
        ("梧州农业学校", "secondary_vocational"),
        ("梧州职业学院", "higher_vocational"),
        ("大学", ""),
        ("", ""),
    ],
)
def test_a_school_has_the_level_that_a_clerk_would_give(school, level):
    register = {schools.plain_name(row.name): row.level for row in schools.shipped()}
    assert schools.level_in(register, school) == level
