"""Ask about money out: which cases are held or paid, which batches went to the bank, and their bytes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.documents import queries as documents
from huigong.ledger import queries as ledger
from huigong.ledger.queries import RECOVERED_PART
from huigong.payments import profiles
from huigong.payments.lifecycle import CAME_BACK, WITHDRAWN
from huigong.payments.models import BankAgreement, Hold, KeyedReply, Payment, PaymentBatch
from huigong.values import bank_card
from huigong.vault import actions as vault


def held(references: Iterable[str]) -> set[str]:
    """Which of these cases something stands against."""
    standing = set(Hold.objects.filter(lifted_at=None).values_list("case_reference", flat=True))
    return standing & set(references)


def standing_against(references: Iterable[str]) -> dict[str, list[Hold.Reason]]:
    """Every reason that stands against each held case of these, the oldest first."""
    found: dict[str, list[Hold.Reason]] = {reference: [] for reference in references}
    for reference, reason in (
        Hold.objects.filter(lifted_at=None).order_by("since").values_list("case_reference", "reason")
    ):
        if reference in found:
            found[reference].append(Hold.Reason(reason))
    return {reference: reasons for reference, reasons in found.items() if reasons}


def reasons_held(references: Iterable[str]) -> set[tuple[str, str]]:
    """Case and reason of every hold that stands against these cases."""
    wanted = set(references)
    standing = Hold.objects.filter(lifted_at=None).values_list("case_reference", "reason")
    return {(reference, reason) for reference, reason in standing if reference in wanted}


def holds(references: Iterable[str]) -> dict[str, str]:
    """The reason, in words, that stands against each held case of these."""
    wanted = set(references)
    return {
        hold.case_reference: hold.get_reason_display()
        for hold in Hold.objects.filter(lifted_at=None).order_by("since")
        if hold.case_reference in wanted
    }


def was_lifted(case_reference: str, reason: str, about: str) -> bool:
    """Whether somebody looked at this very thing and lifted what stood against it."""
    mine = Hold.objects.filter(case_reference=case_reference, reason=reason, about=about)
    return mine.filter(lifted_at__isnull=False).exists()


def paid(references: Iterable[str]) -> set[str]:
    """Which of these cases have a payment that neither failed nor bounced."""
    gone = set(Payment.objects.exclude(status__in=CAME_BACK).values_list("case_reference", flat=True))
    return gone & set(references)


def batches_of(campaign: Campaign) -> QuerySet[PaymentBatch]:
    return PaymentBatch.objects.filter(campaign=campaign).select_related("document")


def agreement_of(campaign: Campaign) -> BankAgreement | None:
    """How the campaign is paid now; None: by the file that comes with the product."""
    return BankAgreement.objects.filter(campaign=campaign).last()


def profile_text(batch: PaymentBatch) -> str:
    """The bank profile under which a batch was written."""
    return batch.agreement.profile if batch.agreement else profiles.text_of("default")


def file_of(batch: PaymentBatch) -> bytes:
    """The bytes that went to the bank, as they were kept; they are never written anew."""
    assert batch.document is not None, "the treasury pays this batch"
    return documents.content(batch.document)


def latest(references: Iterable[str]) -> dict[str, Payment]:
    """The last payment of each of these cases, with its batch."""
    wanted = set(references)
    rows = Payment.objects.select_related("batch").order_by("attempt")
    return {row.case_reference: row for row in rows if row.case_reference in wanted}


def payments_of(reference: str) -> QuerySet[Payment]:
    """The payments of a case, by attempt, with their batches."""
    return Payment.objects.filter(case_reference=reference).select_related("batch").order_by("attempt")


def files_of(reference: str) -> QuerySet[PaymentBatch]:
    """The batches in which a case went to the bank, the first first; what was taken back before it left is not among them."""
    rows = PaymentBatch.objects.filter(payments__case_reference=reference).exclude(status=WITHDRAWN)
    return rows.select_related("document").distinct().order_by("number")


def reading_of(batch: PaymentBatch) -> KeyedReply | None:
    """The first person's reading of a stamped reply that waits for the second one's."""
    return KeyedReply.objects.filter(batch=batch, agreed=None, discarded_by="").select_related("document").first()


def handed_out_on(batch: PaymentBatch) -> date | None:
    """The day on which the batch left the house for the first time: nothing answers it before."""
    first = batch.takings.filter(taken_at__isnull=False).first()
    return timezone.localdate(first.taken_at) if first and first.taken_at else None


def sent_elsewhere(batch: PaymentBatch, *, by_case: bool) -> frozenset[int]:
    """Positions of a batch of which another one of the campaign carries the like: the same case, or the same card and sum."""
    others = Payment.objects.filter(batch__campaign=batch.campaign_id).exclude(batch=batch).exclude(status=WITHDRAWN)
    mine = batch.payments.all()
    if by_case:
        cases = set(others.filter(case_reference__in=mine.values("case_reference")).values_list("case_reference"))
        return frozenset(row.position for row in mine if (row.case_reference,) in cases)
    sums = set(others.filter(card_index__in=mine.values("card_index")).values_list("card_index", "fen"))
    return frozenset(row.position for row in mine if (row.card_index, row.fen) in sums)


def card_masked(payment: Payment) -> str:
    """The last digits of the card it went to; none where the family's key was destroyed in its time."""
    return bank_card.masked(payment.card.plain()) if vault.opens(payment.data_key_id) else "****"


def parts_recovered(payment: Payment) -> list[int]:
    """Fen of the parts of a payment that came back one by one, as the ledger has them."""
    stem = payment.transfer_reference.removesuffix(":pending")
    return [line.fen for line in ledger.starting(f"{stem}:{RECOVERED_PART}:")]


def recovered_in_parts(rows: Iterable[Payment]) -> set[str]:
    """Of these payments, by their transfer, those of which a part came back."""
    wanted = {f"{row.transfer_reference.removesuffix(':pending')}:{RECOVERED_PART}:1": row for row in rows}
    return {wanted[reference].transfer_reference for reference in ledger.named(list(wanted))}


def fen_sent(references: QuerySet[Any, Any]) -> int:
    """What went to the bank for these cases and has not come back."""
    rows = Payment.objects.filter(case_reference__in=references).exclude(status__in=CAME_BACK)
    return int(rows.aggregate(Sum("fen"))["fen__sum"] or 0)
