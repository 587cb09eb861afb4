"""ledger.xlsx: transfers one by one, and a trial balance whose sides are equal."""

from huigong.figures import ledger_book
from huigong.figures.tests.sheets import sheets
from huigong.studentaid.models import Award


def test_transfers_are_the_awards(town):
    _, *rows = sheets(ledger_book.as_workbook, town.standing)["划转"]
    awards = {award.transfer_reference: award.fen / 100 for award in Award.objects.all()}
    assert {row[0]: row[4] for row in rows} == awards
    assert {row[1] for row in rows} == {"待付"}


def test_the_trial_balance_is_even_and_says_so(town):
    _, *rows, total = sheets(ledger_book.as_workbook, town.standing)["试算平衡"]
    assert total == ["合计", 0, 0, 6000, 6000]
    assert total[1:] == [sum(column) for column in list(zip(*rows, strict=True))[1:]]


def test_books_that_are_not_even_say_so(town, monkeypatch):
    lines = ledger_book.ledger.trial_balance()
    monkeypatch.setattr(ledger_book.ledger, "trial_balance", lambda: lines[:1])
    made = ledger_book._trial(ledger_book.ledger.trial_balance())
    assert made.notes == ["借贷不等，账不平：请停止发放并核对。"]
