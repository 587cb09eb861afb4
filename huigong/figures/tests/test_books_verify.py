"""Holding the books against history: an altered amount is named."""

from django.db import connection

from huigong.figures import books
from huigong.ledger import actions as ledger
from huigong.payments.tests.test_release import order, released
from huigong.values.money import Fen


def altered(sql):
    """As somebody with the file in hand does it: the guard is dropped first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_transfer_no_update")
        else:
            cursor.execute("DROP TRIGGER ledger_transfer_no_update ON ledger_transfer")
        cursor.execute(sql)


def posted(city, at):
    for code, overdrawn in (("fund", "yes"), ("aid", "no")):
        ledger.open_account(code, code, federation=city, may_be_overdrawn=overdrawn, officer="qin", at=at)
    ledger.post(ledger.Entry("case:1:pending", "fund", "aid", Fen(300_000), "award", "pending"), officer="qin", at=at)


def test_untouched_books_hold(city, at):
    posted(city, at)
    released(city, at, order())
    held = books.verify()
    assert (held.holds, held.rows) == (True, 3)


def test_an_altered_transfer_is_named(city, at):
    posted(city, at)
    altered("UPDATE ledger_transfer SET fen = 900000")
    held = books.verify()
    assert held.wrong == "case:1:pending"
    assert "900000" in held.sentence.zh


def test_an_altered_payment_is_named(city, at):
    released(city, at, order())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_payment SET fen = 1")
    assert books.verify().wrong == "SA-450422-2017-00001"
