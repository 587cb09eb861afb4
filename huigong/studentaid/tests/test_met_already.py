"""另获资助: what the student surely had from elsewhere is taken back by an approver, decided anew, and refused then."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from huigong.audit.queries import history
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError
from huigong.payments.models import Hold, PaymentBatch
from huigong.payments.queries import standing_against
from huigong.payments.tests.bank import hand_out
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.studentaid import actions
from huigong.studentaid.actions import approval_forms
from huigong.studentaid.actions.stopping import met_for_certain
from huigong.studentaid.cases import need_of
from huigong.studentaid.models import Revocation
from huigong.studentaid.tests.forms_to_sign import put, signed
from huigong.studentaid.tests.office import AFTER, WEI, Family
from huigong.values.sentence import SaidError

CASE, OTHER = "SA-450422-2017-00001", "SA-450422-2017-00002"
AID = "DN-450400-2017-00001"


@pytest.fixture
def two(office):
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.finance = office.officer("农", "finance")
    return office


def met(office, student="", reference=CASE, aid=AID):
    """Another office paid the schooling of this student, or of somebody in the household."""
    case = office.case(reference)
    whose = student or case.student_index
    given = Aid(case.household_id, whose, need_of(office.campaign), "donations", 300_000, aid)
    registry.give_all([given], on=AFTER, officer="chen", at=office.at)


def take_back(office, by=None, reference=CASE):
    actions.revoke_met_already(office.case(reference), officer=by or office.qin, at=office.at)


def ask(office):
    return actions.ask_anew(office.campaign, office.circular, officer=office.huang, on=AFTER, at=office.at)


@pytest.mark.parametrize("step", ["published", "approved"])
def test_what_was_met_elsewhere_goes_back_and_its_promise_is_free(two, step):
    two.carry(step)
    met(two)
    ask(two)
    assert standing_against([CASE])[CASE] == [Hold.Reason.SAME_NEED]
    take_back(two)
    assert (two.case().status, standing_against([CASE])) == ("submitted", {})
    reopened = next(told for told in history(CASE) if told.action == "application.reopened")
    assert reopened.payload["aid"] == AID
    promised = sum(line.debits_pending for line in ledger.trial_balance() if line.code.startswith("fund:"))
    assert promised == 300_000 * (step == "approved"), "the other's promise alone"
    told = Revocation.objects.filter(award__application__reference=CASE)
    assert [(one.why, one.clauses, one.is_out) for one in told] == [("met_already", AID, False)] * (step == "approved")
    two.vouch()
    assert two.case().status == "refused"
    assert two.case(OTHER).status == ("approved" if step == "approved" else "on_notice")


def test_it_is_an_approvers_and_only_for_what_is_surely_the_students(two):
    two.carry("approved")
    with pytest.raises(SaidError, match="没有撤"):
        take_back(two)
    met(two)
    for other in (two.huang, two.chen):
        with pytest.raises(OtherRoleError):
            take_back(two, by=other)
    with pytest.raises(SaidError, match="没有撤"):
        take_back(two, reference=OTHER)
    assert (two.case().status, two.case(OTHER).status) == ("approved", "approved")


def test_what_the_household_had_as_a_whole_is_for_a_verifier_to_look_at(two):
    two.carry("approved")
    met(two, student="0" * 64)
    assert met_for_certain(two.case()) == []
    with pytest.raises(SaidError, match="没有撤"):
        take_back(two)


def test_what_lies_in_a_batch_is_taken_back_once_the_batch_is_and_what_left_only_after_an_objection(two):
    two.carry("released")
    met(two)
    batch = PaymentBatch.objects.get()
    with pytest.raises(SaidError, match=f"{batch.number}.*请财务先收回这个批次"):
        take_back(two)
    with transaction.atomic():
        hand_out(batch, officer=two.chen, at=two.at)
        with pytest.raises(SaidError, match="请登记异议"):
            take_back(two)
        transaction.set_rollback(True)
    actions.take_batch_back(batch, officer=two.chen, at=two.at)
    ask(two)
    assert standing_against([CASE])[CASE] == [Hold.Reason.SAME_NEED]
    take_back(two)
    assert (two.case().status, standing_against([CASE])) == ("submitted", {})


def test_on_a_form_that_is_open_it_is_held_and_waits_for_that_form(two):
    two.carry("published")
    form = put(two)
    met(two)
    assert ask(two) == 0
    assert standing_against([CASE])[CASE] == [Hold.Reason.SAME_NEED]
    with pytest.raises(SaidError, match="先收回那张表"):
        take_back(two)
    assert signed(two, form)[1] == 1
    assert (two.case().status, two.case(OTHER).status) == ("on_notice", "approved")
    take_back(two)
    assert two.case().status == "submitted"


def test_what_was_hung_anew_after_the_decision_is_not_approved_by_its_form(two, monkeypatch):
    two.carry("published")
    form, newest = put(two), approval_forms.notices_on
    anew = SimpleNamespace(last_day=form.held_on)
    monkeypatch.setattr(approval_forms, "notices_on", lambda references: newest(references) | {CASE: anew})
    assert signed(two, form)[1] == 1
    assert (two.case().status, two.case(OTHER).status) == ("on_notice", "approved")


def test_lifted_for_an_error_it_is_held_again_for_other_aid(two):
    two.carry("approved")
    met(two)
    ask(two)
    registry.take_aid_back(AID, 300_000, transfer_reference="mended:1", on=AFTER, officer="chen", at=two.at)
    actions.confirm_other_need(two.case(), officer=two.huang, at=two.at)
    assert standing_against([CASE]) == {}
    met(two, aid=f"{AID}9")
    assert two.release() == 1
    assert standing_against([CASE])[CASE] == [Hold.Reason.SAME_NEED]
