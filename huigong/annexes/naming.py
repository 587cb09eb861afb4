"""A file whose headings nobody listed: what stands in its likeliest heading row, and the form with columns named by hand.

A clerk says once that 孩子 is the student's name; under that name the file is read as any other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huigong.annexes.containers import open_contents
from huigong.annexes.contents import CellValue, Table, as_text
from huigong.annexes.definition import FormDefinition, from_table
from huigong.annexes.headings import FIGURES, fields_of
from huigong.annexes.pool import MEMORY_BYTES, SECONDS_PER_CONVERSION
from huigong.annexes.problems import UnreadableError
from huigong.annexes.wording import plain
from huigong.values.confined import ChildDiedError, TooHeavyError, confined

_LOOKED_AT = 40  # rows in which a heading is looked for: above it stand titles and notes
_FEWEST = 3
_LONGEST = 40
_DIGITS = re.compile(r"\d(?=\d{4})")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field that it names by itself, and a value below with its long numbers masked."""

    heading: str
    field: str
    sample: str


def named(definition: FormDefinition, names: Mapping[str, str]) -> FormDefinition:
    """The form with these headings (as `plain` writes them) naming these fields besides those that it lists."""
    if not names:
        return definition
    table: dict[str, Any] = dict(definition.table)
    own: dict[str, list[str]] = {}
    for heading, field in names.items():
        own.setdefault(field, []).append(heading)
    table["fields"] = [
        {**entry, "aliases": [*entry.get("aliases", ()), *own.get(entry["name"], ())]} for entry in table["fields"]
    ]
    return from_table(table)


def columns_of(path: Path, definition: FormDefinition) -> list[Column]:
    """The columns under the likeliest heading of a file, seen by a child with limits; none where nothing looks like one."""
    given = (str(path), dict(definition.table))
    try:
        return confined(_seen, given, memory_bytes=MEMORY_BYTES, seconds=SECONDS_PER_CONVERSION)
    except (ChildDiedError, TooHeavyError):
        return []


def _seen(given: tuple[str, dict[str, Any]]) -> list[Column]:
    path, table = given
    try:
        contents = open_contents(Path(path))
    except UnreadableError:
        return []
    definition = from_table(table)
    likely = [found for one in contents.tables if (found := _likeliest(one))]
    if not likely:
        return []
    _, row, one = max(likely, key=lambda found: found[0])
    texts = [as_text(value).strip() for value in one.rows[row]]
    fields = fields_of(texts, definition)
    return [
        Column(text, fields[number].name if number in fields else "", _sample(one, row, number))
        for number, text in enumerate(texts)
        if plain(text)
    ]


def _likeliest(table: Table) -> tuple[int, int, Table] | None:
    """How many columns the widest row of words has, the row, the table: the first such row that has another row below."""
    found = [
        (_words(row), -number, table)
        for number, row in enumerate(table.rows[:_LOOKED_AT])
        if number + 1 < len(table.rows)
    ]
    many, number, _ = max(found, key=lambda one: one[:2], default=(0, 0, table))
    return (many, -number, table) if many >= _FEWEST else None


def _words(row: Sequence[CellValue]) -> int:
    texts = [as_text(value).strip() for value in row]
    if any(FIGURES.search(text) for text in texts):
        return 0
    return len({text for text in texts if plain(text) and len(text) <= _LONGEST})


def _sample(table: Table, row: int, column: int) -> str:
    for below in range(row + 1, len(table.rows)):
        if text := as_text(table.at(below, column)).strip():
            return _DIGITS.sub("•", text)[:_LONGEST]
    return ""
