"""Write down what was received of a source: a fund that this opens may not be overdrawn. What was wrong is taken back."""

from datetime import datetime

from django.db import transaction

from huigong.circulars.models import Campaign
from huigong.ledger import actions as ledger
from huigong.values.money import Fen


@transaction.atomic
def provide(
    campaign: Campaign, fund_source: str, fen: Fen, *, name: str, document: str, officer: str, at: datetime
) -> None:
    """Money of a source, by the number of the paper that it came with: the same paper is booked once.

    A fund that was opened by an approval before any money was written down stays as it was opened;
    approvals are then asked what came (studentaid.actions.purse).
    """
    origin, fund = f"origin:{fund_source}", f"fund:{fund_source}"
    ledger.keep_back({origin, fund})  # opening one writes history, and rows are locked before that
    opened = {"federation": campaign.federation, "officer": officer, "at": at}
    ledger.open_account(origin, f"{name}（下达单位）", may_be_overdrawn="yes", **opened)  # type: ignore[arg-type]
    ledger.open_account(fund, name, **opened)  # type: ignore[arg-type]
    entry = ledger.Entry(f"{fund}:received:{document}", origin, fund, fen, "received")
    ledger.post(entry, officer=officer, at=at)


@transaction.atomic
def take_back(fund_source: str, fen: Fen, *, document: str, officer: str, at: datetime) -> None:
    """What `provide` booked by that paper, reversed in full. Raises RefusedTransferError where that overdraws the fund."""
    origin, fund = f"origin:{fund_source}", f"fund:{fund_source}"
    first = f"{fund}:received:{document}"
    entry = ledger.Entry(f"{first}:reversal", fund, origin, fen, "received", kind="reversal", of=first)
    ledger.post(entry, officer=officer, at=at)
