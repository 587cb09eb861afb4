"""Give a form back: the unit's own file, its faults marked, made on demand out of the stored original and rows."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath

from django.utils.translation import gettext as _

from huigong.annexes import pool
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormReading, RowProblem
from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.returning import Return, annotate_one
from huigong.audit import actions as audit
from huigong.documents import queries as documents
from huigong.intake import actions as intake
from huigong.intake.contents import row_read
from huigong.intake.lifecycle import RETURNED, WAITING
from huigong.intake.models import FormReceived

MARK = 16
"""Hex digits of the original's digest by which a corrected copy is recognised (intake.receive)."""


def annotated(form: FormReceived, definition: FormDefinition, *, officer: str, at: datetime) -> bytes:
    """The annotated workbook; that it went out is recorded, since it holds the unit's own plain numbers."""
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / f"form{PurePath(form.name).suffix.lower()}"
        path.write_bytes(documents.content(form.document))
        (original,) = pool.read_all([path], definition, received_on=form.received_on)
        reading = replace(original, rows=tuple(_as_it_stands(form, original, definition)))
        back = Return(path, reading, form.sha256[:MARK])
        content = annotate_one(back, definition, Path(folder) / "out").read_bytes()
    told = {"rows": form.rows.count(), "returned": returned(form), "size": len(content)}
    audit.record("form.returned", subject=intake.form_reference(form), officer=officer, at=at, payload=told)
    return content


def _as_it_stands(form: FormReceived, original: FormReading, definition: FormDefinition) -> Iterator[RowRead]:
    """Every row of the file with what is wrong with it now; a cell that was mended here says so.

    A row that is not stored with this copy was taken with an earlier one.
    """
    stored = {row.number: row_read(row) for row in form.rows.all()}
    for row in original.rows:
        now = stored.get(row.number)
        if now is None:
            yield replace(row, problems=())
            continue
        differing = [name for name, value in row.values.items() if now.values.get(name) != value]
        mended = [_mended_here(name, row.places.get(name), definition) for name in differing]
        yield replace(row, problems=(*now.problems, *mended))


def _mended_here(name: str, place: str | None, definition: FormDefinition) -> RowProblem:
    zh, en = definition.labels[name]
    return RowProblem(
        field=name,
        kind="mended_here",
        severity="look",
        cell=place,
        message=f"{zh}已经在网上改好了。",
        remedy="如果还要重交这份表，请把这一格也照样改好。",
        message_en=f"{en} was mended on the web.",
        remedy_en="If this form is sent again, mend the cell here in the same way.",
    )


def returned(form: FormReceived) -> int:
    """How many rows have to come back: those with errors, and those that wait for a person."""
    return sum(status in {RETURNED, WAITING} for status in form.rows.values_list("status", flat=True))


def name_of(form: FormReceived) -> str:
    """The name of the file that goes out says what it is."""
    kept = PurePath(form.name)
    stem = kept.stem if kept.suffix.lower() == ".xlsx" else kept.name
    return _("%(form)s（带批注，%(n)s行要改）.xlsx") % {"form": stem, "n": returned(form)}
