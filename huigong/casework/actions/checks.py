"""Check one criterion of a case against its papers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huigong.audit import actions as audit
from huigong.casework.columns import CHECK
from huigong.casework.models import Check
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer


@transaction.atomic
def check(
    case_reference: str,
    criterion: str,
    *,
    outcome: str,
    note: str,
    facts_digest: str,
    data_key_id: UUID,
    officer: Officer,
    at: datetime,
) -> Check | None:
    """Write what was seen; None where the same officer saw the same of the same facts already. Raises OtherRoleError."""
    refuse_other_role(officer, Appointment.Role.VERIFIER, at=at)
    last = Check.objects.filter(case_reference=case_reference, criterion=criterion).last()
    seen = (facts_digest, outcome, officer.username, note)
    if last and (last.facts_digest, last.outcome, last.checked_by, last.note.plain() if last.note else "") == seen:
        return None
    made = Check(
        case_reference=case_reference,
        criterion=criterion,
        facts_digest=facts_digest,
        outcome=Check.Outcome(outcome),
        data_key_id=data_key_id,
        checked_by=officer.username,
        at=at,
    )
    made.note = note
    made.save(force_insert=True)
    told = {"check": str(made.pk), "criterion": criterion, "outcome": outcome, "columns": CHECK.told(made)}
    audit.record("case.checked", subject=case_reference, officer=officer.username, at=at, payload=told)
    return made
