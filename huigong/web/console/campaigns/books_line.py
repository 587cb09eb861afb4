"""账平: the two lines that must add up, each side from its own rows: places from quotas, money from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from huigong.circulars.models import Campaign
from huigong.ledger import queries as ledger
from huigong.organisations.models import Officer, Organisation
from huigong.payments import queries as payments
from huigong.studentaid import awards
from huigong.studentaid import queries as studentaid
from huigong.studentaid.lifecycle import APPROVED
from huigong.web.console import words
from huigong.web.console.campaigns.places import Federation


@dataclass(frozen=True, slots=True)
class BooksLine:
    """指标 = 占用 + 余; 已批 = 待发 + 已安排发放. Approved is what the ledger holds, the rest comes from awards and payments."""

    places: int
    used: int
    approved_fen: int
    to_pay_fen: int
    sent_fen: int

    @property
    def left(self) -> int:
        return self.places - self.used

    @property
    def holds(self) -> bool:
        return self.approved_fen == self.to_pay_fen + self.sent_fen and self.left >= 0

    @property
    def approved(self) -> str:
        return words.yuan(self.approved_fen)

    @property
    def to_pay(self) -> str:
        return words.yuan(self.to_pay_fen)

    @property
    def sent(self) -> str:
        return words.yuan(self.sent_fen)


def books_line(
    officer: Officer, campaign: Campaign, federations: Sequence[Federation], *, fund_source: str
) -> BooksLine | None:
    """The lines of the officer's federation and those below; None for a unit, which has neither places nor accounts."""
    if officer.organisation.kind != Organisation.Kind.FEDERATION:
        return None
    applications = studentaid.applications_for(officer, campaign)
    accounts = {f"aid:{fund_source}:{federation.code}" for federation in federations}
    in_ledger = sum(line.credits_pending + line.posted for line in ledger.trial_balance() if line.code in accounts)
    return BooksLine(
        places=sum(federation.places for federation in federations),
        used=sum(federation.used.count for federation in federations),
        approved_fen=in_ledger,
        to_pay_fen=awards.promised(applications).get(APPROVED, 0),
        sent_fen=payments.fen_sent(applications.order_by().values("reference")),
    )
