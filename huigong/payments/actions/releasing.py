"""Release payments to the bank: batches with declared count and total. Release reads nothing but holds and its own rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.documents import actions as documents
from huigong.documents.models import Document
from huigong.lifecycle import actions as lifecycle
from huigong.payments import bank_files
from huigong.payments.actions.holding import hold
from huigong.payments.bank_files import BankLine, BankProfile
from huigong.payments.columns import BATCH, PAYMENT
from huigong.payments.fitting import profile_now, unfit
from huigong.payments.lifecycle import RELEASED
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.queries import agreement_of, held, paid
from huigong.values import money
from huigong.vault import blind


@dataclass(frozen=True, slots=True)
class Order:
    """An approved award as it is handed to release: to whom, how much, and the pending transfer that stands for it."""

    case_reference: str
    payee_name: str
    card: str
    data_key_id: UUID
    fen: int
    transfer_reference: str
    attempt: int = 1


@transaction.atomic
def release(
    campaign: Campaign,
    orders: Sequence[Order],
    *,
    fund_source: str,
    officer: str,
    at: datetime,
    profile: BankProfile | None = None,
) -> list[PaymentBatch]:
    """Put what may be paid into batches: count and total declared, the file written and kept, one event a payment.

    Cases that are held or paid already are left out; a name that the file cannot carry and a card that fails its check
    become holds, so that one of them stops no other. The numbers go on from the campaign's last batch, so nothing that
    went to the bank is ever numbered or written anew. Without a profile, the one that was agreed for the campaign.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two who release at once number one after the other
    agreement = None if profile else agreement_of(campaign)
    chosen = profile or profile_now(campaign)
    fit = []
    for order in _payable(orders):
        reason = unfit(chosen, card=order.card, name=order.payee_name, fen=order.fen)
        if reason is None:
            fit.append(order)
        else:
            hold(order.case_reference, reason=reason, officer=officer, at=at)
    batches = []
    for start in range(0, len(fit), chosen.max_rows):
        part = fit[start : start + chosen.max_rows]
        head = PaymentBatch(campaign=campaign, fund_source=fund_source, agreement=agreement, released_by=officer)
        batches.append(_batch(head, part, chosen, at=at))
    return batches


def _payable(orders: Sequence[Order]) -> list[Order]:
    references = [order.case_reference for order in orders]
    stopped = held(references) | paid(references)
    return sorted(
        (order for order in orders if order.case_reference not in stopped), key=lambda order: order.case_reference
    )


def _batch(batch: PaymentBatch, orders: Sequence[Order], profile: BankProfile, *, at: datetime) -> PaymentBatch:
    """Number, declare, write and keep one batch; `batch` says for which campaign, of which money and by whom."""
    campaign, officer = batch.campaign, batch.released_by
    batch.number = f"{campaign.code}-B{PaymentBatch.objects.filter(campaign=campaign).count() + 1:03d}"
    batch.declared_count, batch.declared_fen = len(orders), sum(order.fen for order in orders)
    batch.document = _file(batch, orders, profile, at=at)
    lifecycle.begin(batch, RELEASED, at=at)
    batch.save(force_insert=True)
    rows = _rows(batch, orders, at)
    Payment.objects.bulk_create(rows, batch_size=400)
    file = batch.document.sha256 if batch.document else ""
    told = {"count": len(orders), "fen": batch.declared_fen, "file": file, "fund": batch.fund_source}
    told |= {"to": RELEASED, "columns": BATCH.told(batch)}
    audit.record("batch.released", subject=batch.number, officer=officer, at=at, payload=told)
    audit.record_all(
        audit.Entry(
            "payment.released",
            row.case_reference,
            officer,
            at,
            {
                "to": RELEASED,
                "batch": batch.number,
                "position": row.position,
                "fen": row.fen,
                "transfer": row.transfer_reference,
                "columns": PAYMENT.told(row),
            },
        )
        for row in rows
    )
    return batch


def _file(batch: PaymentBatch, orders: Sequence[Order], profile: BankProfile, *, at: datetime) -> Document | None:
    """The bank's file, kept under its name; none where the treasury pays."""
    if profile.kind == "none":
        return None
    lines = [BankLine(order.case_reference, order.payee_name, order.card, order.fen) for order in orders]
    batch.file_name = f"{batch.number}_{len(orders)}_{money.in_yuan(batch.declared_fen)}.{profile.suffix}"
    return documents.store(
        bank_files.write(profile, lines, batch=batch.number),
        name=batch.file_name,
        media_type=bank_files.media_type(profile),
        officer=batch.released_by,
        at=at,
    )


def _rows(batch: PaymentBatch, orders: Sequence[Order], at: datetime) -> list[Payment]:
    rows = []
    for position, order in enumerate(orders, 1):
        row = Payment(
            batch=batch,
            position=position,
            case_reference=order.case_reference,
            payee_name=order.payee_name,
            data_key_id=order.data_key_id,
            card=order.card,
            card_index=blind.index("card", order.card),
            fen=order.fen,
            transfer_reference=order.transfer_reference,
            attempt=order.attempt,
        )
        lifecycle.begin(row, RELEASED, at=at)
        rows.append(row)
    return rows
