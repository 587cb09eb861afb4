"""Take one form in: keep the original, keep every row as it was read, one transaction a form."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from huigong.annexes.readings import FormReading
from huigong.annexes.readings import FormRow as RowRead
from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.documents import actions as documents
from huigong.intake.actions.units import form_reference, recognise, row_reference
from huigong.intake.columns import FORM, ROW
from huigong.intake.contents import fingerprint_of
from huigong.intake.corrections import corrected, family_of, name_for, replaced
from huigong.intake.lifecycle import ACCEPTED, NEXT, READY, REPLACED, RETURNED, SUBMITTED, WAITING
from huigong.intake.mends import carried, standing_mends, year_of
from huigong.intake.models import FormReceived, FormRow
from huigong.intake.placing import place
from huigong.intake.queries import stamped_sheet
from huigong.intake.stamping import differing, standing_stamps
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.organisations.queries import unit_named
from huigong.vault import actions as vault

_OPEN = frozenset({READY, RETURNED, WAITING})


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
    name: str = "",
) -> FormReceived:
    """The form of these bytes: the one that came already, else a new one with all its rows.

    A file that could not be read when it came, and can be now, is read into the form that stands for it.
    Rows without errors begin as `good_rows` (ready, or accepted at once); rows with errors are returned; a row whose only
    fault is a lost number that a file can supply waits for a person, and so does every row of a unit that is not known.
    A corrected copy takes the place of the open rows that it speaks of; rows that were taken and say the same are not taken
    again. `name` is what the form is called where that is not the file's own name (甲/登记表.xlsx).
    """
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    kept = FormReceived.objects.filter(campaign=campaign, sha256=sha256).first()
    if kept and (kept.outcome == FormReceived.Outcome.READ or reading.stopped):
        recognise(kept, good_rows=good_rows, officer=officer, at=at)
        return kept
    unit = unit_named(campaign.federation, reading.unit or "")
    corrects = corrected(campaign, reading, unit)
    form = kept or FormReceived(
        campaign=campaign,
        sha256=sha256,
        data_key=vault.new_data_key(),
        received_on=received_on,
        received_by=officer,
        received_at=at,
    )
    form.corrects = corrects
    _fill(form, reading, unit or (corrects.unit if corrects else None))
    standing = _taken_before(corrects) if corrects else frozenset[str]()
    rows = _rows(form, [row for row in reading.rows if row.fingerprint not in standing], good_rows, at)
    form.name = kept.name if kept else name_for(campaign, name or path.name, corrects, rows)
    form.document = documents.store(
        content, name=path.name, media_type="application/octet-stream", officer=officer, at=at
    )
    form.save(force_insert=kept is None)
    told: dict[str, str | int] = {"sha256": sha256, "rows": len(reading.rows), "campaign": campaign.code}
    told["columns"] = FORM.told(form)
    if reading.stopped:
        told["refused"] = next(problem.kind for problem in reading.problems)
    if corrects:
        told["corrects"] = form_reference(corrects)
    audit.record("form.received", subject=form_reference(form), officer=officer, at=at, payload=told)
    if corrects:
        _replace(form, rows, officer=officer, at=at)
    FormRow.objects.bulk_create(rows, batch_size=400)
    audit.record_all(
        audit.Entry("row.received", row_reference(form, row.number), officer, at, row_told(row)) for row in rows
    )
    return form


def row_told(row: FormRow) -> dict[str, str | int]:
    """What an event tells of a row: where it stands, and a keyed digest of all that it says."""
    told: dict[str, str | int] = {"to": row.status, "columns": ROW.told(row)}
    if row.waits_for:
        told["waits_for"] = row.waits_for
    return told


def _fill(form: FormReceived, reading: FormReading, unit: Organisation | None) -> None:
    """What the reading says of the whole form."""
    form.outcome = FormReceived.Outcome.REFUSED if reading.stopped else FormReceived.Outcome.READ
    form.unit, form.unit_name = unit, (unit.name if unit else reading.unit or "")[:100]
    form.filled_on, form.about = reading.filled_on, _about(reading)


def _rows(form: FormReceived, reads: Sequence[RowRead], good: str, at: datetime) -> list[FormRow]:
    """The rows of a form, each where it belongs. In a corrected copy what was mended here stays, where it left the cell."""
    rows = [FormRow(form=form, number=read.number, data_key_id=form.data_key_id) for read in reads]
    to = {row.number: place(row, read, good=good) for row, read in zip(rows, reads, strict=True)}
    if form.corrects:
        definition = circular_of(form.campaign).form
        assert definition is not None, "a circular whose campaign takes forms defines one"
        mended = standing_mends(form.corrects, rows)
        stamped = standing_stamps(form.corrects, rows, definition) if stamped_sheet(form.corrects) else {}
        for row, read in zip(rows, reads, strict=True):
            now, kept = carried(read, mended.get(row.number, ()), definition, year=year_of(form))
            sheet = differing(now, stamped.get(row.number, {}))
            if kept or sheet:
                to[row.number] = place(row, now, good=good, mends=kept, stamped=sheet)
    for row in rows:
        lifecycle.begin(row, to[row.number], at=at)
    return rows


def _taken_before(corrects: FormReceived) -> frozenset[str]:
    """Fingerprints of the rows of the whole chain that were taken: what says the same again is not taken twice."""
    taken = FormRow.objects.filter(form__in=family_of(corrects), status__in=(ACCEPTED, SUBMITTED))
    return frozenset(fingerprint_of(row) for row in taken) - {""}


def _replace(form: FormReceived, rows: Sequence[FormRow], *, officer: str, at: datetime) -> None:
    """The open rows of the chain that the newest copy speaks of give way to it."""
    moves = []
    for earlier in family_of(form):
        standing = list(earlier.rows.select_for_update().order_by("number")) if earlier.pk != form.pk else []
        gone = replaced(rows, standing)
        moves += [
            lifecycle.Move(row, REPLACED, row_reference(earlier, row.number), "row.replaced")
            for row in standing
            if row.number in gone and row.status in _OPEN
        ]
    lifecycle.advance_all(moves, next_table=NEXT, officer=officer, at=at)


def _about(reading: FormReading) -> str:
    told = {
        "filler": reading.filler,
        "filler_phone": reading.filler_phone,
        "problems": [problem.as_json() for problem in reading.problems],
    }
    return json.dumps(told, ensure_ascii=False)
