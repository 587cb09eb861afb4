"""Approval: only past the public's window, by somebody else than verified, and not of what changed meanwhile."""

from collections import Counter
from datetime import timedelta

import pytest

from huigong.audit.queries import history
from huigong.audit.tests.kept import kept
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.organisations.models import Organisation
from huigong.payments import actions as payments
from huigong.payments import queries as of_payments
from huigong.payments.models import Hold
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.studentaid import actions
from huigong.studentaid.cases import need_of
from huigong.studentaid.models import Award, Decision
from huigong.studentaid.tests.office import AFTER, LAST_DAY, PAPER_MILL, WEI, Family, card
from huigong.values.sentence import SaidError
from huigong.vault import blind

CASE = "SA-450422-2017-00001"


@pytest.fixture
@kept
def hanging(wei):
    wei.carry("published")
    return wei


def test_the_last_day_still_belongs_to_the_public(hanging):
    assert hanging.approve(on=LAST_DAY) == 0
    assert hanging.approve(on=AFTER) == 1


def test_state_event_books_and_award_agree(hanging):
    hanging.approve()
    award, event = Award.objects.get(), history(CASE)[-1]
    assert hanging.case().status == "approved"
    assert (award.fen, award.minutes, award.payee_name) == (300_000, "2017-3, 2017-08-26", "韦秀兰")
    assert (event.action, event.payload["fen"], event.payload["transfer"]) == (
        "application.approved",
        300_000,
        award.transfer_reference,
    )
    (transfer,) = ledger.transfers()
    assert (transfer.reference, transfer.fen, transfer.kind) == (f"{CASE}:aid:1:pending", 300_000, "pending")


def test_an_award_rests_on_the_decision_that_stands(hanging):
    hanging.approve()
    assert Award.objects.get().decision_digest == Decision.objects.get().digest


def test_the_books_balance_by_federation(office):
    office.file(WEI, Family(2))
    office.send(WEI.row())
    office.send(Family(2).row(), name="市.xlsx", unit=PAPER_MILL)
    office.carry("approved")
    balances = {line.code: line for line in ledger.trial_balance()}
    assert balances["fund:regional-2017"].debits_pending == 600_000
    assert sum(line.debits_pending - line.credits_pending for line in balances.values()) == 0
    assert {code: line.credits_pending for code, line in balances.items() if line.credits_pending} == {
        "aid:regional-2017:450400": 300_000,
        "aid:regional-2017:450422": 300_000,
    }


def test_approving_twice_does_nothing(hanging):
    hanging.approve()
    told = len(history(CASE))
    assert hanging.approve() == 0
    assert (len(history(CASE)), Award.objects.count(), len(ledger.transfers())) == (told, 1, 1)


def test_who_verified_does_not_approve(hanging):
    both = hanging.also(hanging.huang, "approver")
    with pytest.raises(SameHandsError, match="换一个人"):
        hanging.approve(by=both)
    assert (hanging.case().status, ledger.transfers()) == ("on_notice", [])


@pytest.mark.parametrize("who", ["lu", "huang", "chen"])
def test_only_an_approver_approves(hanging, who):
    with pytest.raises(OtherRoleError, match="审批"):
        hanging.approve(by=getattr(hanging, who))


def test_an_approver_of_another_city_approves_nothing(hanging, other_city):
    assert hanging.approve(by=hanging.officer("莫", "approver", other_city)) == 0


def test_an_objection_stops_one_case_and_no_other(office):
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.carry("published")
    payments.hold(CASE, reason=Hold.Reason.OBJECTION, officer="qin", at=office.at)
    assert office.approve() == 1
    assert office.case(CASE).status == "on_notice"
    payments.lift(CASE, reason=Hold.Reason.OBJECTION, officer="qin", at=office.at)
    assert office.approve() == 1


def reasons(office):
    return Counter(Hold.objects.filter(lifted_at=None, case_reference=CASE).values_list("reason", flat=True))


def test_a_wrong_identity_number_in_the_file_stops_the_money_until_it_is_mended(office):
    wrong = WEI.parent[:-1] + ("0" if WEI.parent[-1] != "0" else "1")
    office.file(households=[WEI.household(身份证号码=wrong)], members=[WEI.member(), spouse()])
    office.send(WEI.row(parent_name="陈大山", parent_id_number=Family(40).parent))
    office.carry("published")
    assert office.approve() == 0
    assert reasons(office) == {"identity": 1}
    assert office.approve() == 0
    assert reasons(office) == {"identity": 1}
    office.file(households=[WEI.household()], members=[WEI.member(), spouse()])
    assert office.approve() == 1
    assert reasons(office) == {}


