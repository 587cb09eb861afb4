"""The plan, services and start-ups of a graduate."""

from datetime import date

import pytest

from huigong.employment import actions, start_ups
from huigong.employment.models import Graduate, Service, StartUp
from huigong.employment.start_ups import Success
from huigong.employment.tests.served import cast
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.values.sentence import SaidError


def again(graduate):
    return Graduate.objects.get(pk=graduate.pk)


def test_a_plan_that_somebody_changed_meanwhile_is_not_overwritten(centre):
    one = centre.graduate(1)
    version = again(one).version
    centre.plan(one, wanted_work=["office"], needs=["guidance", "made_to_order"])
    assert again(one).status == "planned"
    plan = actions.Plan("", (), (), (), (), None, goes_far=False, obstacles="", registered=None, registered_on=None)
    with pytest.raises(SaidError, match="有人改过"):
        actions.keep_plan(one, plan, version=version, **centre.by)
    assert again(one).wanted_work == ["office"]


def test_a_day_of_registration_needs_a_registration(centre):
    one = centre.graduate(1)
    with pytest.raises(SaidError, match="已纳入"):
        centre.plan(one, registered=False, registered_on=centre.today)
    centre.plan(one, registered=True, registered_on=centre.today)
    assert again(one).registered_on == centre.today


def test_a_service_is_a_contact_and_meets_the_need(centre):
    one = centre.graduate(1)
    centre.plan(one, needs=["guidance", "legal_aid"])
    actions.serve(one, "guidance", on=centre.today, at_window=True, **centre.by)
    found = again(one)
    assert (found.needs, found.last_contact_on) == (["legal_aid"], centre.today)


def test_a_visitor_who_is_on_no_list_is_counted_and_nothing_is_kept_of_them(centre, city):
    actions.serve_somebody(city, "policy", on=centre.today, **centre.by)
    service = Service.objects.get()
    assert (service.graduate, service.at_window, bool(service.note)) == (None, True, False)


def test_money_for_a_start_up_is_given_once_by_another_person_and_stands_in_the_ledger(centre, city, at):
    one, qin = centre.graduate(1), cast(city, at, "approver", "覃")
    start_up = actions.plan_start_up(one, "网店", "卖六堡茶", on=centre.today, officer=qin.username, at=at)
    with pytest.raises(OtherRoleError):
        actions.support_start_up(start_up, fen=500_000, officer=centre.officer, at=at)
    with pytest.raises(SameHandsError):
        actions.support_start_up(start_up, fen=500_000, officer=qin, at=at)
    start_up = actions.plan_start_up(one, "网店", "卖六堡茶", on=centre.today, **centre.by)
    actions.support_start_up(start_up, fen=500_000, officer=qin, at=at)
    with pytest.raises(SaidError, match="给一次"):
        actions.support_start_up(start_up, fen=500_000, officer=qin, at=at)
    assert ledger.balance("startups:450400").posted == 500_000
    with pytest.raises(SaidError, match="不再改"):
        actions.plan_start_up(one, "面包店", "改行", on=centre.today, **centre.by)


def test_a_start_up_is_checked_after_six_and_twelve_months_and_its_jobs_are_counted(centre):
    one = centre.graduate(1)
    actions.plan_start_up(one, "网店", "卖六堡茶", on=centre.today, **centre.by)
    outcome = centre.hire(one, kind="self_employed", evidence="licence")
    assert again(one).check_due == date(2018, 2, 7)
    centre.later(190)
    made = actions.follow_up(outcome, months=6, on=centre.today, how="person", holds=True, jobs=3, **centre.by)
    start_up = StartUp.objects.get()
    assert (made.months, start_up.jobs, start_up.outcome) == (6, 3, outcome)


def test_a_plan_written_after_the_business_opened_belongs_to_it(centre):
    one = centre.graduate(1)
    outcome = centre.hire(one, kind="self_employed", evidence="licence")
    made = actions.plan_start_up(one, "网店", "卖六堡茶", on=centre.today, **centre.by)
    assert made.outcome == outcome


def test_the_success_rate_counts_whom_the_first_year_settled_and_nobody_else(centre):
    """One ran a year, one gave up before, one is in its first year, one has only a plan."""
    people = [centre.graduate(number) for number in range(1, 5)]
    for one in people:
        actions.plan_start_up(one, f"{one.name}的店", "卖茶", on=centre.today, **centre.by)
    ran, gave_up, young = (centre.hire(one, kind="self_employed", evidence="licence") for one in people[:3])
    centre.later(100)
    actions.lose(gave_up, on=centre.today, why="failed", **centre.by)
    for months, days in ((6, 90), (12, 190)):
        centre.later(days)
        actions.follow_up(ran, months=months, on=centre.today, how="person", holds=True, jobs=2, **centre.by)
    those = start_ups.looked_at(StartUp.objects.all())
    assert start_ups.success(those) == Success(held=1, settled=2)
    assert start_ups.success(those).shown == "50.0%"
    assert [one.one.outcome for one in those] == [ran, gave_up, young, None]
    assert start_ups.success([]).shown == "—"
