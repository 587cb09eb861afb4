"""收回: a batch goes back until its file left; the money is promised no longer, and only a new payment pays."""

import pytest

from huigong.audit.queries import history
from huigong.ledger import queries as ledger
from huigong.organisations import actions as organisations
from huigong.organisations.hands import OtherRoleError
from huigong.payments import actions
from huigong.payments.queries import paid
from huigong.payments.tests.bank import FUND, Bank, statuses
from huigong.values.sentence import SaidError


@pytest.fixture
def bank(city, at):
    return Bank(city, at)


@pytest.fixture
def batch(bank):
    return bank.pay(bank.order(1), bank.order(2))


def test_payments_ledger_batch_and_history_go_back_together(bank, batch):
    assert actions.undo_batch(batch, officer=bank.chen, at=bank.at) == 2
    batch.refresh_from_db()
    assert (batch.status, statuses(batch)) == ("withdrawn", ["withdrawn", "withdrawn"])
    assert history(batch.number)[-1].action == "batch.withdrawn"
    assert {one.code: one.debits_pending for one in ledger.trial_balance()}[FUND] == 0
    assert paid(["SA-450422-2017-00001"]) == set()


def test_what_was_taken_back_is_paid_as_a_new_attempt(bank, batch):
    actions.undo_batch(batch, officer=bank.chen, at=bank.at)
    again = bank.pay(bank.order(1, attempt=2))
    assert statuses(again) == ["released"]


def test_a_batch_that_left_the_house_is_not_taken_back(bank, batch):
    actions.take_file(batch, officer=bank.chen, at=bank.at)
    with pytest.raises(SaidError, match="不能收回"):
        actions.undo_batch(batch, officer=bank.nong, at=bank.at)
    assert statuses(batch) == ["released", "released"]


def test_nothing_is_taken_back_twice_or_answered_afterwards(bank, batch):
    actions.undo_batch(batch, officer=bank.chen, at=bank.at)
    with pytest.raises(SaidError, match="不能收回"):
        actions.undo_batch(batch, officer=bank.chen, at=bank.at)
    with pytest.raises(SaidError):
        actions.take_file(batch, officer=bank.chen, at=bank.at)
    with pytest.raises(SaidError):
        bank.take(batch, bank.file(batch, "成功", "成功"))


def test_what_the_treasury_pays_goes_back_until_its_list_was_handed_out(city, at):
    bank = Bank(city, at, profile="treasury")
    first, second = bank.pay(bank.order(1)), bank.pay(bank.order(2))
    assert actions.undo_batch(first, officer=bank.chen, at=at) == 1
    with pytest.raises(SaidError, match="已收回"):
        actions.take_list(first, officer=bank.chen, at=at)
    actions.take_list(second, officer=bank.chen, at=at)
    with pytest.raises(SaidError, match="不能收回"):
        actions.undo_batch(second, officer=bank.nong, at=at)


def test_only_who_pays_takes_back(bank, batch):
    lu = organisations.add_officer("陆", role="preparer", organisation=bank.city, by="system", at=bank.at)
    with pytest.raises(OtherRoleError):
        actions.undo_batch(batch, officer=lu, at=bank.at)
