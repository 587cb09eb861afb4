"""The pages of the tree: seen by everybody, changed by the system administrator below their own organisation."""

from datetime import date

import pytest

from huigong.organisations import actions
from huigong.organisations.models import Organisation
from huigong.web.tests.people.conftest import SUGAR, xlsx

CHANGE = {"on": "2017-08-07", "paper": "藤工发〔2017〕9号"}
HEAD = ["编码", "名称", "类别", "层级", "上级编码", "归口帮扶中心"]


@pytest.fixture
def su(city, officer):
    return officer("苏", "administrator", city)


def test_the_tree_shows_a_scope_and_what_stands_above(desk, county, sugar, officer):
    page = desk.sit(officer("岑", "verifier", county)).look("units")
    assert SUGAR in page
    assert "梧州市总工会 ›" in page
    assert "从 Excel 导入" not in page


def test_a_unit_is_renamed_and_its_page_keeps_what_it_was(desk, su, sugar):
    status, page = desk.sit(su).post("unit-rename", sugar.pk, name="藤县糖业集团工会", **CHANGE)
    assert (status, "此前：" + SUGAR in page) == (200, True)
    assert Organisation.objects.get(pk=sugar.pk).name == "藤县糖业集团工会"


def test_a_unit_moves_and_merges_on_its_page(desk, su, city, county, sugar, at):
    desk.sit(su).post("unit-move", sugar.pk, other=city.code, **CHANGE)
    assert Organisation.objects.get(pk=sugar.pk).parent == city
    _, page = desk.post("unit-merge", sugar.pk, other=county.code, **CHANGE)
    assert "并入了" in page
    assert Organisation.objects.get(pk=sugar.pk).merged_into == county


def test_the_centre_by_place_differs_from_the_line_of_command(desk, su, city, county, sugar):
    desk.sit(su).post("unit-centre", sugar.pk, other=city.code, **CHANGE)
    assert "与领导关系不同" in desk.look("unit", sugar.pk)


@pytest.mark.parametrize("name", ["unit-move", "unit-merge"])
def test_a_foreign_unit_in_the_body_is_refused(desk, su, sugar, other_city, name):
    status, page = desk.sit(su).post(name, sugar.pk, other=other_city.code, **CHANGE)
    assert (status, "没有改" in page) == (200, True)
    assert Organisation.objects.get(pk=sugar.pk).changes.count() == 0


def test_a_change_without_a_paper_is_refused(desk, su, sugar):
    _, page = desk.sit(su).post("unit-rename", sugar.pk, name="别的", on="2017-08-07", paper="")
    assert "请填依据的文号" in page
    assert Organisation.objects.get(pk=sugar.pk).name == SUGAR


def test_a_county_administrator_changes_nothing_outside_the_county(desk, officer, city, county, sugar):
    client = desk.sit(officer("苏", "administrator", county))
    assert client.post("unit-rename", city.pk, name="别的", **CHANGE)[0] == 403
    assert "新名称" not in client.look("unit", city.pk)
    assert client.post("unit-rename", sugar.pk, name="新名", **CHANGE)[0] == 200


def test_units_beside_ones_own_are_named_and_not_offered(desk, officer, county, sugar, at):
    actions.import_units([actions.UnitRow("藤县纸厂工会", "450422")], officer="system", at=at)
    beside = Organisation.objects.get(name="藤县纸厂工会")
    page = desk.sit(officer("陆", "preparer", sugar)).look("unit", county.pk)
    assert f"/units/{sugar.pk}/" in page
    assert beside.name in page
    assert f"/units/{beside.pk}/" not in page


