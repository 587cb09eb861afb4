"""A named officer settles what the circular leaves open; what stands is never overwritten, and one student is aided once."""

import pytest

from huigong.audit.queries import history
from huigong.audit.tests.kept import kept
from huigong.studentaid.actions.settle import NotSettledError
from huigong.studentaid.models import Application, Settlement
from huigong.studentaid.queries import findings_of
from huigong.studentaid.tests.office import LATE, PAPER_MILL, WEI, Family

FIRST, SECOND = "SA-450422-2017-00001", "SA-450422-2017-00002"
OTHER = Family(2)


def claim(office, **options):
    """The other household sends the same student."""
    row = OTHER.row(student_name=WEI.student_name, student_id_number=WEI.child)
    office.send(row, name="另一户.xlsx", **options)


@pytest.fixture
@kept
def contested(office):
    child = WEI.member(职工编号="GX0002")
    office.file(WEI, households=[OTHER.household()], members=[child])
    office.send(WEI.row())
    claim(office)
    office.vouch()
    return office


def verdicts(office):
    return [office.case(reference).verdict for reference in (FIRST, SECOND)]


def test_two_households_wait_and_hold_no_place(contested):
    assert verdicts(contested) == ["to_settle", "to_settle"]
    assert contested.share() == {}


def test_the_chosen_household_is_eligible_and_the_other_refused_with_its_clause(contested):
    assert contested.settle(contested.case(SECOND), "household", by=contested.huang)
    contested.vouch()
    assert verdicts(contested) == ["refused", "eligible"]
    loser = contested.case(FIRST)
    found = [one for one in findings_of([loser])[loser.pk] if one.outcome == "not_met"]
    assert [(one.criterion, one.clause) for one in found] == [("not_settled_elsewhere", "五(六)")]
    assert contested.share() == {"placed": 1}


def test_a_settlement_is_an_event_without_its_reason(contested):
    contested.settle(contested.case(FIRST), "household", reason="韦秀兰的户口本在这里")
    told = [event for event in history(FIRST) if event.action == "case.settled"]
    assert [(event.actor, event.payload["about"]) for event in told] == [(contested.qin.username, "household")]
    assert "韦秀兰" not in str(told)


def test_the_same_settled_again_changes_nothing(contested):
    assert contested.settle(contested.case(FIRST), "household") is True
    assert contested.settle(contested.case(FIRST), "household", reason="另一个理由") is False
    assert Settlement.objects.get().reason.plain() == "看过原件"


def test_a_second_household_is_not_chosen_too(contested):
    contested.settle(contested.case(FIRST), "household")
    with pytest.raises(NotSettledError, match="已由 覃 定给 SA-450422-2017-00001"):
        contested.settle(contested.case(SECOND), "household")


def test_a_household_is_not_chosen_beside_one_that_holds_a_place(wei):
    """The other claim came after the place was given: choosing it would pay one student twice."""
    wei.carry("shared")
    claim(wei)
    wei.vouch()
    with pytest.raises(NotSettledError, match="SA-450422-2017-00001 已经占用名额"):
        wei.settle(wei.case(SECOND), "household")


def test_the_household_that_holds_the_place_may_be_confirmed_against_a_later_claim(wei):
    wei.carry("shared")
    claim(wei)
    wei.vouch()
    assert wei.settle(wei.case(FIRST), "household")
    wei.vouch()
    assert (wei.case(FIRST).status, wei.case(SECOND).status) == ("placed", "refused")


@pytest.mark.parametrize("about", ["household", "late", "certificate", "doubt", "tie"])
def test_nothing_is_settled_after_a_place_is_held(wei, about):
    wei.carry("shared")
    with pytest.raises(NotSettledError, match="已经占用名额"):
        wei.settle(wei.case(), about)


def test_a_status_that_was_read_before_is_not_believed(wei):
    stale = wei.case()
    wei.carry("shared")
    with pytest.raises(NotSettledError, match="已经占用名额"):
        wei.settle(stale, "late")


@pytest.mark.parametrize("about", ["late", "certificate", "doubt", "tie"])
def test_what_is_for_a_leader_no_verifier_settles(office, about):
    office.send(WEI.row(), received=LATE)
    with pytest.raises(NotSettledError, match=r"负责人（审批）"):
        office.settle(office.case(), about, by=office.huang)
    assert Settlement.objects.count() == 0


@pytest.mark.parametrize("who", ["lu", "chen"])
def test_preparers_and_finance_settle_nothing(office, who):
    office.send(WEI.row())
    with pytest.raises(NotSettledError, match="审核或审批"):
        office.settle(office.case(), "household", by=getattr(office, who))


def test_an_officer_of_another_city_settles_nothing(office, other_city):
    office.send(WEI.row(), received=LATE)
    with pytest.raises(NotSettledError, match="请上级总工会的负责人定"):
        office.settle(office.case(), "late", by=office.officer("莫", "approver", other_city))


def test_a_county_does_not_choose_between_its_own_household_and_anothers(office):
    office.send(WEI.row())
    claim(office, unit=PAPER_MILL)
    leader = office.officer("县覃", "approver", office.county)
    with pytest.raises(NotSettledError, match="请上级总工会的负责人定"):
        office.settle(office.case(FIRST), "household", by=leader)
    assert office.settle(office.case(FIRST), "household")


def test_a_county_leader_takes_a_late_form_of_the_county(office):
    office.send(WEI.row(), received=LATE)
    assert office.settle(office.case(), "late", by=office.officer("县覃", "approver", office.county))


def test_who_left_settles_nothing(office):
    office.send(WEI.row(), received=LATE)
    office.qin.is_active = False
    office.qin.save()
    with pytest.raises(NotSettledError):
        office.settle(office.case(), "late")
    assert Application.objects.get().status == "submitted"


def test_a_case_that_moved_since_it_was_seen_is_left_alone(wei):
    seen = wei.case()
    seen.version += 1
    with pytest.raises(NotSettledError, match="在您打开以后有了变化"):
        wei.settle(seen, "late")
    assert not Settlement.objects.exists()
