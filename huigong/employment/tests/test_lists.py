"""Lists of graduates and openings read as the registration form is; advertisements read into fields; files into graduates."""

from datetime import date

import openpyxl
import pytest

from huigong.employment import actions, graduates_list, openings_list
from huigong.employment.models import Graduate
from huigong.employment.tests.served import code_of_employer
from huigong.organisations.actions import found_federation
from huigong.organisations.models import Organisation
from huigong.registry import actions as registry
from huigong.registry.tests import workbooks
from huigong.registry.workbook import read_workbook
from huigong.values.sentence import SaidError

HEADINGS = [
    "序号",
    "姓名",
    "身份证号",
    "学历",
    "毕业院校",
    "所学专业",
    "毕业时间",
    "手机号码",
    "就业情况",
    "求职意向",
    "职工姓名",
    "是否零就业家庭",
]
CHILD = workbooks.number("45042219950101202")
GOOD = [
    1,
    "韦小雨",
    CHILD,
    "本科",
    "梧州学院",
    "会计学",
    "2017年6月",
    "13800000001",
    "未就业",
    "财务会计、行政文员",
    "韦秀兰",
    "是",
]


def sheet(tmp_path, headings, *rows):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["困难职工家庭高校毕业生名单"])
    page.append(headings)
    for row in rows:
        page.append(row)
    path = tmp_path / "名单.xlsx"
    book.save(path)
    return path


def changed(**cells):
    row = list(GOOD)
    for heading, value in cells.items():
        row[HEADINGS.index(heading)] = value
    return row


def test_a_good_row_is_a_graduate_with_plan_and_household_flag(tmp_path, centre, city):
    found = graduates_list.read_list(sheet(tmp_path, HEADINGS, GOOD), city, year=2017, today=centre.today)
    assert (found.rows, found.faults) == (1, ())
    actions.take_in(found.lines, **centre.by)
    one = Graduate.objects.get()
    assert (one.name, one.level, one.graduates_on, one.zero_employment) == (
        "韦小雨",
        "undergraduate",
        date(2017, 6, 30),
        True,
    )
    assert (one.wanted_work, one.phone.plain()) == (["finance", "office"], "13800000001")


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"毕业时间": "2011年6月"}, "graduated_too_long_ago", "G"),
        ({"毕业时间": "2019年6月"}, "graduates_later", "G"),
        ({"毕业时间": ""}, "missing", "G"),
        ({"身份证号": CHILD[:-1] + ("1" if CHILD[-1] != "1" else "2")}, "id_checksum", "C"),
    ],
)
def test_a_bad_row_stays_out_and_its_cell_is_named(tmp_path, centre, city, cells, code, cell):
    found = graduates_list.read_list(
        sheet(tmp_path, HEADINGS, GOOD, changed(**cells)), city, year=2017, today=centre.today
    )
    faults = [one for one in found.faults if one.severity == "error"]
    assert len(found.lines) == 1
    assert [cell in one.cell and "4" in one.cell for one in faults] == [True]
    assert faults[0].sentence.code == code


def test_a_list_is_read_for_the_campaigns_year_whatever_the_day(tmp_path, city):
    """The demo runs a campaign of 2017 for years; and in January the year before still counts."""
    asked = {"year": 2017, "today": date(2026, 1, 15)}
    rows = [changed(毕业时间=when) for when in ("2017年6月", "20150630", "201706", "2014年6月", "2018年6月")]
    found = graduates_list.read_list(sheet(tmp_path, HEADINGS, *rows), city, **asked)
    assert [one.graduates_on for one in found.lines] == [date(2017, 6, 30), date(2015, 6, 30), date(2017, 6, 30)]
    assert [one.sentence.code for one in found.faults if one.severity == "error"] == [
        "graduated_too_long_ago",
        "graduates_later",
    ]


def test_a_file_without_a_heading_is_refused_in_words(tmp_path, centre, city):
    with pytest.raises(SaidError):
        graduates_list.read_list(sheet(tmp_path, ["甲", "乙"], [1, 2]), city, year=2017, today=centre.today)


@pytest.fixture
def files(tmp_path, city, at):
    """A family in the county: a daughter who graduates this year, a son at work since 2016, one without since 2016, one from 2012."""
    worker = workbooks.household(职工编号="GX1", 零就业家庭="是")
    told = {"职工编号": "GX1", "当前学历": "本科", "学制(年)": 4, "就读学校": "梧州学院"}
    children = [
        workbooks.member(
            **told, 姓名=name, 身份证号码=workbooks.number(f"4504221995010120{n}"), 入学年份=entry, 就业状况=state
        )
        for n, (name, entry, state) in enumerate(
            [
                ("韦小雨", 2013, "毕业未就业"),
                ("韦大山", 2012, "已就业"),
                ("韦小石", 2012, "毕业未就业"),
                ("韦老大", 2008, "毕业未就业"),
            ],
            2,
        )
    ]
    path = tmp_path / "registry.xlsx"
    workbooks.workbook(path, [worker], children)
    registry.import_workbook(read_workbook(path), city=city, officer="su", at=at)
    return path


