"""What any file turns into before it is understood: tables of cells that know where they stand, and lines of text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

CellValue = str | float | int | bool | date | datetime | time | timedelta | None
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from zero within the table."""


@dataclass(frozen=True)
class Table:
    """A sheet, a Word table, or a text file's lines. `style` tells how a place in it is written."""

    name: str
    rows: Sequence[Sequence[CellValue]]
    style: str
    """`sheet` (登记表!F7), `word` (table 1 row 5 column 6) or `lines` (line 3 column 6)."""
    first_row: int = 0
    first_column: int = 0
    merges: Sequence[Merge] = ()
    lines: Sequence[int] = ()
    """For text files: the line of the file on which each row begins (a quoted cell may hold line breaks)."""
    can_merge: bool = True
    spots: Sequence[Sequence[tuple[int, int]]] = ()
    """For a table that was turned out of a card: where each of its cells stands in the table it came from."""

    def at(self, row: int, column: int) -> CellValue:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def place(self, row: int, column: int) -> str:
        """Where a cell stands, in the words of its kind of file."""
        if self.spots:
            row, column = self.spots[row][column]
        if self.style == "sheet":
            return f"{self.name}!{column_letters(self.first_column + column)}{self.first_row + row + 1}"
        if self.style == "word":
            return f"{self.name} row {row + 1} column {column + 1}"
        line = self.lines[row] if row < len(self.lines) else row + 1
        return f"line {line} column {column + 1}"


@dataclass(frozen=True)
class Marks:
    """What an annotated file says about itself when it comes back: its batch and the fingerprint of every row it held."""

    batch: str
    fingerprints: frozenset[str]


@dataclass(frozen=True)
class Contents:
    """All that was found in a file. `hidden` names sheets that were not read."""

    tables: Sequence[Table]
    lines: Sequence[str] = ()
    hidden: Sequence[str] = ()
    marks: Marks | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_text(value: CellValue) -> str:
    """A cell as a reader would say it: whole numbers without `.0`, days as days."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


def is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\u3000\u00a0\u200b\ufeff"))
