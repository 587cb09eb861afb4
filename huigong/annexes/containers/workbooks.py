"""Excel and WPS workbooks, new (.xlsx) and old (.xls): cell references are scanned before anything allocates memory for them."""

import io
import re
from collections.abc import Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from huigong.annexes.containers.limits import FORM, MAX_MERGES, Reach
from huigong.annexes.containers.zips import Package
from huigong.annexes.contents import Contents, Marks, Merge, Table
from huigong.annexes.marks import HELP_SHEET, MARKS_SHEET, marks_from_rows
from huigong.annexes.problems import UnreadableError

_SHEET = re.compile(rb"<(?:\w+:)?sheetData\b")
_PICTURES = "xl/media/"
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*?)?(/?)>")
_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d+)[\"'][^>]*?(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d+)[\"'][^>]*?(?<!/)>")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s")


def new_workbook(content: bytes, package: Package, *, reach: Reach = FORM) -> Contents:
    """The visible sheets of an .xlsx."""
    for name in package.names:
        if name.lower().startswith(_PICTURES):
            continue
        # A sheet may lie under any name (relationships say where), so it is known by what stands in it.
        part = package.read(name)
        if _SHEET.search(part):
            _measure(part, reach)
    return _contents(content, reach)


def old_workbook(content: bytes, *, reach: Reach = FORM) -> Contents:
    """The visible sheets of an .xls; at most 65,536 × 256 cells, which the process's memory limit bears or refuses."""
    return _contents(content, reach)


def _measure(sheet: bytes, reach: Reach) -> None:
    """Refuse a sheet whose cells lie too far out: the reader would allocate the whole rectangle (a 4.8 kB file, 512 GiB)."""
    filled = [found for found in _CELL.findall(sheet) if not found]
    if len(filled) > reach.cells:
        raise UnreadableError("too_large", f"有{len(filled)}个单元格", f"it has {len(filled)} cells")
    places = _FILLED.findall(sheet)
    last_row = max((int(row) for _, row in places), default=0)
    last_column = max((_column_number(letters) for letters in {letters for letters, _ in places}), default=0)
    if len(places) < len(filled):
        last_row = max([last_row, *(int(row) for row in _ROW.findall(sheet))])
    refuse_far(last_row, last_column, reach)
    if len(_MERGE.findall(sheet)) > MAX_MERGES:
        raise UnreadableError("too_large", "合并的单元格太多", "it has too many merged cells")


def refuse_far(last_row: int, last_column: int, reach: Reach = FORM) -> None:
    """Raise where a sheet reaches further than any form (or what `reach` allows) does, counted from one."""
    if last_row > reach.rows or last_column > reach.columns or last_row * last_column > reach.cells:
        raise UnreadableError(
            "too_large",
            f"表格一直到第{last_row}行、第{last_column}列",
            f"it reaches to row {last_row}, column {last_column}",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _contents(content: bytes, reach: Reach) -> Contents:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise UnreadableError("encrypted") from None
    except (CalamineError, ValueError, OSError) as error:
        raise _broken(error) from None
    tables: list[Table] = []
    hidden: list[str] = []
    marks: Marks | None = None
    for about in workbook.sheets_metadata:
        if about.name == MARKS_SHEET:
            marks = marks_from_rows(_sheet(workbook, about.name).to_python())
        elif about.typ != SheetTypeEnum.WorkSheet or about.name == HELP_SHEET:
            continue
        elif about.visible != SheetVisibleEnum.Visible:
            hidden.append(about.name)
        else:
            tables.append(as_table(_sheet(workbook, about.name), reach))
    return Contents(tables=tables, hidden=hidden, marks=marks)


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except PasswordError:
        raise UnreadableError("encrypted") from None
    except (CalamineError, ValueError, OSError) as error:
        raise _broken(error) from None


def as_table(sheet: CalamineSheet, reach: Reach = FORM) -> Table:
    """A sheet with its merges counted from its own first cell."""
    if sheet.start is None or sheet.end is None:
        return Table(name=sheet.name, rows=(), style="sheet")
    refuse_far(sheet.end[0] + 1, sheet.end[1] + 1, reach)
    first_row, first_column = sheet.start
    rows = sheet.to_python(skip_empty_area=True)
    return Table(
        name=sheet.name,
        rows=rows,
        style="sheet",
        first_row=first_row,
        first_column=first_column,
        merges=_merges(sheet.merged_cell_ranges or (), first_row, first_column),
    )


def _merges(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], first_row: int, first_column: int
) -> list[Merge]:
    if len(ranges) > MAX_MERGES:
        raise UnreadableError("too_large", "合并的单元格太多", "it has too many merged cells")
    return [
        (top - first_row, left - first_column, bottom - first_row, right - first_column)
        for (top, left), (bottom, right) in ranges
    ]


def _broken(error: Exception) -> UnreadableError:
    if "password" in str(error).lower():
        return UnreadableError("encrypted")
    return UnreadableError("truncated")
