"""An objection stops approval and payment of its case; one that is upheld sends the case back over the whole way."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from huigong.audit.queries import history
from huigong.audit.tests.kept import kept
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Told
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError
from huigong.payments import actions as payments
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.queries import held
from huigong.payments.tests.bank import hand_out
from huigong.publicnotices import queries as notices
from huigong.registry import actions as registry
from huigong.registry.aid_standing import standing_aid
from huigong.registry.models import AidGiven, AidReturn
from huigong.studentaid import actions
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.models import Application, Award, Recovery, Revocation
from huigong.studentaid.money_line import money_lines
from huigong.studentaid.tests.objected_to import BACK, CASE, answer, back, object_to, reply
from huigong.studentaid.tests.office import AFTER, WEI, Family
from huigong.values.sentence import SaidError

OTHER = "SA-450422-2017-00002"


@pytest.fixture
@kept
def hung(office):
    """Two families on one notice."""
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.carry("published")
    return office


def test_while_it_is_open_the_case_is_not_approved_and_the_other_is(hung):
    object_to(hung)
    assert hung.approve() == 1
    assert (hung.case().status, hung.case(OTHER).status) == ("on_notice", "approved")


def test_what_comes_after_approval_stops_the_payment(hung):
    assert hung.approve() == 2
    nong = hung.officer("农", "approver")  # 覃 approved it
    one = object_to(hung, assignee=nong)
    assert hung.release() == 1
    assert (hung.case().status, hung.case(OTHER).status) == ("approved", "released")
    assert answer(hung, one, "yes", by=nong) == "back"
    assert (hung.case().status, held([CASE])) == ("submitted", set())


def test_upheld_after_approval_the_award_is_revoked_and_its_money_stands_on_the_fund_again(hung):
    hung.approve()
    nong, fund = hung.officer("农", "approver"), f"fund:{hung.circular.quota.fund_source}"
    assert ledger.balance(fund).debits_pending == 600_000
    one = object_to(hung, assignee=nong)
    assert answer(hung, one, "yes", by=nong, days=21) == "back"
    revocation = Revocation.objects.get()
    assert (revocation.grievance, revocation.clauses, revocation.is_out) == (one.number, "二(四)", False)
    assert ledger.balance(fund).debits_pending == 300_000
    (line,) = money_lines(hung.campaign)
    assert (line.committed, line.to_pay, line.returned, line.adds_up) == (300_000, 300_000, 0, True)
    told = next(event for event in history(CASE) if event.action == "award.revoked")
    assert told.payload["fen"] == 300_000
    assert hung.release() == 1
    hung.carry("shared")
    hung.publish(from_day=AFTER)
    assert hung.approve(on=date(2017, 9, 30)) == 1
    assert [one.transfer_reference for one in standing_awards().filter(application=hung.case())] == [
        f"{CASE}:aid:2:pending"
    ]
    assert hung.release(on=date(2017, 9, 30)) == 1
    assert Payment.objects.get(case_reference=CASE).attempt == 2
    assert money_lines(hung.campaign)[0].adds_up


@pytest.fixture
@kept
def released(hung):
    """Both stand in a batch that nobody has taken yet; 农 looks into what is said about one of them."""
    hung.approve()
    hung.release()
    nong = hung.officer("农", "approver")
    return hung, nong, PaymentBatch.objects.get()


@pytest.fixture
def paid(released):
    """The same, and their file went to the bank."""
    office, _, batch = released
    hand_out(batch, officer=office.chen, at=office.at)
    return released


def aided():
    """Cases whose aid stands on record, with what remains of it."""
    return {one.case_reference: one.remains for one in standing_aid()}


@pytest.mark.parametrize(("word", "fen"), [("成功", 300_000), ("失败", 0)])
def test_paid_or_with_the_bank_the_money_is_asked_back_and_then_the_case_goes_on(paid, word, fen):
    office, nong, batch = paid
    assert answer(office, object_to(office, assignee=nong), "yes", by=nong, days=22) == "out"
    revocation = Revocation.objects.get()
    assert (office.case().status, held([CASE])) == ("released", {CASE})
    with pytest.raises(SaidError, match="银行还没有回单"):
        back(office, revocation)
    reply(office, batch, word, "成功")
    with pytest.raises(SaidError, match="凭证号"):
        back(office, revocation, paper=" ")
    with pytest.raises(OtherRoleError):
        back(office, revocation, by=nong)
    assert aided() == {CASE: 300_000, OTHER: 300_000}
    assert back(office, revocation).fen == fen
    assert aided() == {OTHER: 300_000}  # the family has nothing of it, and what was given stays as history
    assert AidGiven.objects.filter(case_reference=CASE).count() == 1
    ended = f"{CASE}:aid:1:{'reversal' if fen else 'void'}"
    assert list(AidReturn.objects.values_list("transfer_reference", "returned_on")) == [(ended, BACK)]
    assert ledger.named([ended])[ended].fen == 300_000
    assert (office.case().status, held([CASE])) == ("submitted", set())
    (line,) = money_lines(office.campaign)
    assert (line.committed, line.paid, line.adds_up) == (300_000, 300_000, True)
    with pytest.raises(SaidError, match="没有要追回的"):
        back(office, revocation)
    assert actions.pay_again(office.campaign, officer=office.chen, at=office.at) == 0


@pytest.mark.parametrize(("word", "status"), [("成功", "recovered"), ("失败", "failed")])
def test_revoked_a_second_time_the_new_promise_is_voided_too(paid, word, status):
    office, nong, batch = paid
    answer(office, object_to(office, assignee=nong), "yes", by=nong, days=22)
    reply(office, batch, word, "成功")
    back(office, Revocation.objects.get())
    office.carry("shared")
    office.publish(from_day=AFTER)
    assert office.approve(on=date(2017, 9, 30)) == 1
    fund = f"fund:{office.circular.quota.fund_source}"
    assert (Payment.objects.get(case_reference=CASE).status, ledger.balance(fund).debits_pending) == (status, 300_000)
    again = object_to(office, number=2, assignee=nong)
    assert answer(office, again, "yes", by=nong, days=40) == "back"
    assert ledger.balance(fund).debits_pending == 0
    assert {f"{CASE}:aid:2:pending", f"{CASE}:aid:2:void"} <= set(ledger.references(prefix=f"{CASE}:aid:2:"))
    (line,) = money_lines(office.campaign)
    assert (line.to_pay, line.adds_up) == (0, True)


def test_what_failed_at_the_bank_and_is_then_revoked_is_off_the_record_of_aid_at_once(paid):
    office, nong, batch = paid
    reply(office, batch, "失败", "成功")
    assert answer(office, object_to(office, assignee=nong), "yes", by=nong, days=24) == "back"
    assert aided() == {OTHER: 300_000}
    assert AidReturn.objects.get().transfer_reference == f"{CASE}:aid:1:void"


def test_recovered_and_approved_anew_the_aid_stands_once_more(paid):
    office, nong, batch = paid
    answer(office, object_to(office, assignee=nong), "yes", by=nong, days=22)
    reply(office, batch, "成功", "成功")
    back(office, Revocation.objects.get())
    office.carry("shared")
    office.publish(from_day=AFTER)
    office.approve(on=date(2017, 9, 30))
    assert aided() == {OTHER: 300_000}
    assert office.release(on=date(2017, 9, 30)) == 1
    assert aided() == {CASE: 300_000, OTHER: 300_000}


def test_what_came_back_before_the_record_said_so_is_made_good_once(paid, monkeypatch):
    """An installation from before: the first award is recovered, and the second given, without the record of aid knowing."""
    office, nong, batch = paid
    fund, at = office.circular.quota.fund_source, office.at + timedelta(days=60)
    with monkeypatch.context() as before:
        before.setattr(registry, "take_aid_back", lambda *_what, **_told: None)
        answer(office, object_to(office, assignee=nong), "yes", by=nong, days=22)
        reply(office, batch, "成功", "成功")
        back(office, Revocation.objects.get())
    assert actions.make_aid_good(officer="system", at=at) == 1
    assert aided() == {OTHER: 300_000}
    with monkeypatch.context() as before:
        before.setattr(registry, "give_all", lambda *_what, **_told: None)
        office.carry("shared")
        office.publish(from_day=AFTER)
        office.approve(on=date(2017, 9, 30))
        assert office.release(on=date(2017, 9, 30)) == 1
    assert actions.make_aid_good(officer="system", at=at) == 1
    assert aided() == {CASE: 300_000, OTHER: 300_000}
    second = AidGiven.objects.get(case_reference=CASE, number=2)
    assert (second.fund_source, second.given_on) == (fund, timezone.localdate(office.at + timedelta(days=21)))
    assert actions.make_aid_good(officer="system", at=at) == 0


def test_what_is_asked_back_stays_held_whatever_becomes_of_other_objections(paid):
    office, nong, _ = paid
    one, other = object_to(office, assignee=nong), object_to(office, number=2, assignee=nong)
    assert answer(office, one, "yes", by=nong, days=22) == "out"
    assert answer(office, other, "no", by=nong, days=23) == ""
    assert held([CASE]) == {CASE}


def test_objected_to_before_the_file_left_it_does_not_leave(released):
    office, nong, batch = released
    object_to(office, assignee=nong)
    with pytest.raises(SaidError, match="文件先不交出"):
        payments.take_file(batch, officer=office.chen, at=office.at)
    payments.undo_batch(batch, officer=office.chen, at=office.at + timedelta(days=22))
    assert actions.pay_again(office.campaign, officer=office.chen, at=office.at + timedelta(days=22)) == 1


def test_what_is_revoked_before_its_file_left_goes_back_with_the_batch_and_nothing_is_asked_back(released):
    office, nong, batch = released
    assert answer(office, object_to(office, assignee=nong), "yes", by=nong, days=22) == "out"
    assert actions.take_batch_back(batch, officer=office.chen, at=office.at + timedelta(days=23)) == 2
    recovery = Recovery.objects.get()
    assert (recovery.fen, recovery.paper) == (0, f"收回批次 {batch.number}")
    assert (office.case().status, held([CASE])) == ("submitted", set())
    assert aided() == {OTHER: 300_000}
    (line,) = money_lines(office.campaign)
    assert (line.committed, line.adds_up) == (300_000, True)
    assert actions.pay_again(office.campaign, officer=office.chen, at=office.at + timedelta(days=23)) == 1
    assert office.case(OTHER).status == "released"


def test_a_batch_that_left_is_not_taken_back_and_what_was_revoked_stays_asked_back(paid):
    office, nong, batch = paid
    answer(office, object_to(office, assignee=nong), "yes", by=nong, days=22)
    with pytest.raises(SaidError, match="不能收回"):
        actions.take_batch_back(batch, officer=office.chen, at=office.at + timedelta(days=23))
    assert not Recovery.objects.exists()


def test_an_appeal_takes_nothing_away_from_what_was_approved(hung):
    hung.approve()
    nong = hung.officer("农", "approver")
    assert answer(hung, object_to(hung, kind="appeal", assignee=nong), "yes", by=nong, days=21) == ""
    assert (hung.case().status, Revocation.objects.count()) == ("approved", 0)


def test_not_upheld_the_case_goes_on(hung):
    one = object_to(hung)
    assert answer(hung, one, "no") == ""
    assert hung.approve() == 2


def test_upheld_it_goes_back_without_verification_rank_and_place(hung):
    one = object_to(hung)
    assert answer(hung, one, "yes") == "back"
    case = hung.case()
    assert (case.status, case.verified_by, case.rank, held([CASE])) == ("submitted", "", None, set())
    assert (history(CASE)[-2].action, history(CASE)[-2].payload["grievance"]) == ("application.reopened", one.number)
    assert hung.approve() == 1
    assert Award.objects.filter(application=case).count() == 0


def test_back_on_the_way_it_waits_for_its_own_new_window(hung):
    first = hung.case().reference
    answer(hung, object_to(hung), "yes")
    hung.carry("shared")
    assert hung.case().status == "placed"
    second = hung.publish(from_day=AFTER)
    assert [line.case_reference for line in second.lines.all()] == [first]
    assert notices.past_window(hung.campaign, on=AFTER) == {OTHER}
    assert notices.notices_on([first])[first] == second
    assert hung.approve() == 1  # the old window is over, the new one is not


def test_another_open_objection_keeps_the_case_that_went_back_held(hung):
    one, _ = object_to(hung), object_to(hung, number=2)
    answer(hung, one, "yes")
    assert held([CASE]) == {CASE}


def test_an_appeal_that_is_upheld_opens_a_refused_case_again(hung):
    hung.file(Family(3))
    junior = Family(3).row(admission="2016年9月被藤县第二初级中学录取")
    hung.send(junior, name="初中.xlsx")
    hung.vouch()
    refused = hung.case("SA-450422-2017-00003")
    assert refused.status == "refused"
    one = object_to(hung, refused.reference, kind="appeal")
    assert held([refused.reference]) == set()
    assert answer(hung, one, "yes") == "back"
    assert hung.case(refused.reference).status == "submitted"


def test_who_verified_is_not_given_it_and_an_unknown_case_is_told(hung):
    hung.officer("黄二", "approver")
    told = Told("objection", "visit", "这家不困难，请核实")
    one = grievances.record(hung.campaign, told, submission=UUID(int=9), officer="lu", at=hung.at)
    with pytest.raises(SaidError, match="换一个人"):
        actions.assign_grievance(one, hung.huang, case_reference=CASE, officer=hung.qin, at=hung.at)
    with pytest.raises(SaidError, match="没有案号"):
        actions.assign_grievance(one, hung.qin, case_reference="SA-1", officer=hung.qin, at=hung.at)


def test_given_to_the_same_one_again_it_is_told_once(hung):
    one = object_to(hung)
    again = actions.assign_grievance(one, hung.qin, case_reference=CASE, officer=hung.qin, at=hung.at)
    assert (again.assigned_to, again.status) == (hung.qin.username, "assigned")
    assert [told.action for told in history(one.number)] == ["grievance.recorded", "grievance.assigned"]


@pytest.mark.parametrize(("step", "became"), [("sent", ""), ("verified", "back")])
def test_upheld_before_anything_was_decided_nothing_holds_the_case_afterwards(office, step, became):
    office.file(WEI)
    office.send(WEI.row())
    if step == "verified":
        Application.objects.update(status="verified")
    assert answer(office, object_to(office), "yes") == became
    assert (office.case().status, held([CASE])) == ("submitted", set())
    office.carry("published")
    assert office.approve() == 1
