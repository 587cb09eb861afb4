"""Take a batch back before it left the house: no money has moved, so its payments are withdrawn and paid anew."""

from datetime import datetime

from django.db import transaction

from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Officer
from huigong.payments.actions.replying import payments_in
from huigong.payments.hands import PAYERS
from huigong.payments.lifecycle import NEXT_BATCH, NEXT_PAYMENT, RELEASED, WITHDRAWN
from huigong.payments.models import PaymentBatch
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def undo_batch(batch: PaymentBatch, *, officer: Officer, at: datetime) -> int:
    """Withdraw every payment of a batch that nobody has taken; returns how many. Raises SaidError once it left."""
    refuse_other_role(officer, *PAYERS, at=at)
    kept = PaymentBatch.objects.select_for_update(of=("self",)).select_related("document").get(pk=batch.pk)
    _refuse_gone(kept)
    rows = payments_in(kept)
    pending = of_ledger.named([row.transfer_reference for row in rows])
    ledger.post_all(
        [
            ledger.Entry(
                reference=f"{row.transfer_reference.removesuffix(':pending')}:void",
                debit=pending[row.transfer_reference].debit,
                credit=pending[row.transfer_reference].credit,
                fen=Fen(row.fen),
                code=pending[row.transfer_reference].code,
                kind="void",
                of=row.transfer_reference,
            )
            for row in rows
        ],
        officer=officer.username,
        at=at,
    )
    told = {"batch": kept.number}
    lifecycle.advance_all(
        [lifecycle.Move(row, WITHDRAWN, row.case_reference, "payment.withdrawn", told) for row in rows],
        next_table=NEXT_PAYMENT,
        officer=officer.username,
        at=at,
    )
    lifecycle.advance(
        kept,
        WITHDRAWN,
        next_table=NEXT_BATCH,
        officer=officer.username,
        at=at,
        action="batch.withdrawn",
        subject=kept.number,
    )
    return len(rows)


def _refuse_gone(batch: PaymentBatch) -> None:
    gone = batch.takings.exclude(taken_by="").exists() or batch.replies.exists()
    if gone or batch.status != RELEASED:
        raise SaidError(
            Sentence(
                "batch_gone",
                f"批次 {batch.number} 的文件已经交出或有了结果，不能收回；没付成的由回单记，再付。",
                f"Batch {batch.number} has left the house or was answered: a reply says what failed, and that is paid again.",
            )
        )