def test_units_come_from_excel_after_a_look(desk, su, county):
    sheet = xlsx(
        HEAD,
        ["p-1-1", "一车间工会", "基层工会", "基层", "p-1", ""],
        ["p-1", "园区工会", "园区工会", "县级", "450400", "450422"],
    )
    _, page = desk.sit(su).post("units-import", sheet=sheet)
    assert "将导入 2 行" in page
    assert not Organisation.objects.filter(code="p-1").exists()
    sealed = page.split('name="sealed" value="')[1].split('"')[0]
    _, page = desk.post("units-import", sealed=sealed)
    assert "导入了 2 行" in page
    park = Organisation.objects.get(code="p-1")
    assert (park.kind, park.competent_centre, park.children.get().name) == (
        "park_union",
        county.aid_centre,
        "一车间工会",
    )


def test_every_wrong_cell_is_told_and_nothing_is_imported(desk, su):
    rows = (["p-1", "园区工会", "公司", "基层", "450400", ""], ["p-1", "", "基层工会", "基层", "450300", "999"])
    status, page = desk.sit(su).post("units-import", sheet=xlsx(HEAD, *rows))
    assert status == 422
    for place in ("C2", "A3", "B3", "F3"):
        assert place in page
    assert "“公司”不在" in page
    assert not Organisation.objects.filter(code="p-1").exists()


def test_a_sheet_that_was_altered_after_the_look_is_refused(desk, su):
    _, page = desk.sit(su).post("units-import", sheet=xlsx(HEAD, ["p-1", "园区工会", "园区工会", "县级", "450400", ""]))
    sealed = page.split('name="sealed" value="')[1].split('"')[0]
    _, page = desk.post("units-import", sealed=sealed[:-2] + "xx")
    assert "请再选一次文件" in page
    assert not Organisation.objects.filter(code="p-1").exists()


def test_nothing_half_done_when_the_tree_changed_meanwhile(desk, su, city, county, at):
    rows = (
        ["p-1", "园区工会", "园区工会", "县级", "450400", ""],
        ["p-2", "糖厂工会", "基层工会", "基层", "450422", ""],
    )
    _, page = desk.sit(su).post("units-import", sheet=xlsx(HEAD, *rows))
    sealed = page.split('name="sealed" value="')[1].split('"')[0]
    actions.merge(
        county,
        actions.add_unit(
            "别县总工会", code="450423", kind="federation", level="county", parent=city, officer="su", at=at
        ),
        on=date(2017, 8, 7),
        paper="x",
        officer="su",
        at=at,
    )
    status, page = desk.post("units-import", sealed=sealed)
    assert (status, "这次什么都没有导入" in page) == (422, True)
    assert not Organisation.objects.filter(code="p-1").exists()


def test_the_empty_sheet_can_be_filled_and_read(desk, su):
    assert desk.sit(su).download("units-import").status_code == 200
    answer = desk.sit(su).look("units-import")
    assert "下载空表" in answer


def test_a_federation_made_on_the_page_opens_and_its_desk_gets_a_telephone(desk, su, city):
    new = {"name": "新区总工会", "code": "450499", "kind": "federation", "level": "county"}
    status, page = desk.sit(su).post("unit-add", city.pk, **new)
    assert (status, "新区总工会困难职工帮扶中心" in page, "没有登记值班电话" in page) == (200, True, True)
    made = Organisation.objects.get(code="450499")
    _, page = desk.post("unit-telephone", made.pk, telephone="０７７４-5550199")
    assert "值班电话登记好了" in page
    assert "<dd>0774-5550199" in page
    _, page = desk.post("unit-telephone", made.pk, telephone="问小邓")
    assert "不像值班电话" in page


def test_a_page_of_a_unit_whose_federation_has_no_centre_is_read_all_the_same(desk, su, county, sugar):
    county.aid_centre.delete()
    assert "藤县总工会" in desk.sit(su).look("unit", county.pk)
    assert SUGAR in desk.look("unit", sugar.pk)


def test_a_sheet_with_a_level_above_the_parents_is_told(desk, su):
    status, page = desk.sit(su).post(
        "units-import", sheet=xlsx(HEAD, ["p-1", "园区工会", "园区工会", "省级", "450422", ""])
    )
    assert (status, "p-1 的层级高过它的上级 450422" in page) == (422, True)
