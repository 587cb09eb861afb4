"""Release payments to the bank, and place holds against them. Release reads nothing but holds and its own rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.documents import actions as documents
from huigong.lifecycle import actions as lifecycle
from huigong.payments import bank_files
from huigong.payments.bank_files import BankLine, BankProfile
from huigong.payments.columns import BATCH, HOLD, PAYMENT
from huigong.payments.lifecycle import RELEASED
from huigong.payments.models import Hold, Payment, PaymentBatch
from huigong.payments.queries import held, paid
from huigong.values import bank_card, money
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


@transaction.atomic
def hold(case_reference: str, *, reason: str, about: str = "", officer: str, at: datetime) -> None:
    """Place a hold; once for the same reason. What was lifted for the very same thing (`about`) is not placed anew."""
    if about and Hold.objects.filter(case_reference=case_reference, reason=reason, about=about).exists():
        return
    placed, new = Hold.objects.get_or_create(
        case_reference=case_reference, reason=reason, lifted_at=None, defaults={"since": at, "about": about}
    )
    if new:
        told = {"reason": reason, "columns": HOLD.told(placed)}
        audit.record("hold.placed", subject=case_reference, officer=officer, at=at, payload=told)


@transaction.atomic
def lift(case_reference: str, *, reason: str, officer: str, at: datetime) -> None:
    """Lift a hold; a hold that does not stand is left alone."""
    if Hold.objects.filter(case_reference=case_reference, reason=reason, lifted_at=None).update(lifted_at=at):
        audit.record("hold.lifted", subject=case_reference, officer=officer, at=at, payload={"reason": reason})


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
    went to the bank is ever numbered or written anew.
    """
    chosen = profile or bank_files.default_profile()
    fit = []
    for order in _payable(orders):
        reason = _unfit(order, chosen)
        if reason is None:
            fit.append(order)
        else:
            hold(order.case_reference, reason=reason, officer=officer, at=at)
    batches = []
    for start in range(0, len(fit), chosen.max_rows):
        part = fit[start : start + chosen.max_rows]
        batches.append(_batch(campaign, part, chosen, fund_source=fund_source, officer=officer, at=at))
    return batches


def _unfit(order: Order, profile: BankProfile) -> Hold.Reason | None:
    if not bank_card.is_valid(order.card):
        return Hold.Reason.CARD_INVALID
    return None if bank_files.carries(profile, order.payee_name) else Hold.Reason.NAME_NOT_CARRIED


def _payable(orders: Sequence[Order]) -> list[Order]:
    references = [order.case_reference for order in orders]
    stopped = held(references) | paid(references)
    return sorted(
        (order for order in orders if order.case_reference not in stopped), key=lambda order: order.case_reference
    )


def _batch(
    campaign: Campaign, orders: Sequence[Order], profile: BankProfile, *, fund_source: str, officer: str, at: datetime
) -> PaymentBatch:
    number = f"{campaign.code}-B{PaymentBatch.objects.filter(campaign=campaign).count() + 1:03d}"
    lines = [BankLine(order.case_reference, order.payee_name, order.card, order.fen) for order in orders]
    content, total = bank_files.write(profile, lines), sum(order.fen for order in orders)
    name = f"{number}_{len(orders)}_{money.in_yuan(total)}.csv"
    batch = PaymentBatch(
        number=number,
        campaign=campaign,
        fund_source=fund_source,
        declared_count=len(orders),
        declared_fen=total,
        file_name=name,
        document=documents.store(content, name=name, media_type="text/csv", officer=officer, at=at),
        released_by=officer,
    )
    lifecycle.begin(batch, RELEASED, at=at)
    batch.save(force_insert=True)
    rows = _rows(batch, orders, at)
    Payment.objects.bulk_create(rows, batch_size=400)
    told = {"count": len(orders), "fen": total, "file": batch.document.sha256, "fund": fund_source}
    told |= {"to": RELEASED, "columns": BATCH.told(batch)}
    audit.record("batch.released", subject=number, officer=officer, at=at, payload=told)
    audit.record_all(
        audit.Entry(
            "payment.released",
            row.case_reference,
            officer,
            at,
            {
                "to": RELEASED,
                "batch": number,
                "position": row.position,
                "fen": row.fen,
                "transfer": row.transfer_reference,
                "columns": PAYMENT.told(row),
            },
        )
        for row in rows
    )
    return batch


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
        )
        lifecycle.begin(row, RELEASED, at=at)
        rows.append(row)
    return rows
