"""The books hold through everything that a bank may answer: paid, failed, not known, bounced, keyed by two, refused."""

from datetime import timedelta

import pytest

from huigong.figures import books
from huigong.payments import actions
from huigong.payments.actions import KeyedLine
from huigong.payments.models import Hold, Payment
from huigong.payments.reply_files import ReplyRefusedError
from huigong.payments.tests.bank import BACK, NO, OK, OPEN, Bank, statuses


def key(bank, batch, officer, *lines):
    return actions.key_reply(batch, b"scan", lines, dated=bank.at.date(), name="回单.jpg", officer=officer, at=bank.at)


def test_the_books_hold_after_every_answer(city, at):
    bank = Bank(city, at)
    batch = bank.pay(*(bank.order(number) for number in (1, 2, 3, 4)))
    actions.take_file(batch, officer=bank.chen, at=at)
    assert books.verify().holds
    bank.take(batch, bank.file(batch, OK, NO, OPEN))
    assert books.verify().holds
    bank.made += timedelta(days=2)
    bank.take(batch, bank.file(batch, BACK, NO, OPEN), days=2)
    assert books.verify().holds
    with pytest.raises(ReplyRefusedError):
        bank.take(batch, bank.file(batch, OK, OK, OK), days=2)
    lines = (KeyedLine(3, "paid"), KeyedLine(4, "failed", "account_closed"))
    key(bank, batch, bank.chen, *lines)
    assert books.verify().holds
    key(bank, batch, bank.nong, *lines)
    assert statuses(batch) == ["bounced", "failed", "paid", "failed"]
    assert books.verify().holds


def test_a_hold_is_what_was_told_of_it_last(city, at):
    for about in ("one card", "another card"):
        actions.hold("SA-450422-2017-00001", reason="card_changed", about=about, officer="qin", at=at)
        assert books.verify().holds
    Hold.objects.update(about="one card")
    assert not books.verify().holds


@pytest.mark.parametrize("change", [{"reason": "limit"}, {"reply": None}, {"status": "paid"}])
def test_an_altered_answer_is_named(city, at, change):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1), bank.order(2))
    bank.take(batch, bank.file(batch, NO, OK))
    Payment.objects.filter(position=1).update(**change)
    assert books.verify().wrong == "SA-450422-2017-00001"
