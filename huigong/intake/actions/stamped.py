"""Hold the scan of a stamped sheet against its form as it stands: the scan is kept, and what it came to is history."""

from datetime import datetime

from django.db import transaction

from huigong.annexes.definition import FormDefinition
from huigong.annexes.stamps import Scan
from huigong.audit import actions as audit
from huigong.documents import actions as documents
from huigong.intake.actions.units import form_reference
from huigong.intake.models import FormReceived
from huigong.intake.stamping import compared, told_of

STAMP_COMPARED = "form.stamp_compared"


@transaction.atomic
def compare_stamped(
    form: FormReceived,
    scan: Scan,
    content: bytes,
    *,
    name: str,
    definition: FormDefinition,
    officer: str,
    at: datetime,
) -> dict[str, str]:
    """What the event tells: the outcome (`unsealed`: the same data, and no red seen), and where the data differs."""
    found = compared(scan.codes, form, definition)
    outcome = "unsealed" if found.outcome == "same" and not scan.has_red else found.outcome
    kept = documents.store(content, name=name, media_type=_media_type(content), officer=officer, at=at)
    told = told_of(found, outcome, str(kept.pk))
    audit.record(STAMP_COMPARED, subject=form_reference(form), officer=officer, at=at, payload=told)
    return told


def _media_type(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "application/pdf"
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
