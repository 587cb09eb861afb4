"""Take one form in: keep the original, keep every row as it was read, one transaction a form."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from huigong.annexes.readings import FormReading
from huigong.annexes.readings import FormRow as RowRead
from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.documents import actions as documents
from huigong.intake import repairs
from huigong.intake.contents import as_content
from huigong.intake.lifecycle import ACCEPTED, NEXT, READY, REPLACED, RETURNED, SUBMITTED, WAITING
from huigong.intake.models import FormReceived, FormRow
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.queries import unit_named
from huigong.values import names
from huigong.vault import actions as vault
from huigong.vault import blind

_MARK = 16  # hex digits of the original's digest that an annotated copy carries


@transaction.atomic
def receive(
    campaign: Campaign,
    path: Path,
    reading: FormReading,
    *,
    received_on: date | None,
    officer: str,
    at: datetime,
    good_rows: str = READY,
) -> FormReceived:
    """The form of these bytes: the one that came already, else a new one with all its rows.

    Rows without errors begin as `good_rows` (ready, or accepted at once); rows with errors are returned; a row whose only
    fault is a lost number that a file can supply waits for a person, and so does every row of a unit that is not known.
    """
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    kept = FormReceived.objects.filter(campaign=campaign, sha256=sha256).first()
    if kept:
        return kept
    unit = unit_named(campaign.federation, reading.unit or "")
    form = FormReceived.objects.create(
        campaign=campaign,
        name=path.name[-255:],
        sha256=sha256,
        document=documents.store(
            content, name=path.name, media_type="application/octet-stream", officer=officer, at=at
        ),
        outcome=FormReceived.Outcome.REFUSED if reading.stopped else FormReceived.Outcome.READ,
        unit_name=(unit.name if unit else reading.unit or "")[:100],
        unit=unit,
        filled_on=reading.filled_on,
        received_on=received_on,
        received_by=officer,
        received_at=at,
        data_key=vault.new_data_key(),
        about=_about(reading),
        corrects=_corrected(campaign, reading),
    )
    told: dict[str, str | int] = {"sha256": sha256, "rows": len(reading.rows), "campaign": campaign.code}
    if reading.stopped:
        told["refused"] = next(problem.kind for problem in reading.problems)
    audit.record("form.received", subject=form_reference(form), officer=officer, at=at, payload=told)
    standing = _replace(form, officer=officer, at=at) if form.corrects else frozenset[str]()
    rows = [
        _row(form, row, good_rows, at) for row in reading.rows if not (row.unchanged and row.fingerprint in standing)
    ]
    FormRow.objects.bulk_create(rows, batch_size=400)
    audit.record_all(
        audit.Entry("row.received", row_reference(form, row.number), officer, at, row_told(row)) for row in rows
    )
    return form


def form_reference(form: FormReceived) -> str:
    """How history names a form: its campaign and the beginning of its digest."""
    return f"{form.campaign.code}:form:{form.sha256[:16]}"


def row_reference(form: FormReceived, number: int) -> str:
    return f"{form_reference(form)}:{number}"


def row_told(row: FormRow) -> dict[str, str | int]:
    """What an event tells of a row: where it stands, and a keyed digest of all that it says."""
    told: dict[str, str | int] = {"to": row.status, "content": blind.digest("row", row.content.plain())}
    if row.waits_for:
        told["waits_for"] = row.waits_for
    return told


def fill(row: FormRow, read: RowRead) -> None:
    """Put a reading into a row: what it says, its indexes and counts."""
    row.content = as_content(read)
    row.student_name = names.normalise(str(read.values.get("student_name") or ""))[:50]
    row.parent_name = names.normalise(str(read.values.get("parent_name") or ""))[:50]
    row.student_index = blind.index("resident_id", str(read.values.get("student_id_number") or ""))
    row.parent_index = blind.index("resident_id", str(read.values.get("parent_id_number") or ""))
    row.errors = sum(problem.severity == "error" for problem in read.problems)
    row.looks = sum(problem.severity == "look" for problem in read.problems)


def _row(form: FormReceived, read: RowRead, good: str, at: datetime) -> FormRow:
    row = FormRow(form=form, number=read.number, data_key_id=form.data_key_id)
    fill(row, read)
    status = good
    if row.errors:
        status = RETURNED
        found = repairs.proposals(read, lost) if (lost := repairs.lost_fields(read)) else []
        if found:
            status, row.waits_for = WAITING, "id_lost"
            row.proposal = json.dumps(
                {proposal.field: proposal.number for proposal in found} | {"file": found[0].file_number}
            )
    elif form.unit is None:
        status, row.waits_for = WAITING, "unit_unknown"
    lifecycle.begin(row, status, at=at)
    return row


def _corrected(campaign: Campaign, reading: FormReading) -> FormReceived | None:
    """The form whose annotated copy came back."""
    mark = reading.annotated_from or ""
    if len(mark) < _MARK:
        return None
    return FormReceived.objects.filter(campaign=campaign, sha256__startswith=mark).first()


def _replace(form: FormReceived, *, officer: str, at: datetime) -> frozenset[str]:
    """Rows of the earlier copy that were not taken are replaced; returns the fingerprints of those that were taken."""
    assert form.corrects is not None
    earlier = list(form.corrects.rows.select_for_update().all())
    open_rows = [row for row in earlier if row.status in {READY, RETURNED, WAITING}]
    lifecycle.advance_all(
        [lifecycle.Move(row, REPLACED, row_reference(form.corrects, row.number), "row.replaced") for row in open_rows],
        next_table=NEXT,
        officer=officer,
        at=at,
    )
    taken = [row for row in earlier if row.status in {ACCEPTED, SUBMITTED}]
    return frozenset(json.loads(row.content.plain())["fingerprint"] for row in taken)


def _about(reading: FormReading) -> str:
    told = {
        "filler": reading.filler,
        "filler_phone": reading.filler_phone,
        "problems": [problem.as_json() for problem in reading.problems],
    }
    return json.dumps(told, ensure_ascii=False)
