"""Money that was paid and asked back is here again: whole, the post is reversed; in parts, each goes back to the fund as it comes.

Once everything is back the payment says so.
"""

from datetime import datetime

from django.db import transaction

from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.ledger.queries import RECOVERED_PART
from huigong.lifecycle import actions as lifecycle
from huigong.payments.lifecycle import NEXT_PAYMENT, RECOVERED
from huigong.payments.models import Payment
from huigong.payments.queries import parts_recovered
from huigong.values.money import Fen


@transaction.atomic
def recover_payment(payment: Payment, *, officer: str, at: datetime) -> None:
    """The caller has refused what was not paid. The reference of the reversal is the one that a bounce would have."""
    row = _locked(payment)
    first = of_ledger.named([row.transfer_reference])[row.transfer_reference]
    stem = row.transfer_reference.removesuffix(":pending")
    entry = ledger.Entry(
        reference=f"{stem}:reversal",
        debit=first.credit,
        credit=first.debit,
        fen=Fen(row.fen),
        code=first.code,
        kind="reversal",
        of=f"{stem}:post",
    )
    ledger.post(entry, officer=officer, at=at)
    _tell(row, officer=officer, at=at)


@transaction.atomic
def recover_part(payment: Payment, fen: Fen, *, officer: str, at: datetime) -> str:
    """So much of what was paid goes back to its fund; returns the reference of its transfer. The caller has refused more than
    is still out. The part with which all is back ends the payment.
    """
    row = _locked(payment)
    first, before = of_ledger.named([row.transfer_reference])[row.transfer_reference], parts_recovered(row)
    reference = f"{row.transfer_reference.removesuffix(':pending')}:{RECOVERED_PART}:{len(before) + 1}"
    entry = ledger.Entry(reference, debit=first.credit, credit=first.debit, fen=fen, code=RECOVERED_PART)
    ledger.post(entry, officer=officer, at=at)
    if sum(before) + fen == row.fen:
        _tell(row, officer=officer, at=at)
    return reference


def _locked(payment: Payment) -> Payment:
    return Payment.objects.select_for_update(of=("self",)).select_related("batch").get(pk=payment.pk)


def _tell(row: Payment, *, officer: str, at: datetime) -> None:
    move = lifecycle.Move(row, RECOVERED, row.case_reference, "payment.recovered", {"batch": row.batch.number})
    lifecycle.advance_all([move], next_table=NEXT_PAYMENT, officer=officer, at=at)
