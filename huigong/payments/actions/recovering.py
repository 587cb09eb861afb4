"""Money that was paid and asked back is here again: the post is reversed in full, and the payment says so."""

from datetime import datetime

from django.db import transaction

from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.lifecycle import actions as lifecycle
from huigong.payments.lifecycle import NEXT_PAYMENT, RECOVERED
from huigong.payments.models import Payment
from huigong.values.money import Fen


@transaction.atomic
def recover_payment(payment: Payment, *, officer: str, at: datetime) -> None:
    """The caller has refused what was not paid. The reference of the reversal is the one that a bounce would have."""
    row = Payment.objects.select_for_update(of=("self",)).select_related("batch").get(pk=payment.pk)
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
    lifecycle.advance_all(
        [lifecycle.Move(row, RECOVERED, row.case_reference, "payment.recovered", {"batch": row.batch.number})],
        next_table=NEXT_PAYMENT,
        officer=officer,
        at=at,
    )
