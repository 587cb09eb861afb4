"""The forms that go back to their units: each original with its faults marked, made from what is stored."""

import tempfile
from collections import defaultdict
from pathlib import Path
from uuid import UUID

from huigong.annexes.readings import FormReading
from huigong.annexes.returning import Return, annotate_all
from huigong.documents import queries as documents
from huigong.figures.standing import Standing
from huigong.intake.models import FormReceived, FormRow
from huigong.runs.steps import Progress, quiet

_MARK = 16


def return_forms(standing: Standing, folder: Path, *, workers: int, progress: Progress = quiet) -> None:
    """Annotate every form that has something to mend or to look at; other files of the folder are taken away."""
    definition = standing.circular.form
    assert definition is not None, "a circular whose campaign takes forms defines one"
    by_form: dict[UUID, list[FormRow]] = defaultdict(list)
    for row in standing.rows:
        by_form[row.form_id].append(row)
    wanted = [form for form in standing.forms if any(row.errors or row.looks for row in by_form[form.pk])]
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        returns = [
            Return(
                _original(form, Path(scratch) / str(number)),
                FormReading(
                    file=form.name, unit=form.unit_name, rows=tuple(standing.read(row) for row in by_form[form.pk])
                ),
                form.sha256[:_MARK],
            )
            for number, form in enumerate(wanted)
        ]
        annotate_all(
            returns,
            definition,
            folder,
            workers=workers,
            on_progress=lambda done, total: progress("returned", done, total),
        )


def _original(form: FormReceived, folder: Path) -> Path:
    """The stored original under its own name, for as long as the copies are written."""
    folder.mkdir()
    path = folder / Path(form.name).name
    path.write_bytes(documents.content(form.document))
    return path
