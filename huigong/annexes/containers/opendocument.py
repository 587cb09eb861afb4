"""OpenDocument spreadsheets (.ods): measured by their repeats before anything allocates memory for them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from huigong.annexes.containers.limits import MAX_CELLS, MAX_COLUMNS, MAX_MERGES, MAX_ROWS
from huigong.annexes.containers.workbooks import old_workbook
from huigong.annexes.containers.zips import Package
from huigong.annexes.contents import Contents, Merge
from huigong.annexes.problems import UnreadableError

_FILLED = re.compile(rb"<table:table-cell\b(?=[^>]*office:value-type)[^>]*?number-columns-repeated=\"(\d+)\"")
_REPEATED_ROW = re.compile(
    rb"<table:table-row\b[^>]*?number-rows-repeated=\"(\d{1,9})\"[^>]*?(?<!/)>(?:(?!</table:table-row>).)*", re.DOTALL
)
_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS = frozenset([f"{_T}table-cell", f"{_T}covered-table-cell"])


def contents(content: bytes, package: Package) -> Contents:
    """The visible sheets. Raises UnreadableError for a cell that is filled a thousand times over."""
    described = package.read("content.xml")
    repeated = sum(int(times) for times in _FILLED.findall(described)) + _repeated_in_rows(described)
    if repeated > MAX_CELLS:
        raise UnreadableError("too_large", f"有{repeated}个单元格", f"it has {repeated} cells")
    opened = old_workbook(content)
    merges = _merges(described) if b"-spanned" in described else {}
    return replace(
        opened,
        tables=[
            replace(table, merges=_counted_from(merges.get(table.name, ()), table.first_row, table.first_column))
            for table in opened.tables
        ],
    )


def _repeated_in_rows(described: bytes) -> int:
    """The cells of filled rows that are said to stand many times over."""
    return sum(
        int(row[1]) * (row[0].count(b"office:value-type") + sum(int(times) for times in _FILLED.findall(row[0])))
        for row in _REPEATED_ROW.finditer(described)
    )


def _merges(described: bytes) -> Mapping[str, Sequence[Merge]]:
    """The merged cells of every sheet, by its name: the spreadsheet reader tells them for Excel's files only."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(described, parser)
    except etree.XMLSyntaxError:
        raise UnreadableError("truncated") from None
    return {sheet.get(f"{_T}name", ""): list(_merges_of(sheet)) for sheet in root.iter(f"{_T}table")}


def _merges_of(sheet: etree._Element) -> Iterator[Merge]:
    row = found = 0
    for line in sheet.iter(f"{_T}table-row"):
        column = 0
        for cell in line:
            if cell.tag not in _CELLS or column > MAX_COLUMNS:
                continue
            down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
            if down > 1 or across > 1:
                found += 1
                yield row, column, row + min(down, MAX_ROWS) - 1, column + min(across, MAX_COLUMNS) - 1
            column += _number(cell, "number-columns-repeated")
        row += _number(line, "number-rows-repeated")
        if row > MAX_ROWS or found > MAX_MERGES:
            return


def _number(element: etree._Element, name: str) -> int:
    value = element.get(f"{_T}{name}", "1")
    return int(value) if value.isdigit() else 1


def _counted_from(merges: Sequence[Merge], row: int, column: int) -> list[Merge]:
    return [(top - row, left - column, bottom - row, right - column) for top, left, bottom, right in merges]
