"""A workbook that an officer imports: files of another centre are not taken, and told with the clause."""

from datetime import date

import pytest

from huigong.circulars.tests.test_routing import campaign, unit  # noqa: F401  fixtures
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.registry import receiving
from huigong.registry.tests.workbooks import household, workbook
from huigong.registry.workbook import read_workbook

IN_AUGUST = date(2017, 8, 7)


@pytest.fixture
def tang(city, at):
    """唐, who keeps files at the county's own centre."""
    county = Organisation.objects.get(code="450422")
    return organisations.add_officer("唐", role="aid_centre", organisation=county, by="system", at=at)


@pytest.fixture
def book(tmp_path):
    """One file of the county's own, one of a unit that is placed under the city's centre."""
    rows = [
        household(县区="藤县", 工作单位="藤县纸厂"),
        household(职工编号="GX0002", 姓名="陆建国", 身份证号码="", 县区="藤县", 工作单位="糖厂"),
    ]
    return workbook(tmp_path / "r.xlsx", rows, [])


def numbers(found):
    return [row.file_number for row in found.reading.households]


def test_a_county_takes_its_own_and_is_told_where_the_other_goes(campaign, unit, tang, city, book):  # noqa: F811
    found = receiving.sort_out(read_workbook(book), tang, city=city, on=IN_AUGUST)
    assert numbers(found) == ["GX0001"]
    assert [one.zh for one in found.elsewhere] == [
        "档案 GX0002 按五(四)报梧州市总工会困难职工帮扶中心审核，藤县总工会不办。请转到那里办。"
    ]


def test_the_citys_centre_takes_what_is_placed_under_it_and_no_countys(campaign, unit, huang, city, book):  # noqa: F811
    assert numbers(receiving.sort_out(read_workbook(book), huang, city=city, on=IN_AUGUST)) == ["GX0002"]


def test_where_no_circular_is_at_work_an_office_takes_its_own_line_of_commands(unit, huang, tang, city, book):  # noqa: F811
    reading = read_workbook(book)
    assert len(numbers(receiving.sort_out(reading, huang, city=city, on=IN_AUGUST))) == 2
    other = read_workbook(workbook(book, [household(县区="市本级", 工作单位="")], []))
    found = receiving.sort_out(other, tang, city=city, on=IN_AUGUST)
    assert (numbers(found), [one.code for one in found.elsewhere]) == ([], ["file_of_another"])
