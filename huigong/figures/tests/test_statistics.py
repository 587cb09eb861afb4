"""statistics.xlsx: every number points to its list, sums are sums, and a federation is called by its name."""

from datetime import timedelta

from huigong.figures import statistics
from huigong.figures.counting import MEASURES
from huigong.figures.tests.sheets import sheets
from huigong.ledger import queries as ledger
from huigong.payments import actions as payments
from huigong.payments.models import PaymentBatch
from huigong.payments.tests.bank import hand_out
from huigong.values import money

BREAKDOWNS = {"按工会": "federation", "按就读阶段": "level", "按资金来源": "fund"}


def test_every_number_is_the_length_of_the_list_that_it_points_to(town):
    book = sheets(statistics.as_workbook, town.standing)
    lists = {code: (number, (references or "").split()) for code, number, references in book["名单"][1:]}
    assert all(number == len(references) for number, references in lists.values())
    shown = 0
    for title, breakdown in BREAKDOWNS.items():
        headings, *rows = book[title]
        groups = [code.split("/")[1] for code in lists if code.startswith(breakdown) and code.endswith("/applications")]
        for group, row in zip(groups, rows[:-1], strict=True):
            for measure, (zh, _, _) in MEASURES.items():
                assert row[headings.index(zh)] == lists[f"{breakdown}/{group}/{measure}"][0]
                shown += 1
    assert shown >= 3 * len(MEASURES)


def test_the_last_row_is_the_sum_of_the_others(town):
    book = sheets(statistics.as_workbook, town.standing)
    for title in (*BREAKDOWNS, "摸底"):
        _, *rows, total = book[title]
        assert total[0] == "合计"
        assert total[1:] == [sum(column) for column in list(zip(*rows, strict=True))[1:]]


def test_places_money_and_names_by_federation(town):
    headings, *rows = sheets(statistics.as_workbook, town.standing)["按工会"]
    told = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}
    assert list(told) == ["梧州市总工会", "藤县总工会", "合计"]
    county = told["藤县总工会"]
    assert (county["指标"], county["有名额"], county["候补"]) == (3, 3, 1)
    assert (county["有名额金额（元）"], county["已批准金额（元）"], county["已安排发放金额（元）"]) == (
        9000,
        6000,
        6000,
    )
    assert (told["梧州市总工会"]["指标"], told["梧州市总工会"]["申请"]) == (2, 0)


def test_a_long_list_goes_on_in_the_next_line(town, monkeypatch):
    monkeypatch.setattr(statistics, "_PER_CELL", 4)
    rows = [
        row
        for row in sheets(statistics.as_workbook, town.standing)["名单"]
        if row[0] == "federation/450422/applications"
    ]
    assert [row[1] for row in rows] == [10, None, None]
    assert sum(len(row[2].split()) for row in rows) == 10


def test_the_trial_balance_is_the_statistics_whatever_the_bank_answered(town):
    """Approved, with the bank and paid, as counted from cases, are what the ledger holds."""
    batch = PaymentBatch.objects.get()
    one, two = batch.payments.order_by("position")
    lines = [
        f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},,{word},{why}"
        for row, word, why in ((one, "成功", ""), (two, "失败", "限额"))
    ]
    content, at = "\n".join(lines).encode("gb18030"), town.office.at + timedelta(days=22)
    for answered in (False, True):
        if answered:
            hand_out(batch, officer=town.office.chen, at=at)
            payments.take_reply(batch, content, name="回单.csv", officer=town.office.chen, at=at)
        (row,) = sheets(statistics.as_workbook, town.standing)["资金"][1:2]
        balances = ledger.trial_balance()
        pending = sum(line.credits_pending for line in balances)
        posted = sum(line.posted for line in balances if line.code.startswith("aid:"))
        assert row[2:] == [6000, 0, None, pending / 100, posted / 100, 6000 - (pending + posted) / 100, "平"]
        approved = sheets(statistics.as_workbook, town.standing)["按工会"][-1]
        assert approved[-2] == row[2]
