"""Mend a row in place, confirm a repaired number, name a form's unit, take rows, undo taking."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huigong.annexes import mending
from huigong.annexes.definition import FormDefinition
from huigong.audit import actions as audit
from huigong.intake.actions.receive import fill, row_reference, row_told
from huigong.intake.contents import row_read
from huigong.intake.lifecycle import ACCEPTED, NEXT, READY, RETURNED, WAITING
from huigong.intake.models import FormReceived, FormRow
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.values.sentence import SaidError, Sentence

_OPEN = frozenset({READY, RETURNED, WAITING})


@transaction.atomic
def mend_cell(row: FormRow, name: str, text: str, *, definition: FormDefinition, officer: str, at: datetime) -> FormRow:
    """Write one value anew and check the whole row again. Raises SaidError for a row that was taken already."""
    locked = _locked(row)
    if locked.status not in _OPEN:
        raise SaidError(
            Sentence(
                "row_taken",
                f"第 {locked.number} 行已经收了，不能再改；要改请先撤回。",
                f"Row {locked.number} was taken: undo that before mending it.",
            )
        )
    year = locked.form.filled_on or locked.form.received_on
    read = mending.mended(row_read(locked), definition, name, text, year=year.year if year else None)
    fill(locked, read)
    _settle(locked, officer=officer, at=at)
    return locked


@transaction.atomic
def confirm_repair(row: FormRow, *, definition: FormDefinition, officer: str, at: datetime) -> FormRow:
    """Put the numbers that the household file supplied into a row: a person has compared them."""
    locked = _locked(row)
    if locked.status != WAITING or not locked.proposal:
        raise SaidError(
            Sentence(
                "nothing_to_confirm",
                f"第 {locked.number} 行没有待确认的号码。",
                f"Row {locked.number} has no number to confirm.",
            )
        )
    proposal = json.loads(locked.proposal.plain())
    read = row_read(locked)
    for name, number in proposal.items():
        if name != "file":
            read = mending.mended(read, definition, name, number, year=None)
    fill(locked, read)
    locked.proposal = None
    audit.record(
        "row.repaired",
        subject=row_reference(locked.form, locked.number),
        officer=officer,
        at=at,
        payload={"file": proposal["file"], "fields": len(proposal) - 1},
    )
    _settle(locked, officer=officer, at=at)
    return locked


@transaction.atomic
def name_unit(form: FormReceived, unit: Organisation, *, officer: str, at: datetime) -> None:
    """Say under which unit a form was sent; its rows that waited for that are ready."""
    form.unit, form.unit_name = unit, unit.name
    form.save(update_fields=["unit", "unit_name"])
    waiting = list(form.rows.select_for_update().filter(status=WAITING, waits_for="unit_unknown"))
    for row in waiting:
        row.waits_for = ""
    _advance(waiting, READY, "row.ready", officer=officer, at=at, also=("waits_for",))


@transaction.atomic
def accept_rows(rows: Sequence[FormRow], *, officer: str, at: datetime) -> int:
    """Take rows that are ready; returns how many. Rows in another state are left alone."""
    ready = list(FormRow.objects.select_for_update().filter(pk__in=[row.pk for row in rows], status=READY))
    _advance(ready, ACCEPTED, "row.accepted", officer=officer, at=at)
    return len(ready)


@transaction.atomic
def undo_accept(rows: Sequence[FormRow], *, officer: str, at: datetime) -> int:
    """Give taken rows back to the heap; rows that are a case already are left alone."""
    taken = list(FormRow.objects.select_for_update().filter(pk__in=[row.pk for row in rows], status=ACCEPTED))
    _advance(taken, READY, "row.undone", officer=officer, at=at)
    return len(taken)


def _settle(row: FormRow, *, officer: str, at: datetime) -> None:
    """After mending: ready, waiting for its unit, or still to be returned."""
    to = RETURNED if row.errors else READY
    if to == READY and row.form.unit_id is None:
        row.waits_for = "unit_unknown"
        to = WAITING
    elif to == READY:
        row.waits_for = ""
    row.save()
    if row.status == to:
        told = row_told(row)
        audit.record("row.mended", subject=row_reference(row.form, row.number), officer=officer, at=at, payload=told)
        return
    told = {key: value for key, value in row_told(row).items() if key != "to"}
    lifecycle.advance(
        row,
        to,
        next_table=NEXT,
        officer=officer,
        at=at,
        action="row.mended",
        subject=row_reference(row.form, row.number),
        payload=told,
    )


def _locked(row: FormRow) -> FormRow:
    return FormRow.objects.select_for_update(of=("self",)).select_related("form", "form__campaign").get(pk=row.pk)


def _advance(
    rows: Sequence[FormRow], to: str, action: str, *, officer: str, at: datetime, also: Sequence[str] = ()
) -> None:
    forms = FormReceived.objects.select_related("campaign").in_bulk({row.form_id for row in rows})
    lifecycle.advance_all(
        [lifecycle.Move(row, to, row_reference(forms[row.form_id], row.number), action) for row in rows],
        next_table=NEXT,
        officer=officer,
        at=at,
        also=also,
    )
