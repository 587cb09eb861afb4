"""Read one form as a careful clerk does: open it safely, find headings, take the rows, say what is wrong and where."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from huigong.annexes import problems
from huigong.annexes.cards import turned
from huigong.annexes.containers import open_contents
from huigong.annexes.contents import CellValue, Contents, Table, is_blank
from huigong.annexes.definition import FormDefinition
from huigong.annexes.headings import Heading, find_headings
from huigong.annexes.problems import UnreadableError
from huigong.annexes.readings import FileProblem, FormReading, FormRow
from huigong.annexes.rows import data_rows, read_row
from huigong.annexes.somebody import is_somebody, unread
from huigong.annexes.surroundings import surroundings

_OF_THIS_CAMPAIGN = 120
"""Days between filling in and handing in."""


def read(path: Path, definition: FormDefinition, *, received_on: date | None = None) -> FormReading:
    """The form in a file. Never raises for a bad file: its problem is in the reading.

    This runs in a child process (`annexes.pool`): a hostile file may still kill it.
    """
    try:
        contents = open_contents(path)
    except UnreadableError as error:
        return FormReading(file=str(path), problems=(error.problem,))
    except MemoryError:
        return FormReading(
            file=str(path),
            problems=(problems.of_file("too_large", "读它要的内存太多", "reading it takes too much memory"),),
        )
    return understood(str(path), contents, definition, received_on=received_on)


def understood(
    name: str, contents: Contents, definition: FormDefinition, *, received_on: date | None = None
) -> FormReading:
    """What opened contents say."""
    found: list[tuple[Table, list[Heading]]] = []
    taken: dict[int, set[int]] = {}
    for table in contents.tables:
        headings = find_headings(table, definition)
        if cards := turned(table, headings, definition):
            found += [(card, find_headings(card, definition)[:1]) for card in cards]
            taken[id(table)] = {row for card in cards for places in card.spots for row, _ in places}
        else:
            found.append((table, headings))
    hidden = (problems.of_file("hidden_sheet", "、".join(contents.hidden)),) if contents.hidden else ()
    if not any(headings for _, headings in found):
        strange = _no_heading(definition) if _says_anything(contents) else problems.of_file("empty")
        return FormReading(file=name, problems=(strange, *hidden))
    stretches = _stretches(found)
    picked = [(table, heading, list(data_rows(table, heading, last))) for table, heading, last in stretches]
    for table, heading, rows in picked:
        taken.setdefault(id(table), set()).update(
            {number for number, _ in rows}, range(heading.first_row, heading.last_row + 1)
        )
    around = surroundings(contents, [(table, frozenset(taken.get(id(table), ()))) for table in contents.tables])
    year = around.filled_on.year if around.filled_on else received_on.year if received_on else None
    read_rows: list[FormRow] = []
    for table, found_heading, rows in picked:
        heading = found_heading.in_year(year)
        read_rows += [
            read_row(len(read_rows) + offset, table, heading, cells, definition, year=year)
            for offset, (_, cells) in enumerate(rows, 1)
        ]
    if contents.marks:
        read_rows = [replace(row, unchanged=row.fingerprint in contents.marks.fingerprints) for row in read_rows]
    empty = () if read_rows else (problems.of_file("no_rows"),)
    left = unread(contents.tables, taken)
    if around.other_unit:
        told = problems.of_file(
            "two_units", f"“{around.unit}”和“{around.other_unit}”", f"“{around.unit}”, “{around.other_unit}”"
        )
        return FormReading(file=name, filled_on=around.filled_on, problems=(told, *hidden))
    return FormReading(
        file=name,
        unit=around.unit,
        filled_on=around.filled_on,
        filler=around.filler,
        filler_phone=around.filler_phone,
        problems=(*empty, *hidden, *([left] if left else []), *_of_other_year(around.filled_on, received_on)),
        rows=tuple(read_rows),
        annotated_from=contents.marks.batch if contents.marks else None,
    )


def _of_other_year(filled_on: date | None, received_on: date | None) -> tuple[FileProblem, ...]:
    """A form of another year than the one it was received in. A form filled in around new year is no look's worth."""
    if filled_on is None or received_on is None or abs((received_on - filled_on).days) <= _OF_THIS_CAMPAIGN:
        return ()
    if filled_on.year == received_on.year:
        return ()
    return (problems.of_file("other_year", filled_on.isoformat()),)


def _no_heading(definition: FormDefinition) -> FileProblem:
    """That no column was known, with some of those that this very form has."""
    asked = [field for field in definition.printed if field.required] or definition.printed
    zh, en = "".join(f"“{one.label}”" for one in asked[:3]), ", ".join(f"“{one.label_en}”" for one in asked[:3])
    return problems.of_file("no_heading", zh, en)


def _says_anything(contents: Contents) -> bool:
    """Whether there is more than blank sheets. A document without tables may hold pictures, so it is not called empty."""
    cells = (value for table in contents.tables for row in table.rows for value in row)
    return bool(contents.lines or contents.hidden or not contents.tables) or not all(map(is_blank, cells))


def _stretches(found: list[tuple[Table, list[Heading]]]) -> list[tuple[Table, Heading, int]]:
    """Each heading with the last row that it rules. A table without one may go on under the last heading."""
    stretches: list[tuple[Table, Heading, int]] = []
    last: tuple[Table, Heading] | None = None
    for table, headings in found:
        if not headings and last and (goes_on := _going_on(table, *last)):
            stretches.append((table, goes_on, len(table.rows) - 1))
        for number, heading in enumerate(headings):
            until = headings[number + 1].first_row - 1 if number + 1 < len(headings) else len(table.rows) - 1
            stretches.append((table, heading, until))
            last = (table, heading)
    return stretches


def _going_on(table: Table, above: Table, heading: Heading) -> Heading | None:
    """The heading of the table above over this one, where it is as wide or tells people under it.

    A sheet begins with its first filled column: a continuation whose first cells are all blank begins further right.
    """
    aside = above.first_column - table.first_column if above.style == table.style == "sheet" else 0
    tried = [_moved(heading, columns) for columns in sorted({0, aside})]
    told = [sum(is_somebody(_cells(table, row, one), one) for row in range(len(table.rows))) for one in tried]
    best = max(range(len(tried)), key=told.__getitem__)
    return tried[best] if told[best] or _width(table) == _width(above) else None


def _moved(heading: Heading, columns: int) -> Heading:
    """The heading above the first row, so many columns further right."""
    kept = [column for column in heading.columns if column + columns >= 0]
    return Heading(
        -1,
        -1,
        {column + columns: heading.columns[column] for column in kept},
        {column + columns: heading.hints[column] for column in kept},
    )


def _cells(table: Table, row: int, heading: Heading) -> dict[int, tuple[CellValue, int]]:
    return {column: (table.at(row, column), row) for column in heading.columns}


def _width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)
