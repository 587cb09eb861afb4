"""Place holds against payments, and lift them."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.payments.columns import HOLD
from huigong.payments.models import Hold


@transaction.atomic
def hold(case_reference: str, *, reason: str, about: str = "", officer: str, at: datetime) -> None:
    """Place a hold; once for the same reason. What was lifted for the very same thing (`about`) is not placed anew.

    One that stands is about what stands now: whoever lifts it has looked at this, and not at what was there before.
    """
    standing = (
        Hold.objects.select_for_update().filter(case_reference=case_reference, reason=reason, lifted_at=None).first()
    )
    if standing is not None:
        if about and standing.about != about:
            standing.about = about
            standing.save(update_fields=["about"])
            _tell("hold.renewed", standing, officer=officer, at=at)
        return
    if about and Hold.objects.filter(case_reference=case_reference, reason=reason, about=about).exists():
        return
    placed, new = Hold.objects.get_or_create(
        case_reference=case_reference, reason=reason, lifted_at=None, defaults={"since": at, "about": about}
    )
    if new:
        _tell("hold.placed", placed, officer=officer, at=at)


@transaction.atomic
def lift(case_reference: str, *, reason: str, officer: str, at: datetime) -> None:
    """Lift a hold; a hold that does not stand is left alone."""
    if Hold.objects.filter(case_reference=case_reference, reason=reason, lifted_at=None).update(lifted_at=at):
        audit.record("hold.lifted", subject=case_reference, officer=officer, at=at, payload={"reason": reason})


def _tell(action: str, placed: Hold, *, officer: str, at: datetime) -> None:
    told = {"reason": placed.reason, "columns": HOLD.told(placed)}
    audit.record(action, subject=placed.case_reference, officer=officer, at=at, payload=told)
