"""The office that the proofs are made in: a city with a campaign, people, accounts and money for four of six cases."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from huigong.ledger import actions as ledger
from huigong.organisations import actions as organisations
from huigong.payments.tests.bank import FUND, Bank
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


def build() -> World:
    """Committed once: a city with a campaign, people, accounts, and the money that was received."""
    city = organisations.found_city([("450400", "梧州市总工会本级"), ("450422", "藤县总工会")], officer="system", at=AT)
    bank = Bank(city, AT, fund_overdrawn="no")
    ledger.open_account("origin", "下达", federation=city, may_be_overdrawn="yes", officer="chen", at=AT)
    ledger.post(ledger.Entry("received:1", "origin", FUND, Fen(RECEIVED), "received"), officer="chen", at=AT)
    return World(bank, {number: vault.new_data_key().id for number in CASES})
