"""The forms that go back to their units: each original with its faults marked, made from what is stored."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath

from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormReading
from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.returning import Return, annotate_all
from huigong.documents import queries as documents
from huigong.figures.standing import Standing
from huigong.intake.contents import row_read
from huigong.intake.lifecycle import REPLACED
from huigong.intake.mends import mended_here
from huigong.intake.models import FormReceived, FormRow
from huigong.runs.steps import Progress, quiet
from huigong.vault import actions as vault

_MARK = 16


def return_forms(standing: Standing, folder: Path, *, workers: int, progress: Progress = quiet) -> None:
    """Annotate every form that has something to mend or to look at, into a folder that is made for it."""
    definition = standing.circular.form
    assert definition is not None, "a circular whose campaign takes forms defines one"
    flagged = {row.form_id for row in standing.rows if (row.errors or row.looks) and row.status != REPLACED}
    wanted = [form for form in standing.forms if form.pk in flagged]
    if not wanted:
        return
    folder.mkdir(parents=True)
    numbers = count(1)
    with tempfile.TemporaryDirectory() as scratch:
        annotate_all(
            _returns(wanted, definition, Path(scratch)),
            definition,
            folder,
            workers=workers,
            on_done=lambda: progress("returned", next(numbers), len(wanted)),
        )


def _returns(forms: Sequence[FormReceived], definition: FormDefinition, scratch: Path) -> Iterator[Return]:
    vault.warm(form.data_key_id for form in forms)
    vault.warm(form.document.data_key_id for form in forms)
    taken: set[str] = set()
    for number, form in enumerate(forms):
        rows = tuple(_with_mends(row, definition) for row in form.rows.order_by("number"))
        reading = FormReading(file=form.name, unit=form.unit_name, rows=rows)
        place = _place(form.name, taken)
        yield Return(
            _original(form, scratch / str(number), place.name), reading, form.sha256[:_MARK], str(place.parent)
        )


def _with_mends(row: FormRow, definition: FormDefinition) -> RowRead:
    """What a row says now; a cell that a person mended here says so, for the unit's own file still says the old."""
    read = row_read(row)
    return replace(read, problems=(*read.problems, *mended_here(row, definition)))


def _place(name: str, taken: set[str]) -> PurePosixPath:
    """Where a form goes back: by its way inside the folder of forms, and never out of the folder it is written to.

    A corrected copy may bear the name of what it corrects; where both go back, the later is numbered.
    """
    kept = PurePosixPath(name)
    inside = PurePosixPath(*(part for part in kept.parts if part not in {"/", "..", "."}))
    places = (inside.with_name(f"{inside.stem} ({n}){inside.suffix}") if n > 1 else inside for n in count(1))
    place = next(one for one in places if one.as_posix() not in taken)
    taken.add(place.as_posix())
    return place


def _original(form: FormReceived, folder: Path, name: str) -> Path:
    """The stored original under its own name, for as long as the copies are written."""
    folder.mkdir()
    path = folder / name
    path.write_bytes(documents.content(form.document))
    return path
