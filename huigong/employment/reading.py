"""Lists of graduates and of openings, read as the registration form is: any column order, every fault with its cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from huigong.annexes import definition, pool
from huigong.annexes.annotating import annotate
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormReading, FormRow, RowProblem
from huigong.values.sentence import SaidError, Sentence

Made = TypeVar("Made")
_FORMS = Path(__file__).parent / "forms"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row, and in which cell; `error` keeps the row out, `look` asks a person."""

    row: int
    cell: str
    sentence: Sentence
    severity: str = "error"

    def as_json(self) -> dict[str, object]:
        return {"row": self.row, "cell": self.cell, "severity": self.severity, **self.sentence.as_json()}


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Made]):
    """What a list holds: the good rows, how many there are in all, and what is wrong."""

    lines: tuple[Made, ...]
    rows: int
    faults: tuple[Fault, ...]

    @property
    def has_errors(self) -> bool:
        return any(one.severity == "error" for one in self.faults)


class Cells:
    """One row with its faults; a reader asks it for texts and tells it what cannot be."""

    def __init__(self, row: FormRow) -> None:
        self.row, self.faults, self.problems = row, list[Fault](), list(row.problems)
        for told in row.problems:
            self._add(
                told.cell or "",
                Sentence(told.kind, f"{told.message}{told.remedy}", f"{told.message_en} {told.remedy_en}"),
                told.severity,
            )

    def text(self, name: str) -> str:
        value = self.row.values.get(name)
        return "" if value is None else str(value).strip()

    def wrong(self, name: str, sentence: Sentence, *, severity: str = "error") -> None:
        place = self.row.places.get(name, "")
        self._add(place, sentence, severity)
        told = RowProblem(name, sentence.code, severity, place or None, sentence.zh, "", sentence.en, "")
        self.problems.append(told)

    def _add(self, cell: str, said: Sentence, severity: str) -> None:
        placed = Sentence(said.code, f"{cell} {said.zh}".strip(), f"{cell} {said.en}".strip(), said.facts)
        self.faults.append(Fault(self.row.number, cell, placed, severity))

    @property
    def is_good(self) -> bool:
        return all(one.severity != "error" for one in self.faults)


@cache
def form(name: str) -> FormDefinition:
    """The definition of one of the two lists."""
    return definition.from_file(_FORMS / f"{name}.toml")


def read(path: Path, name: str, line: Callable[[Cells], Made | None]) -> Sheet[Made]:
    """Read a list in a limited child process. Raises SaidError where nothing of the file can be read."""
    reading = _read(path, name)
    lines, faults = list[Made](), list[Fault]()
    for cells in map(Cells, reading.rows):
        made = line(cells)
        if made is not None and cells.is_good:
            lines.append(made)
        faults += cells.faults
    return Sheet(tuple(lines), len(reading.rows), tuple(faults))


def annotated(path: Path, name: str, line: Callable[[Cells], Made | None], folder: Path, *, batch: str) -> Path:
    """The list as it came with every fault marked: cells filled, a last column 系统提示, a sheet 怎么改."""
    reading, rows = _read(path, name), list[FormRow]()
    for cells in map(Cells, reading.rows):
        line(cells)
        rows.append(replace(cells.row, problems=tuple(cells.problems)))
    return annotate(path, replace(reading, rows=tuple(rows)), form(name), folder, batch=batch)


def _read(path: Path, name: str) -> FormReading:
    (reading,) = pool.read_all([path], form(name), workers=1)
    if reading.stopped:
        told = reading.problems[0]
        raise SaidError(Sentence(told.kind, f"{told.message}{told.remedy}", f"{told.message_en} {told.remedy_en}"))
    return reading


def chosen(text: str, words: Mapping[str, str], *, otherwise: str) -> str:
    """The code whose word a text says or holds; `otherwise` where it is empty or says none."""
    plain = "".join(text.split())
    exact = next((code for code, word in words.items() if plain in {code, word}), "")
    return exact or next(
        (code for code, word in words.items() if plain and (plain in word or word in plain)), otherwise
    )