def spouse():
    return WEI.member(姓名="陈大山", 身份证号码=Family(40).parent, 与户主关系="配偶", 就业状况="务农")


def test_the_same_need_aided_elsewhere_meanwhile_stops_the_money(hanging):
    household = hanging.case().household_id
    child = blind.index("resident_id", WEI.child)
    aid = Aid(household, child, need_of(hanging.campaign), "donations", 100_000, "DN-450400-2017-00001")
    registry.give_all([aid], on=AFTER, officer="chen", at=hanging.at)
    assert hanging.approve() == 0
    assert reasons(hanging) == {"same_need": 1}


def test_who_looked_says_that_the_households_aid_was_for_another_need(hanging):
    household = hanging.case().household
    told = Aid(household.pk, household.id_number_index, "", "", 80_000, "MZ-1", kind="教育救助", giver="藤县民政局")
    registry.give_all([told], on=AFTER, officer="chen", at=hanging.at)
    with pytest.raises(SaidError, match="不用核实"):
        actions.confirm_other_need(hanging.case(), officer=hanging.huang, at=hanging.at)
    assert hanging.approve() == 0
    assert reasons(hanging) == {"same_need": 1}
    with pytest.raises(OtherRoleError):
        actions.confirm_other_need(hanging.case(), officer=hanging.chen, at=hanging.at)
    actions.confirm_other_need(hanging.case(), officer=hanging.huang, at=hanging.at)
    assert reasons(hanging) == {}
    assert history(CASE)[-1].action == "need.confirmed"
    assert hanging.approve() == 1


def test_what_the_student_had_for_this_need_is_not_looked_away(hanging):
    case = hanging.case()
    aid = Aid(case.household_id, case.student_index, need_of(hanging.campaign), "donations", 1, "DN-450400-2017-00001")
    registry.give_all([aid], on=AFTER, officer="chen", at=hanging.at)
    hanging.approve()
    with pytest.raises(SaidError, match="不能再付"):
        actions.confirm_other_need(hanging.case(), officer=hanging.huang, at=hanging.at)
    assert reasons(hanging) == {"same_need": 1}


def test_a_card_changed_since_verification_stops_the_money_and_who_lifts_it_speaks_of_that_card(hanging):
    hanging.file(households=[WEI.household(惠工卡号=card(91))])
    assert hanging.approve() == 0
    assert reasons(hanging) == {"card_changed": 1}
    payments.lift(CASE, reason=Hold.Reason.CARD_CHANGED, officer="qin", at=hanging.at)
    hanging.file(households=[WEI.household(惠工卡号=card(92))])
    assert hanging.approve() == 0
    payments.lift(CASE, reason=Hold.Reason.CARD_CHANGED, officer="qin", at=hanging.at)
    assert hanging.approve() == 1


def test_a_file_closed_since_the_notice_stops_the_money_until_it_stands_again(hanging):
    hanging.file(households=[WEI.household(档案状态="脱困")])
    assert hanging.approve() == 0
    assert reasons(hanging) == {"facts_changed": 1}
    assert "重算" in of_payments.holds([CASE])[CASE]
    hanging.file(households=[WEI.household()])
    assert hanging.approve() == 1
    assert [event.action for event in history(CASE)].count("hold.lifted") == 1


def test_another_household_that_claims_the_student_meanwhile_stops_the_money_until_settled(hanging):
    """Both on the same day would be one student paid twice."""
    hanging.send(Family(2).row(student_name=WEI.student_name, student_id_number=WEI.child), name="另一户.xlsx")
    hanging.vouch()
    assert hanging.approve() == 0
    assert reasons(hanging) == {"facts_changed": 1}
    hanging.settle(hanging.case(CASE), "household")
    assert hanging.approve() == 1


def test_a_change_that_alters_no_result_stops_nothing(hanging):
    hanging.file(households=[WEI.household(**{"家庭年度总收入(元)": 23_000})])
    assert hanging.approve() == 1


def test_a_county_approves_its_own(office):
    office.file(WEI, Family(2))
    office.send(WEI.row())
    office.send(Family(2).row(), name="市.xlsx", unit=PAPER_MILL)
    office.carry("published")
    leader = office.officer("县覃", "approver", Organisation.objects.get(code="450422"))
    assert office.approve(by=leader) == 1
    assert office.case("SA-450400-2017-00001").status == "on_notice"


def test_an_appointment_that_is_over_approves_nothing(hanging):
    hanging.qin.appointments.update(valid_until=(hanging.at + timedelta(days=1)).date())
    with pytest.raises(OtherRoleError):
        hanging.approve()