def test_files_give_this_years_graduates_and_earlier_ones_without_work(files, centre, city):
    lines = graduates_list.from_files(city, year=2017, on=centre.today)
    assert [line.name for line in lines] == ["韦小雨", "韦小石"]
    done = actions.take_in(lines, **centre.by)
    one = done.fresh[0]
    assert (one.household.file_number, one.zero_employment, one.federation.code) == ("GX1", True, "450422")
    assert one.data_key_id == one.household.data_key_id


def test_the_same_person_in_file_and_list_is_one_case_of_the_files_union(files, tmp_path, centre, city):
    actions.take_in(graduates_list.from_files(city, year=2017, on=centre.today), **centre.by)
    found = graduates_list.read_list(sheet(tmp_path, HEADINGS, GOOD), city, year=2017, today=centre.today)
    done = actions.take_in(found.lines, **centre.by)
    assert (len(done.same), done.fresh) == (1, [])
    assert Graduate.objects.get(name="韦小雨").federation == Organisation.objects.get(code="450422")


@pytest.mark.parametrize(
    ("cells", "county", "code"),
    [({}, "450481", "on_file_elsewhere"), ({"姓名": "随便"}, "450422", "named_otherwise_on_file")],
)
def test_a_number_of_a_file_elsewhere_or_under_another_name_makes_no_case(
    files, tmp_path, centre, city, cells, county, code
):
    found_federation("450481", "岑溪市总工会", parent=city, **centre.by)
    home = Organisation.objects.get(code=county)
    found = graduates_list.read_list(sheet(tmp_path, HEADINGS, changed(**cells)), home, year=2017, today=centre.today)
    assert not found.lines
    (fault,) = (one for one in found.faults if one.severity == "error")
    assert (fault.sentence.code, "3" in fault.cell, "藤县" in fault.sentence.zh) == (
        code,
        True,
        code == "on_file_elsewhere",
    )


OPENINGS = [
    "单位名称",
    "统一社会信用代码",
    "岗位名称",
    "招聘人数",
    "学历要求",
    "月薪",
    "工作地点",
    "专业要求",
    "基层",
    "截止日期",
]
POST = [
    "藤县糖业有限公司",
    code_of_employer(7),
    "会计",
    2,
    "大专及以上",
    "3000-4000元",
    "梧州市藤县藤州镇",
    "会计、财务管理",
    "艰苦边远地区",
    "2017-12-31",
]


def test_openings_are_read_with_their_employer(tmp_path, centre):
    found = openings_list.read_list(sheet(tmp_path, OPENINGS, POST), today=centre.today)
    (offer,) = found.lines
    one = offer.opening
    assert (one.places, one.level, one.pay_fen, one.place) == (2, "higher_vocational", 300_000, "藤县")
    assert (one.remote_area, one.grassroots, one.valid_until) == (True, False, date(2017, 12, 31))
    assert offer.employer.code == code_of_employer(7)


def test_a_wrong_credit_code_and_a_past_day_are_named_with_their_cells(tmp_path, centre):
    wrong = [*POST]
    wrong[1] = wrong[1][:-1] + ("0" if wrong[1][-1] != "0" else "1")
    late = [*POST[:-1], "2016-01-01"]
    found = openings_list.read_list(sheet(tmp_path, OPENINGS, wrong, late), today=centre.today)
    assert not found.lines
    assert [(one.sentence.code, one.cell[-2:]) for one in found.faults] == [
        ("credit_code_wrong", "B3"),
        ("opening_over", "J4"),
    ]


ADVERT = """藤县糖业有限公司诚聘
岗位：会计 2名
学历：大专及以上    专业：会计、财务管理
有驾照优先，月薪3000-4500元
工作地点：梧州市藤县藤州镇工业园
报名截止：2017年12月31日  联系人：甘经理 电话：0774-6012345"""


def test_an_advertisement_proposes_what_it_says(centre):
    found = openings_list.proposed(ADVERT, today=centre.today).fields
    assert {name: found[name] for name in ("employer", "pay", "place", "level", "places", "valid_until", "phone")} == {
        "employer": "藤县糖业有限公司",
        "pay": "3000",
        "place": "藤县",
        "level": "higher_vocational",
        "places": "2",
        "valid_until": "2017-12-31",
        "phone": "0774-6012345",
    }
    assert found["title"].startswith("会计")
    assert found["skills"] == "驾驶证"


@pytest.mark.parametrize("text", ["", "招人", "=1+1", "月薪面议", "2017年99月99日截止", "x" * 20_000])
def test_an_advertisement_that_says_little_breaks_nothing(centre, text):
    found = openings_list.proposed(text, today=centre.today).fields
    assert date.fromisoformat(found["valid_until"]) > centre.today
    assert found["places"] == "1"
