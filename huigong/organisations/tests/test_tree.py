"""The tree changes and remembers what it was."""

from datetime import date

import pytest

from huigong.audit import queries as audit
from huigong.organisations import actions, queries
from huigong.organisations.models import Organisation
from huigong.organisations.tests.conftest import DAY, SUGAR
from huigong.values.sentence import SaidError

PAPER = "藤工发〔2017〕9号"


def paths():
    return {one.code: one.path for one in Organisation.objects.all()}


def test_a_renamed_unit_keeps_the_name_of_its_day_on_old_papers(sugar, at):
    actions.rename(sugar, "藤县糖业集团工会", on=date(2017, 9, 1), paper=PAPER, officer="su", at=at)
    unit = Organisation.objects.get(pk=sugar.pk)
    assert unit.name == "藤县糖业集团工会"
    assert queries.name_on(unit, date(2017, 8, 31)) == SUGAR
    assert queries.name_on(unit, date(2017, 9, 1)) == "藤县糖业集团工会"
    assert audit.history(unit.code)[-1].action == "organisation.changed"


def test_a_form_that_still_says_the_old_name_finds_the_unit(city, sugar, at):
    actions.rename(sugar, "藤县糖业集团工会", on=DAY, paper=PAPER, officer="su", at=at)
    assert queries.unit_named(city, SUGAR) == sugar


def test_a_unit_moves_with_all_that_stands_below_it(city, county, sugar, at):
    workshop = actions.add_unit(
        "一车间工会", code="450422-x-1", kind="grassroots_union", level="grassroots", parent=sugar, officer="su", at=at
    )
    actions.move(sugar, city, on=DAY, paper=PAPER, officer="su", at=at)
    assert paths()[workshop.code] == f"{city.path}{sugar.code}/{workshop.code}/"
    assert Organisation.objects.get(pk=sugar.pk).changes.get().parent_before == county


def test_a_unit_does_not_move_below_itself(city, county, sugar, at):
    before = paths()
    for unit, parent in ((county, sugar), (sugar, sugar), (city, county)):
        with pytest.raises(SaidError, match="它自己或它的下级"):
            actions.move(unit, parent, on=DAY, paper=PAPER, officer="su", at=at)
    assert paths() == before


def test_a_merged_unit_closes_and_leads_to_the_one_it_went_into(city, county, sugar, at):
    mill = actions.add_unit(
        "藤县纸厂工会",
        code="450422-mill",
        kind="grassroots_union",
        level="grassroots",
        parent=county,
        officer="su",
        at=at,
    )
    shop = actions.add_unit(
        "车间工会", code="450422-shop", kind="grassroots_union", level="grassroots", parent=sugar, officer="su", at=at
    )
    actions.merge(sugar, mill, on=DAY, paper=PAPER, officer="su", at=at)
    closed = Organisation.objects.get(pk=sugar.pk)
    assert (closed.closed_on, closed.merged_into) == (DAY, mill)
    assert Organisation.objects.get(pk=shop.pk).parent == mill
    assert queries.unit_named(city, SUGAR) == mill
    with pytest.raises(SaidError, match="不再变更"):
        actions.rename(closed, "别的", on=DAY, paper=PAPER, officer="su", at=at)


def test_a_unit_where_somebody_serves_is_not_merged(city, county, sugar, officer, at):
    officer("陆", "preparer", sugar)
    with pytest.raises(SaidError, match="还有人任职：陆"):
        actions.merge(sugar, county, on=DAY, paper=PAPER, officer="su", at=at)
    assert Organisation.objects.get(pk=sugar.pk).closed_on is None


def test_command_and_place_may_differ(city, county, sugar, at):
    """A directly run union under the city whose files lie at the county's centre."""
    actions.move(sugar, city, on=DAY, paper=PAPER, officer="su", at=at)
    assert queries.competent_federation(Organisation.objects.get(pk=sugar.pk)) == city
    unit = actions.place_under_centre(sugar, county.aid_centre, on=DAY, paper=PAPER, officer="su", at=at)
    assert queries.competent_federation(unit) == county
    assert queries.federation_of(unit) == city


def test_a_park_union_hangs_anywhere_and_needs_no_division_code(city, at):
    park = actions.add_unit(
        "工业园区工会", code="park-1", kind="park_union", level="county", parent=city, officer="su", at=at
    )
    assert (park.division_code, park.level, park.parent) == ("", "county", city)


@pytest.mark.parametrize(("name", "code"), [("藤县总工会", "new"), ("别的", "450422")])
def test_a_name_or_a_code_that_is_taken_is_refused(city, county, at, name, code):
    with pytest.raises(SaidError):
        actions.add_unit(name, code=code, kind="federation", level="county", parent=city, officer="su", at=at)


@pytest.mark.parametrize(("typed", "kept"), [("糖\u202e厂工会\u2066", "糖厂工会"), (" 𬺡河工会\u200b ", "𬺡河工会")])
def test_a_name_is_kept_as_it_is_read(city, at, typed, kept):
    told = {"kind": "grassroots_union", "level": "grassroots", "parent": city, "officer": "su", "at": at}
    unit = actions.add_unit(typed, code="u9", **told)
    assert unit.name == kept
    renamed = actions.rename(unit, f"新{typed}", on=at.date(), paper="x", officer="su", at=at)
    assert renamed.name == ("新" + typed).replace("\u202e", "").replace("\u2066", "").replace("\u200b", "").strip()
    with pytest.raises(SaidError, match="要有名称"):
        actions.rename(unit, "\u202e\u200b", on=at.date(), paper="x", officer="su", at=at)


def test_a_federation_is_made_with_its_aid_centre(city, at):
    made = actions.add_unit(
        "新区总工会", code="450499", kind="federation", level="county", parent=city, officer="su", at=at
    )
    assert made.aid_centre.name == "新区总工会困难职工帮扶中心"
    assert queries.competent_federation(made) == made
    told = audit.history("450499")[-1].payload
    assert told["centre"]


def test_a_unit_is_of_no_level_above_its_parents(county, at):
    with pytest.raises(SaidError, match="下面不能建省级的单位"):
        actions.add_unit("省里工会", code="p9", kind="park_union", level="province", parent=county, officer="su", at=at)
    assert not Organisation.objects.filter(code="p9").exists()


def test_a_federation_of_earlier_days_gets_its_centre_with_its_telephone(county, sugar, at):
    county.aid_centre.delete()
    county = Organisation.objects.get(pk=county.pk)
    assert queries.centre_of(county) is None
    actions.set_telephone(county, "0774-5550199", officer="su", at=at)
    assert queries.centre_of(county).telephone == "0774-5550199"
    with pytest.raises(SaidError, match="没有帮扶中心"):
        actions.set_telephone(sugar, "0774-5550199", officer="su", at=at)
