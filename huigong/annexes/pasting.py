"""Rows as they are copied out of a spreadsheet: tabs between cells, with a heading in any column order or without one."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from huigong.annexes.contents import Table
from huigong.annexes.definition import FieldDefinition, FormDefinition
from huigong.annexes.headings import fields_of, find_headings
from huigong.values.text import visible

MOST_CHARACTERS = 200_000
MOST_LINES = 1_000
"""Lines beyond are not read: no form that is pasted is so long, and whoever counts its rows has seen too many by then."""
_SHORT = ("certificate_no", "student_name", "admission")
"""The three inputs of a row whose family is on file: what three columns without a heading are."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Texts by the names of printed columns; headings that name no column; `fault`: "" or columns or nothing."""

    rows: tuple[Mapping[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    fault: str = ""


def pasted(text: str, definition: FormDefinition) -> Pasted:
    """What was copied. Columns are known by a heading, else by their number: all printed ones, or the three inputs."""
    lines = _lines(text)
    if not lines:
        return Pasted(fault="nothing")
    table = Table(name="text", rows=lines, style="lines", can_merge=False)
    found = find_headings(table, definition)
    if found:
        columns, first = dict(found[0].columns), found[0].last_row + 1
    elif len(named := fields_of(lines[0], definition)) >= min(2, len(lines[0])):
        columns, first = dict(named), 1
    else:
        columns, first = _by_number(max(map(len, lines)), definition), 0
    if not columns:
        return Pasted(fault="columns")
    head = lines[first - 1] if first else []
    unknown = tuple(text for column, text in enumerate(head) if text and column not in columns)
    rows = tuple(row for line in lines[first:] if any((row := _row(line, columns, definition)).values()))
    return Pasted(rows, unknown, "" if rows else "nothing")


def _lines(text: str) -> list[list[str]]:
    """Cells without what shows nothing; a quoted cell of Excel may hold line breaks, which become spaces."""
    reader = csv.reader(io.StringIO(text[:MOST_CHARACTERS], newline=""), delimiter="\t", strict=True)
    try:
        lines = [[" ".join(visible(cell).split()) for cell in line] for line in islice(reader, MOST_LINES)]
    except csv.Error:  # a quotation mark that never closes: taken as it stands
        lines = [
            [" ".join(visible(cell).split()) for cell in line.split("\t")] for line in text.splitlines()[:MOST_LINES]
        ]
    return [line for line in lines if any(line)]


def _by_number(width: int, definition: FormDefinition) -> dict[int, FieldDefinition]:
    if width == len(definition.printed):
        return dict(enumerate(definition.printed))
    known = {field.name: field for field in definition.printed}
    return {place: known[name] for place, name in enumerate(_SHORT) if name in known} if width == len(_SHORT) else {}


def _row(line: Sequence[str], columns: Mapping[int, FieldDefinition], definition: FormDefinition) -> dict[str, str]:
    said = {field.name: line[column] for column, field in columns.items() if column < len(line)}
    row = {field.name: said.get(field.name, "") for field in definition.printed}
    for field in definition.printed:  # when and where in two columns instead of one
        if not row[field.name] and len(field.value_names) > 1:
            row[field.name] = " ".join(filter(None, (said.get(name, "") for name in field.value_names)))
    return {name: text for name, text in row.items() if text}
