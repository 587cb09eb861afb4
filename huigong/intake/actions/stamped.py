"""Hold the scan of a stamped sheet against its form as it stands: the scan is kept, and what it came to is history.

A row that is mended after its sheet came is not under its stamp any more, until the sheet comes anew.
"""

from datetime import datetime

from django.db import transaction

from huigong.annexes.definition import FormDefinition
from huigong.annexes.stamps import Scan
from huigong.audit import actions as audit
from huigong.documents import actions as documents
from huigong.intake.actions.units import form_reference, row_reference
from huigong.intake.columns import ROW
from huigong.intake.contents import as_content, mends_of, row_read
from huigong.intake.models import FormReceived, FormRow
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


@transaction.atomic
def stamped_anew(form: FormReceived, *, officer: str, at: datetime) -> int:
    """The sheet came again, or a person held it against the form: it stands for every row as it is now. Returns how many were mended since."""
    rows = list(form.rows.select_for_update().filter(unstamped__gt=0).order_by("number"))
    for row in rows:
        row.content, row.unstamped = as_content(row_read(row), mends_of(row)), 0
    FormRow.objects.bulk_update(rows, ["content", "unstamped"])
    audit.record_all(
        audit.Entry("row.stamped_anew", row_reference(form, row.number), officer, at, {"columns": ROW.told(row)})
        for row in rows
    )
    return len(rows)


def _media_type(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "application/pdf"
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
