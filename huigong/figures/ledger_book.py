"""ledger.xlsx: accounts, transfers and the trial balance of a campaign's money, pending and posted apart."""

from collections.abc import Iterator
from datetime import date

from huigong.documents.workbooks import Cell, Sheet, Yuan, workbook
from huigong.figures.standing import Standing
from huigong.ledger import queries as ledger
from huigong.ledger.queries import Balance

_KINDS = {"single": "划转", "pending": "待付", "post": "付讫", "void": "作废", "reversal": "冲回"}


def as_workbook(standing: Standing, day: date) -> Iterator[bytes]:
    """Three sheets; debits and credits of the trial balance are equal, pending and posted alike."""
    balances = ledger.trial_balance()
    yield workbook(
        [_accounts(balances), _transfers(), _trial(balances)], title=f"{standing.campaign.code} 账簿", day=day
    )


def _accounts(balances: list[Balance]) -> Sheet:
    rows: list[list[Cell]] = [
        [line.code, line.name, Yuan(line.posted), Yuan(line.debits_pending + line.credits_pending)] for line in balances
    ]
    return Sheet("账户", ["账户", "名称", "已付余额（元）", "待付（元）"], rows, widths=(34, 44, 18, 18))


def _transfers() -> Sheet:
    rows: list[list[Cell]] = [
        [line.reference, _KINDS[line.kind], line.debit, line.credit, Yuan(line.fen), line.code, line.of]
        for line in ledger.transfers()
    ]
    headings = ["划转号", "种类", "从", "到", "金额（元）", "事项", "结清哪一笔"]
    return Sheet("划转", headings, rows, widths=(36, 8, 30, 34, 14, 14, 36))


def _trial(balances: list[Balance]) -> Sheet:
    rows: list[list[Cell]] = [
        [
            line.code,
            Yuan(line.debits_posted),
            Yuan(line.credits_posted),
            Yuan(line.debits_pending),
            Yuan(line.credits_pending),
        ]
        for line in balances
    ]
    sums = [sum(getattr(line, name) for line in balances) for name in _COLUMNS]
    rows.append(["合计", *(Yuan(total) for total in sums)])
    even = "借贷相等，账平。" if sums[0] == sums[1] and sums[2] == sums[3] else "借贷不等，账不平：请停止发放并核对。"
    headings = ["账户", "已付 借（元）", "已付 贷（元）", "待付 借（元）", "待付 贷（元）"]
    return Sheet("试算平衡", headings, rows, widths=(34, 16, 16, 16, 16), notes=[even])


_COLUMNS = ("debits_posted", "credits_posted", "debits_pending", "credits_pending")
