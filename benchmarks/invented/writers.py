"""Pages written as the containers offices send: xlsx, xls, docx, csv and tsv. The same pages give the same bytes."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import docx
import xlsxwriter
import xlwt
from docx.enum.section import WD_ORIENT

from benchmarks.invented.layouts import Page
from benchmarks.invented.wording import Cell

_WRITTEN = datetime(2017, 7, 28, 9, 0, tzinfo=UTC).replace(tzinfo=None)
_FONTS = ("宋体", "仿宋_GB2312", "微软雅黑", "楷体")


def write_xlsx(path: Path, pages: Sequence[Page], *, look: Random) -> None:
    """A workbook in one of the looks that offices give theirs."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": _WRITTEN, "author": ""})
    font = look.choice(_FONTS)
    plain = book.add_format({"font_name": font, "border": look.choice((0, 1)), "text_wrap": look.random() < 0.5})
    text = book.add_format({"font_name": font, "border": 1, "num_format": "@"})
    strong = book.add_format({"font_name": "黑体", "bold": True, "border": 1, "align": "center", "bg_color": look.choice(("#FFFFFF", "#DDEBF7"))})  # fmt: skip
    for page in pages:
        sheet = book.add_worksheet(page.name)
        if page.hidden:
            sheet.hide()
        at = _xlsx_lines(sheet, 0, page.above, lambda _: strong if look.random() < 0.1 else plain)
        sheet.set_column(0, page.width, look.choice((10, 14, 18)))
        top = at
        for first, left, last, right in page.heading_merges:
            sheet.merge_range(top + first, left, top + last, right, page.heading[first][left], strong)
        at = _xlsx_lines(sheet, at, page.heading, lambda _: strong)
        top = at
        for first, left, last, right in page.body_merges:
            sheet.merge_range(top + first, left, top + last, right, page.body[first][left], text)
        at = _xlsx_lines(sheet, at, page.body, lambda cell: text if isinstance(cell, str) else plain)
        _xlsx_lines(sheet, at + 1, page.below, lambda _: plain)
    book.close()


def _xlsx_lines(sheet: Any, at: int, lines: Sequence[Sequence[Cell]], style: Any) -> int:
    for number, line in enumerate(lines, at):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, style(cell))
            elif cell is not None:
                sheet.write_number(number, column, cell, style(cell))
    return at + len(lines)


def write_xls(path: Path, pages: Sequence[Page], *, look: Random) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    style = xlwt.easyxf(f"font: name {look.choice(('SimSun', 'FangSong'))}; alignment: wrap on")
    for page in pages:
        sheet = book.add_sheet(page.name)
        sheet.visibility = int(page.hidden)
        merged = [(len(page.above) + a, b, len(page.above) + c, d) for a, b, c, d in page.heading_merges]
        body_at = len(page.above) + len(page.heading)
        merged += [(body_at + a, b, body_at + c, d) for a, b, c, d in page.body_merges]
        inside = {(r, c) for a, b, e, d in merged for r in range(a, e + 1) for c in range(b, d + 1)}
        lines = [*page.above, *page.heading, *page.body, [], *page.below]
        for first, left, last, right in merged:
            sheet.write_merge(first, last, left, right, lines[first][left], style)
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                if cell is not None and (number, column) not in inside:
                    sheet.write(number, column, cell, style)
    book.save(str(path))


def write_docx(path: Path, pages: Sequence[Page], *, look: Random) -> None:
    """One table a page; a second page of the same form repeats title and heading."""
    document: Any = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for page in pages:
        for line in page.above:
            document.add_paragraph("                    ".join(_words(cell) for cell in line if cell is not None))
        _docx_table(document, page, empty_lines=look.choice((0, 2)))
        for line in page.below:
            document.add_paragraph("　　　　".join(_words(cell) for cell in line if cell is not None))
    document.core_properties.created = document.core_properties.modified = _WRITTEN
    document.core_properties.author = ""
    memory = io.BytesIO()
    document.save(memory)
    path.write_bytes(_same_times(memory.getvalue()))


def _docx_table(document: Any, page: Page, *, empty_lines: int) -> None:
    lines = [*page.heading, *page.body, *[[None] * page.width for _ in range(empty_lines)]]
    if not lines:
        return
    table = document.add_table(rows=len(lines), cols=page.width, style="Table Grid")
    grid = [list(row.cells) for row in table.rows]
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell is not None:
                grid[number][column].text = _words(cell)
    down = len(page.heading)
    merges = [*page.heading_merges, *[(a + down, b, c + down, d) for a, b, c, d in page.body_merges]]
    for first, left, last, right in merges:
        words = grid[first][left].text
        grid[first][left].merge(grid[last][right]).text = words


def _same_times(content: bytes) -> bytes:
    """The zip again with one fixed time, so that a seed gives the same bytes on any day."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, (2017, 7, 28, 9, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(entry))
    return memory.getvalue()


def write_delimited(
    path: Path, pages: Sequence[Page], *, encoding: str, tabs: bool = False, with_title: bool = True
) -> None:
    """Text as a spreadsheet exports it: numbers plain, floats of eighteen digits in scientific notation."""
    memory = io.StringIO()
    writer = csv.writer(memory, delimiter="\t" if tabs else ",", lineterminator="\r\n")
    for page in pages:
        above = page.above if with_title else page.above[1:]
        for line in (*above, *page.heading, *page.body, *page.below):
            writer.writerow([_words(cell) for cell in line])
    path.write_bytes(memory.getvalue().encode(encoding))


def _words(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.5E}" if cell >= 10**15 else f"{cell:g}"
    return "" if cell is None else str(cell)
