"""The tree, its scopes, officers and the way in."""

from datetime import date, timedelta

import pytest

from huigong.organisations import actions, queries
from huigong.organisations.models import OneTimeSignIn, Organisation
from huigong.values.sentence import SaidError

UNITS = [actions.UnitRow("梧州市制药厂工会", "450400"), actions.UnitRow("藤县糖业有限公司工会", "450422")]


def test_a_city_has_its_counties_and_aid_centres(city):
    assert [organisation.name for organisation in queries.within(city)] == ["梧州市总工会", "藤县总工会"]
    assert city.aid_centre.name == "梧州市总工会困难职工帮扶中心"


def test_founding_twice_founds_once(city, at):
    assert (
        actions.found_city([("450400", "梧州市总工会本级"), ("450422", "藤县总工会")], officer="system", at=at) == city
    )
    assert Organisation.objects.count() == 2


def test_a_table_without_a_single_city_is_refused(db, at):
    with pytest.raises(SaidError, match="00"):
        actions.found_city([("450422", "藤县总工会")], officer="system", at=at)


def test_units_stand_under_their_federation_and_are_taken_in_once(city, at):
    assert actions.import_units(UNITS, officer="system", at=at) == 2
    assert actions.import_units(UNITS, officer="system", at=at) == 0
    sugar = Organisation.objects.get(name="藤县糖业有限公司工会")
    assert queries.federation_of(sugar).code == "450422"
    assert (sugar.kind, Organisation.objects.get(name="梧州市制药厂工会").kind) == (
        "grassroots_union",
        "directly_run_union",
    )


def test_a_unit_under_an_unknown_federation_is_told(city, at):
    with pytest.raises(SaidError, match="450499"):
        actions.import_units([actions.UnitRow("某厂工会", "450499")], officer="system", at=at)


def test_an_officer_of_another_city_sees_nothing(city, mo, huang):
    assert city in queries.scope_of(huang)
    assert city not in queries.scope_of(mo)
    assert not queries.scope_of(mo).filter(code="450422").exists()


def test_an_officer_who_left_sees_nothing(huang):
    huang.is_active = False
    assert not queries.scope_of(huang).exists()
    assert queries.roles_of(huang, on=date(2017, 8, 7)) == set()


def test_an_officer_is_appointed_once(city, huang, at):
    again = actions.add_officer("黄", role="verifier", organisation=city, by="system", at=at)
    assert again == huang
    assert queries.has_role(huang, "verifier", on=date(2017, 8, 7))
    assert not queries.has_role(huang, "approver", on=date(2017, 8, 7))


def test_two_people_of_one_name_have_two_sign_in_names(city, huang, at):
    county = Organisation.objects.get(code="450422")
    assert actions.add_officer("黄", role="verifier", organisation=county, by="system", at=at).username == "huang2"
    with pytest.raises(SaidError, match="不止一位"):
        queries.officer_named("黄", role="verifier", within=city)
    assert queries.officer_named("huang", role="verifier", within=city) == huang


@pytest.mark.parametrize(("name", "role", "words"), [("黄", "approver", "任职"), ("无名", "verifier", "没有叫")])
def test_who_may_not_act_is_told_what_to_do(city, huang, name, role, words):
    with pytest.raises(SaidError, match=words) as refused:
        queries.officer_named(name, role=role, within=city)
    assert "huigong officers add" in refused.value.sentence.zh


def test_an_officer_of_another_city_cannot_be_named(city, mo):
    with pytest.raises(SaidError):
        queries.officer_named("莫", role="verifier", within=city)


def test_a_sign_in_works_once_and_only_its_digest_is_kept(huang, at):
    token = actions.one_time_sign_in(huang, by="system", at=at)
    assert OneTimeSignIn.objects.get().token_digest != token
    assert actions.redeem(token, at=at + timedelta(hours=1)) == huang
    with pytest.raises(SaidError, match="用过了"):
        actions.redeem(token, at=at + timedelta(hours=1))


def test_an_old_sign_in_is_refused(huang, at):
    token = actions.one_time_sign_in(huang, by="system", at=at)
    with pytest.raises(SaidError):
        actions.redeem(token, at=at + timedelta(hours=25))
