"""另获资助: what the student surely had from elsewhere is taken back by an approver, decided anew, and refused then."""

import pytest

from huigong.audit.queries import history
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError
from huigong.payments.models import Hold
from huigong.payments.queries import standing_against
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.studentaid import actions
from huigong.studentaid.actions.revoking import met_already
from huigong.studentaid.cases import need_of
from huigong.studentaid.models import Revocation
from huigong.studentaid.tests.office import AFTER, WEI, Family
from huigong.values.sentence import SaidError

CASE, OTHER = "SA-450422-2017-00001", "SA-450422-2017-00002"
AID = "DN-450400-2017-00001"


@pytest.fixture
def two(office):
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    return office


def met(office, student="", reference=CASE):
    """Another office paid the schooling of this student, or of somebody in the household."""
    case = office.case(reference)
    whose = student or case.student_index
    aid = Aid(case.household_id, whose, need_of(office.campaign), "donations", 300_000, AID)
    registry.give_all([aid], on=AFTER, officer="chen", at=office.at)


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
    assert two.case().status == "submitted"
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
    assert met_already(two.case()) == []
    with pytest.raises(SaidError, match="没有撤"):
        take_back(two)


def test_what_is_with_the_bank_is_not_taken_back_so(two):
    two.carry("released")
    met(two)
    with pytest.raises(SaidError, match="请登记异议"):
        take_back(two)
    assert two.case().status == "released"
    assert "application.reopened" not in [told.action for told in history(CASE)]
