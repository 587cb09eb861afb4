"""Asking the files: whose household, who is in school, who graduates; in few questions, and only within one's scope."""

from datetime import date

import pytest

from huigong.organisations import actions as organisations
from huigong.registry import listing, queries
from huigong.registry.actions import amend, import_workbook
from huigong.registry.families import families_of
from huigong.registry.tests.lives import drafted
from huigong.registry.tests.workbooks import CHILD, SPOUSE, WORKER, household, member, number, workbook
from huigong.registry.workbook import read_workbook
from huigong.vault import blind


def index(text):
    return blind.index("resident_id", text)


@pytest.fixture
def take(city, tmp_path, at):
    def taking(*tables):
        import_workbook(read_workbook(workbook(tmp_path / "r.xlsx", *tables)), city=city, officer="system", at=at)

    return taking


def test_worker_and_spouse_lead_to_the_one_file_and_the_child_does_not(take):
    take()
    found = queries.households_by_parent([index(WORKER), index(SPOUSE), index(CHILD), "", index("x")])
    assert {key: home.file_number for key, home in found.items()} == {index(WORKER): "GX0001", index(SPOUSE): "GX0001"}
    assert [one.name for one in found[index(WORKER)].members.all()] == ["陈大山", "韦小雨"]


def test_a_file_that_stands_goes_before_one_that_was_closed(take):
    take([household(档案状态="已脱困"), household(职工编号="GX0002")])
    assert queries.households_by_parent([index(WORKER)])[index(WORKER)].file_number == "GX0002"


def test_a_thousand_spouses_are_found_in_few_questions(take, django_assert_max_num_queries):
    spouses = [number(f"4504221969{n // 28 % 12 + 1:02d}{n % 28 + 1:02d}{n % 1000:03d}") for n in range(1000)]
    homes = [household(职工编号=f"GX{n}", 身份证号码="") for n in range(1000)]
    take(homes, [member(职工编号=f"GX{n}", 身份证号码=one, 与户主关系="配偶") for n, one in enumerate(spouses)])
    wanted = [index(one) for one in spouses]
    with django_assert_max_num_queries(15):
        found = queries.households_by_parent(wanted)
        told = [found[key].members.all()[0].name for key in wanted]
    assert (len(found), len(told)) == (1000, 1000)


def test_an_officer_sees_the_files_of_the_own_city_only(take, city, huang, mo, at):
    take([household(), household(职工编号="GX0002", 县区="", 身份证号码="")])
    county = city.children.get()
    lu = organisations.add_officer("陆", role="preparer", organisation=county, by="system", at=at)
    assert queries.households_for(huang).count() == 2
    assert [home.file_number for home in queries.households_for(lu)] == ["GX0001"]
    assert queries.households_for(mo).count() == 0
    huang.is_active = False
    assert queries.households_for(huang).count() == 0


def test_children_in_school_whose_family_has_not_applied(take, city):
    take()
    wanted = {"levels": ("senior_high",), "passing_over": ()}
    assert [one.name for one in queries.children_in_school(city, **wanted)] == ["韦小雨"]
    assert queries.children_in_school(city, levels=("undergraduate",), passing_over=()) == []
    assert queries.children_in_school(city, levels=("senior_high",), passing_over={index(CHILD)}) == []
    take([household(档案状态="已退档")])
    assert queries.children_in_school(city, **wanted) == []


def test_who_graduates_this_year(take, city):
    take([household()], [member(当前学历="大学", 入学年份=2013, **{"学制(年)": 4})])
    assert [one.name for one in queries.graduates(city, year=2017)] == ["韦小雨"]
    assert queries.graduates(city, year=2018) == []
    take([household(档案状态="已退档")])
    assert queries.graduates(city, year=2017) == []


def test_the_register_speaks_for_a_day(db):
    assert queries.school_levels(on=date(2017, 8, 7)) == {}


@pytest.fixture
def at_unit(city, at):
    """Somebody at a unit below the county, by the unit's name."""

    def serving(name, code="450422-u1", parent=None):
        parent = parent or city.children.get(code="450422")
        kind = "grassroots_union"
        unit = organisations.add_unit(
            name, code=code, kind=kind, level="grassroots", parent=parent, officer="su", at=at
        )
        return organisations.add_officer("陆", role="preparer", organisation=unit, by="system", at=at)

    return serving


def test_a_unit_finds_the_files_that_a_registry_says_it_employs(take, at_unit):
    take([household(), household(职工编号="GX0002", 工作单位="藤县松脂厂", 身份证号码="")])
    lu = at_unit("藤县糖业有限公司工会")
    assert [home.file_number for home in queries.households_for(lu)] == ["GX0001"]
    page = listing.page(lu, listing.Wanted(), number=1, today=date(2017, 8, 7))
    assert [line.file_number for line in page.lines] == ["GX0001"]


def test_of_two_units_of_one_name_neither_is_guessed(take, at_unit, city, at):
    take([household()])
    lu = at_unit("藤县糖业有限公司工会")
    county = city.children.get(code="450422")
    park = organisations.add_unit(
        "园区工会", code="p1", kind="park_union", level="county", parent=county, officer="su", at=at
    )
    at_unit("藤县糖业有限公司工会委员会", code="450422-u2", parent=park)
    assert queries.households_for(lu).count() == 0


def test_a_unit_finds_no_family_of_its_name_elsewhere(take, at_unit, city):
    take([household()])
    assert queries.households_for(at_unit("藤县糖业有限公司工会", parent=city)).count() == 0


def test_a_file_that_a_unit_begins_names_it_as_employer_and_stands_in_its_grid(city, at_unit, at):
    lu = at_unit("藤县糖业有限公司工会")
    file = drafted(lu, at)
    assert file.employer == "藤县糖业有限公司"
    amend(file, "employer", "个体", officer="lu", at=at)
    amend(file, "file_status", "在档", officer="lu", at=at)
    assert [one.pk for one in families_of(city, "藤县糖业有限公司工会")] == [file.pk]
