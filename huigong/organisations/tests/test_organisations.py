"""The tree, its scopes, officers and the way in."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from huigong.audit import queries as audit
from huigong.organisations import actions, queries
from huigong.organisations.models import Appointment, OneTimeSignIn, Organisation
from huigong.values.sentence import SaidError

DAY = date(2017, 8, 7)
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


def test_two_federations_may_each_have_a_unit_of_one_name(city, at):
    name = "第一小学工会"
    rows = [
        actions.UnitRow(name, "450400"),
        actions.UnitRow(name, "450422"),
        actions.UnitRow("第一小学 工会", "450422"),
    ]
    assert actions.import_units(rows, officer="system", at=at) == 2
    assert actions.import_units(rows, officer="system", at=at) == 0
    units = Organisation.objects.exclude(kind="federation")
    assert {queries.federation_of(unit).code for unit in units} == {"450400", "450422"}
    assert queries.unit_named(city, name) is None
    assert queries.unit_named(Organisation.objects.get(code="450422"), name) == units.get(parent__code="450422")


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
        queries.officer_named("黄", role="verifier", within=city, on=DAY)
    assert queries.officer_named("huang", role="verifier", within=city, on=DAY) == huang


@pytest.mark.parametrize(("name", "role", "words"), [("黄", "approver", "任职"), ("无名", "verifier", "没有叫")])
def test_who_may_not_act_is_told_what_to_do(city, huang, name, role, words):
    with pytest.raises(SaidError, match=words) as refused:
        queries.officer_named(name, role=role, within=city, on=DAY)
    assert "huigong officers add" in refused.value.sentence.zh


def test_an_officer_of_another_city_cannot_be_named(city, mo):
    with pytest.raises(SaidError):
        queries.officer_named("莫", role="verifier", within=city, on=DAY)


@pytest.mark.parametrize(
    ("day", "stands"),
    [(date(2017, 8, 6), False), (DAY, True), (date(2017, 8, 31), True), (date(2017, 9, 1), False)],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_an_officer_acts_between_the_days_of_the_appointment(city, huang, day, stands):
    Appointment.objects.update(valid_until=date(2017, 8, 31))
    if stands:
        assert queries.officer_named("黄", role="verifier", within=city, on=day) == huang
        return
    with pytest.raises(SaidError, match=f"{day} 这天没有"):
        queries.officer_named("黄", role="verifier", within=city, on=day)


def periods(officer):
    return sorted((row.valid_from, row.valid_until) for row in officer.appointments.all())


def test_whoever_left_is_appointed_again_and_the_first_period_stays(city, huang, at):
    Appointment.objects.update(valid_until=date(2017, 8, 31))
    again = actions.add_officer("黄", role="verifier", organisation=city, by="system", at=at + timedelta(days=60))
    assert again == huang
    assert periods(huang) == [(DAY, date(2017, 8, 31)), (date(2017, 10, 6), None)]
    assert not queries.has_role(huang, "verifier", on=date(2017, 9, 15))
    assert queries.officer_named("黄", role="verifier", within=city, on=date(2017, 10, 6)) == huang
    assert [event.payload["from"] for event in audit.history("huang")] == ["2017-08-07", "2017-10-06"]


def test_whoever_is_to_leave_goes_on_without_a_gap_once(city, huang, at):
    Appointment.objects.update(valid_until=date(2017, 8, 31))
    for _ in range(2):
        actions.add_officer("黄", role="verifier", organisation=city, by="system", at=at)
    assert periods(huang)[1] == (date(2017, 9, 1), None)
    assert len(periods(huang)) == 2


def test_whoever_was_to_begin_later_begins_today(city, huang, at):
    Appointment.objects.update(valid_from=date(2018, 1, 1))
    actions.add_officer("黄", role="verifier", organisation=city, by="system", at=at)
    assert periods(huang) == [(DAY, None)]


def test_an_appointment_counts_from_the_day_in_shanghai(city):
    evening = datetime(2017, 8, 6, 16, 30, tzinfo=UTC)
    late = actions.add_officer("覃", role="approver", organisation=city, by="system", at=evening)
    assert periods(late) == [(DAY, None)]


def test_the_database_refuses_a_second_open_period(huang):
    kept = huang.appointments.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            officer=huang, role=kept.role, organisation=kept.organisation, valid_from=date(2018, 1, 1)
        )


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
