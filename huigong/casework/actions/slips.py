"""原件收条: take an original in against a slip, and give it back against a signature."""

from datetime import date, datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.casework.columns import BACK, SLIP
from huigong.casework.models import OriginalSlip
from huigong.organisations.models import Officer
from huigong.values.sentence import SaidError, Sentence


class NotKeptError(SaidError):
    """The original of a slip went back already, or a day is before it came."""


@transaction.atomic
def receive_original(
    case_reference: str, *, paper: str, received_from: str, due_back_on: date, officer: Officer, on: date, at: datetime
) -> OriginalSlip:
    """A slip for an original that is kept here; its number goes on within the case."""
    audit.take_turn()
    number = OriginalSlip.objects.filter(case_reference=case_reference).count() + 1
    slip = OriginalSlip.objects.create(
        number=f"{case_reference}-Y{number:02d}",
        case_reference=case_reference,
        paper=paper,
        received_from=received_from,
        received_by=officer.username,
        received_on=on,
        due_back_on=due_back_on,
    )
    told = {"slip": slip.number, "paper": paper, "columns": SLIP.told(slip)}
    audit.record("original.received", subject=case_reference, officer=officer.username, at=at, payload=told)
    return slip


@transaction.atomic
def give_back(number: str, *, returned_to: str, officer: Officer, on: date, at: datetime) -> OriginalSlip:
    """Write to whom an original went back. Raises NotKeptError."""
    slip = OriginalSlip.objects.select_for_update().get(number=number)
    if slip.returned_on is not None:
        raise NotKeptError(
            Sentence(
                "original_gone",
                f"收条 {number} 的原件已在 {slip.returned_on} 还了，没有再记。",
                f"The original of slip {number} went back on {slip.returned_on} already.",
            )
        )
    if on < slip.received_on:
        raise NotKeptError(
            Sentence(
                "returned_before", "归还的日期在收到之前，没有记。", "The day of return is before the original came."
            )
        )
    slip.returned_to, slip.returned_by, slip.returned_on = returned_to, officer.username, on
    slip.save(update_fields=["returned_to", "returned_by", "returned_on"])
    told = {"slip": number, "columns": BACK.told(slip)}
    audit.record("original.returned", subject=slip.case_reference, officer=officer.username, at=at, payload=told)
    return slip
