"""The forms that go back to their units: each original with its faults marked, made from what is stored."""

import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from huigong.annexes.readings import FormReading
from huigong.annexes.returning import Return, annotate_all
from huigong.documents import queries as documents
from huigong.figures.standing import Standing
from huigong.intake.contents import row_read
from huigong.intake.models import FormReceived
from huigong.runs.steps import Progress, quiet
from huigong.vault import actions as vault

_MARK = 16


def return_forms(standing: Standing, folder: Path, *, workers: int, progress: Progress = quiet) -> None:
    """Annotate every form that has something to mend or to look at, into a folder that is made for it."""
    definition = standing.circular.form
    assert definition is not None, "a circular whose campaign takes forms defines one"
    flagged = {row.form_id for row in standing.rows if row.errors or row.looks}
    wanted = [form for form in standing.forms if form.pk in flagged]
    if not wanted:
        return
    folder.mkdir(parents=True)
    numbers = count(1)
    with tempfile.TemporaryDirectory() as scratch:
        annotate_all(
            _returns(wanted, Path(scratch)),
            definition,
            folder,
            workers=workers,
            on_done=lambda: progress("returned", next(numbers), len(wanted)),
        )


def _returns(forms: Sequence[FormReceived], scratch: Path) -> Iterator[Return]:
    vault.warm(form.data_key_id for form in forms)
    vault.warm(form.document.data_key_id for form in forms)
    for number, form in enumerate(forms):
        rows = tuple(row_read(row) for row in form.rows.order_by("number"))
        reading = FormReading(file=form.name, unit=form.unit_name, rows=rows)
        yield Return(_original(form, scratch / str(number)), reading, form.sha256[:_MARK])


def _original(form: FormReceived, folder: Path) -> Path:
    """The stored original under its own name, for as long as the copies are written."""
    folder.mkdir()
    path = folder / Path(form.name).name
    path.write_bytes(documents.content(form.document))
    return path
