"""交表: files as they came from a browser are read in child processes and received, one after another.

Plain copies live in a folder of their own until the request is answered; what is kept is the encrypted original.
"""

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from huigong.annexes import pool
from huigong.annexes.definition import FormDefinition
from huigong.annexes.naming import named
from huigong.annexes.readings import FileProblem, FormReading
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.circulars.routing import OtherDeskError, refuse_other_desk
from huigong.intake import actions as intake
from huigong.intake import queries
from huigong.intake.models import FormReceived
from huigong.organisations.models import Officer
from huigong.organisations.queries import unit_named
from huigong.values.sentence import Sentence
from huigong.web.console.asking import definition_of
from huigong.web.uploads import Upload

_NAME_BYTES = (
    180  # a file name in Chinese reaches the 255 bytes of a file system sooner than the 255 characters of a column
)

_COUNTS = ("rows_ready", "rows_look", "rows_returned", "rows_waiting")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `form` is None where the officer may not see the form that has the same bytes."""

    name: str
    form: uuid.UUID | None
    kind: str  # read, refused, doubled (twice in this hand-in), known (came on an earlier day), elsewhere (`said`)
    ready: int = 0
    look: int = 0
    stop: int = 0
    waiting: int = 0
    problems: tuple[FileProblem, ...] = ()
    said: Sentence | None = None

    @property
    def rows(self) -> int:
        return self.ready + self.look + self.stop + self.waiting


def hand_in(
    campaign: Campaign, files: Sequence[Upload], *, received_on: date, officer: Officer, at: datetime
) -> list[Outcome]:
    """Read and receive files; each is received whole or not at all, and one that cannot be read is kept with its reason."""
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        paths = [_written(file, Path(folder) / str(number)) for number, file in enumerate(files)]
        return list(_received(campaign, paths, received_on, officer, at))


def _received(
    campaign: Campaign, paths: Sequence[Path], received_on: date, officer: Officer, at: datetime
) -> Iterator[Outcome]:
    # A form without a date was filled in while its campaign ran: that year is the hint for ages and admissions.
    hint = min(received_on, campaign.last_day)
    readings = pool.read_all(paths, definition_for(campaign, officer), received_on=hint)
    circular = circular_of(campaign)
    for path, reading in zip(paths, readings, strict=True):
        try:
            refuse_other_desk(
                circular, campaign, officer.organisation, unit_named(campaign.federation, reading.unit or "")
            )
        except OtherDeskError as error:
            yield Outcome(path.name, None, "elsewhere", said=error.sentence)
            continue
        doubled = any(problem.kind == "duplicate" for problem in reading.problems)
        form = intake.receive(campaign, path, reading, received_on=received_on, officer=officer.username, at=at)
        yield _outcome(
            path.name, form, reading, "doubled" if doubled else "known" if form.received_at < at else "", officer
        )


def definition_for(campaign: Campaign, officer: Officer) -> FormDefinition:
    """The campaign's form, with what the officer's office calls its columns."""
    definition = definition_of(campaign)
    return named(definition, queries.headings_of(officer, definition.id))


def _outcome(name: str, form: FormReceived, reading: FormReading, again: str, officer: Officer) -> Outcome:
    counted = queries.forms_for(officer, form.campaign).filter(pk=form.pk).values_list(*_COUNTS).first()
    seen = form.pk if counted else None
    if again or counted is None:
        return Outcome(name, seen, again or "known", problems=reading.problems)
    if reading.stopped:
        return Outcome(name, seen, "refused", problems=reading.problems)
    ready, look, stop, waiting = counted
    return Outcome(name, seen, "read", ready - look, look, stop, waiting, reading.problems)


def _written(file: Upload, folder: Path) -> Path:
    """The file in a folder of its own, so that two of the same name do not meet."""
    folder.mkdir()
    name = Path(file.name or "form")
    suffix = name.suffix[-12:]
    stem = name.name.removesuffix(name.suffix).encode()[: _NAME_BYTES - len(suffix.encode())].decode(errors="ignore")
    path = folder / f"{stem}{suffix}"
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path
