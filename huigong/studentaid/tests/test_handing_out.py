"""Between a batch and its file: what another office met by then, and a payee that changed, do not leave the house."""

import pytest

from huigong.payments import actions as payments
from huigong.payments.actions.taking import TakenAlreadyError
from huigong.payments.lifecycle import WITHDRAWN
from huigong.payments.models import FileTaking, Hold, Payment, PaymentBatch
from huigong.payments.queries import file_of, standing_against
from huigong.registry.models import Household
from huigong.studentaid import actions
from huigong.studentaid.tests.office import WEI, Family
from huigong.studentaid.tests.test_met_already import CASE, OTHER, met
from huigong.values.sentence import SaidError

ANOTHER = "another card"


@pytest.fixture
def batch(office):
    """Two payments in a batch that nobody took yet."""
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.carry("released")
    return PaymentBatch.objects.get()


def hand_out(office, batch):
    return actions.hand_out(batch, officer=office.chen, at=office.at)


def change_payee(office, reference=CASE, card=ANOTHER):
    Household.objects.filter(pk=office.case(reference).household_id).update(card_index=card)


def test_what_nothing_stands_against_leaves_once(office, batch):
    assert hand_out(office, batch) == file_of(batch)
    assert standing_against([CASE, OTHER]) == {}
    with pytest.raises(TakenAlreadyError):
        hand_out(office, batch)
    assert FileTaking.objects.count() == 1


def test_what_another_office_met_since_stays_and_the_other_is_paid_in_the_next_batch(office, batch):
    met(office)
    with pytest.raises(SaidError, match=f"{CASE} 暂停着"):
        hand_out(office, batch)
    assert (standing_against([CASE, OTHER]), FileTaking.objects.count()) == ({CASE: [Hold.Reason.SAME_NEED]}, 0)
    actions.take_batch_back(batch, officer=office.chen, at=office.at)
    assert actions.pay_again(office.campaign, officer=office.chen, at=office.at) == 1
    assert hand_out(office, PaymentBatch.objects.exclude(status=WITHDRAWN).get())
    assert set(Payment.objects.exclude(status=WITHDRAWN).values_list("case_reference", flat=True)) == {OTHER}


def test_a_payee_that_changed_since_is_not_paid_at_the_old_card(office, batch):
    change_payee(office)
    with pytest.raises(SaidError, match=f"{CASE} 的收款人或卡号在档案里改了"):
        hand_out(office, batch)
    assert (standing_against([CASE]), FileTaking.objects.count()) == ({CASE: [Hold.Reason.CARD_CHANGED]}, 0)


def test_confirmed_while_the_batch_lies_there_the_old_card_is_not_paid_either(office, batch):
    change_payee(office)
    with pytest.raises(SaidError, match="没有交出"):
        hand_out(office, batch)
    payments.lift(CASE, reason=Hold.Reason.CARD_CHANGED, officer="huang", at=office.at)
    with pytest.raises(SaidError, match="没有交出"):
        hand_out(office, batch)
    assert FileTaking.objects.count() == 0


def test_what_left_already_is_not_asked_again(office, batch):
    hand_out(office, batch)
    met(office)
    change_payee(office)
    with pytest.raises(TakenAlreadyError):
        hand_out(office, batch)
    assert standing_against([CASE]) == {}
