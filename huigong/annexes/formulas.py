"""What the formulas of a workbook came to: openpyxl writes a formula without its result, and a reader would see an empty cell."""

import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from lxml import etree
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Results = Mapping[str, Mapping[str, tuple[str, str]]]
"""By sheet and cell: the kind of the result (`str`, `b`, `e`, or nothing for a number) and what it is."""


def results(content: bytes, book: Workbook) -> Results:
    """The results that the office's own program stored, for every cell of `book` that holds a formula."""
    # Only cells that are there: walking over rows would make every blank one up to a coloured cell in the last row.
    cells = {
        page.title: [cell.coordinate for cell in page._cells.values() if cell.data_type == "f"]
        for page in book.worksheets
    }
    if not any(cells.values()):
        return {}
    known = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        title: {place: _stored(known[title][place]) for place in places if known[title][place].value is not None}
        for title, places in cells.items()
    }


def _stored(cell: Any) -> tuple[str, str]:
    value = cell.value
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, date | datetime | time | timedelta):
        return "", str(to_excel(value))  # type: ignore[no-untyped-call]
    if isinstance(value, str):
        return ("e" if cell.data_type == "e" else "str"), value
    return "", repr(value)


def with_results(content: bytes, book: Workbook, known: Results) -> bytes:
    """The written workbook with each formula's result beside it, as a spreadsheet program would have saved it."""
    if not known:
        return content
    parts = {f"xl/worksheets/sheet{number}.xml": page.title for number, page in enumerate(book.worksheets, 1)}
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            here = known.get(parts.get(name, ""))
            made.writestr(name, _filled(part, here) if here else part)
    return out.getvalue()


def _filled(part: bytes, here: Mapping[str, tuple[str, str]]) -> bytes:
    root = etree.fromstring(part)
    for cell in root.iter(f"{_S}c"):
        result = here.get(cell.get("r", ""))
        if result is None or cell.find(f"{_S}f") is None:
            continue
        if result[0]:
            cell.set("t", result[0])
        stored = cell.find(f"{_S}v")
        if stored is None:
            stored = etree.SubElement(cell, f"{_S}v")
        stored.text = result[1]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
