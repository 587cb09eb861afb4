"""Place holds against payments, and lift them."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.payments.columns import HOLD
from huigong.payments.models import Hold


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
