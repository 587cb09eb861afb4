"""The office that the proofs are made in: a city with a campaign, people, accounts and money for four of six cases."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from huigong.ledger import actions as ledger
from huigong.organisations import actions as organisations
from huigong.payments.models import Payment
from huigong.payments.tests.bank import FUND, Bank
from huigong.values import money
from huigong.values.money import Fen
from huigong.vault import actions as vault

CASES = range(1, 7)
FEN = 300_000
RECEIVED = 4 * FEN + 1  # four of six cases, and one fen that pays nobody
AT = datetime(2017, 8, 7, 1, 30, tzinfo=UTC)


@dataclass
class World:
    """The office and its bank, once for many runs."""

    bank: Bank
    keys: dict[int, object] = field(default_factory=dict)


def result(number: str, told: list[tuple[Payment, str]], *, made: datetime) -> bytes:
    """The bank's txt result of a batch: a first line of totals, a line a payment with the bank's word for it."""
    rows = [
        [
            str(row.position),
            row.payee_name,
            row.card.plain(),
            money.in_yuan(row.fen),
            word,
            "限额" if word in "失败退汇" else "",
        ]
        for row, word in told
    ]
    whole, paid = (sum(row.fen for row, word in told if word == "成功" or not only) for only in (False, True))
    count = [sum(word in words for _, word in told) for words in ({"成功"}, {"失败", "退汇"})]
    amounts = [money.in_yuan(whole), str(count[0]), money.in_yuan(paid), str(count[1])]
    head = [number, f"{made:%Y%m%d%H%M%S}", str(len(rows)), *amounts]
    return "".join("|".join(row) + "|\r\n" for row in [head, *rows]).encode("gbk")


def build() -> World:
    """Committed once: a city with a campaign, people, accounts, and the money that was received."""
    city = organisations.found_city([("450400", "梧州市总工会本级"), ("450422", "藤县总工会")], officer="system", at=AT)
    bank = Bank(city, AT, fund_overdrawn="no")
    ledger.open_account("origin", "下达", federation=city, may_be_overdrawn="yes", officer="chen", at=AT)
    ledger.post(ledger.Entry("received:1", "origin", FUND, Fen(RECEIVED), "received"), officer="chen", at=AT)
    return World(bank, {number: vault.new_data_key().id for number in CASES})
