"""Workbooks that go out: one layout for register, decisions, ledger and statistics. The same content is the same bytes.

Every text is written as text, so nothing that somebody typed becomes a formula.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

import xlsxwriter

from huigong.values.zips import settled


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount of fen that a sheet shows in yuan with two decimals."""

    fen: int


Cell = str | int | Yuan | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its headings; `widths` are in characters, `notes` stand under the table."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    notes: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet], *, title: str, day: date) -> bytes:
    """An xlsx with frozen headings and filters, dated `day` whenever it is really written."""
    out = io.BytesIO()
    # constant_memory keeps one row at a time: thirty thousand rows take no more memory than ten.
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False, "strings_to_formulas": False})
    book.set_properties({"title": title, "author": "huigong", "created": datetime.combine(day, time(), UTC)})
    formats = {
        "heading": book.add_format(
            {"bold": True, "bg_color": "#e3efec", "border": 1, "border_color": "#e4dfd4", "text_wrap": True}
        ),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "yuan": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    for sheet in sheets:
        _write(book, sheet, formats)
    book.close()
    return settled(out.getvalue())


def _write(book: xlsxwriter.Workbook, sheet: Sheet, formats: dict[str, object]) -> None:
    page = book.add_worksheet(sheet.name)
    for column, heading in enumerate(sheet.headings):
        width = sheet.widths[column] if column < len(sheet.widths) else max(10, 2 * len(heading) + 2)
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    # On paper: A4 across, every column on the sheet, the headings on each page.
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading, formats["heading"])
    number = 0
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _put(page, number, column, cell, formats)
    if number:
        page.autofilter(0, 0, number, len(sheet.headings) - 1)
    for place, note in enumerate(sheet.notes, number + 2):
        page.write_string(place, 0, note)


def _put(page: object, row: int, column: int, cell: Cell, formats: dict[str, object]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, Yuan):
        page.write_number(row, column, Decimal(cell.fen) / 100, formats["yuan"])  # type: ignore[attr-defined]
    elif isinstance(cell, int):
        page.write_number(row, column, cell, formats["number"])  # type: ignore[attr-defined]
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime.combine(cell, time()), formats["day"])  # type: ignore[attr-defined]
    else:
        page.write_string(row, column, cell, formats["text"])  # type: ignore[attr-defined]
