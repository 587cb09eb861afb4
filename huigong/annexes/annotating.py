"""Give a form back with its faults marked: the user's own workbook, cells filled, a last column in words, a sheet 怎么改.

Comments in cells are not used: WPS hides them. A hidden sheet keeps the batch and a fingerprint of every row, so that a
corrected copy is recognised and only changed rows are looked at again.
"""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from huigong.annexes import formulas, twins
from huigong.annexes.definition import FormDefinition
from huigong.annexes.marks import HELP_SHEET, MARKS_SHEET, REMARKS_HEADING
from huigong.annexes.readings import FormReading, FormRow
from huigong.values.zips import settled

_RED, _AMBER = PatternFill("solid", fgColor="FAE6E3"), PatternFill("solid", fgColor="FBF0D9")
_WORD_PLACE = re.compile(r"(table \d+) row (\d+) column (\d+)")
_LINE_PLACE = re.compile(r"line (\d+) column (\d+)")
_READY = "可收"
_REMARKS_WIDTH, _LINE_HEIGHT = 48, 15
_HEADING_WITHIN = 60  # rows
_LAST_COLUMN = 16_384  # of a sheet


_NAME_BYTES = 255
"""As many as a file system takes."""


def annotate(
    path: Path,
    reading: FormReading,
    definition: FormDefinition,
    folder: Path,
    *,
    batch: str,
    name: str = "",
    plain: bool = False,
) -> Path:
    """Write the annotated workbook into `folder` (under its own name where none is given) and return its path.

    A workbook of the new kind (.xlsx) keeps its sheets, order and formatting; other kinds, and one that has to be
    `plain`, come back as a workbook with the same cells. The reading must be of this very file, and not one that was
    stopped. A hostile file may cost any time and memory: `annexes.returning` calls this in a child with limits.
    """
    assert not reading.stopped, "a file that could not be read has nothing to annotate"
    own = not plain and _is_new_workbook(path)
    # By its bytes: openpyxl refuses a right workbook whose name ends otherwise.
    content = path.read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True) if own else twins.twin(path)
    known = formulas.results(content, book) if own else {}
    lines = {} if own else twins.rows_of_lines(path)
    pages: dict[str, list[tuple[int, FormRow]]] = {}
    for row in reading.rows:
        spots = {name: _spot(place, lines) for name, place in row.places.items()}
        page, number = max(((sheet, line) for sheet, line, _ in spots.values()), key=lambda spot: spot[1])
        pages.setdefault(page, []).append((number, row))
        _fill(book, row, spots)
    for page, rows in pages.items():
        _remark(book[page], rows)
    _explain(book, reading, definition, plain=plain)
    _mark(book, reading, batch)
    return _saved(book, folder / (name or copy_name(path)), known)


def _is_new_workbook(path: Path) -> bool:
    with path.open("rb") as content:
        if content.read(2) != b"PK":
            return False
    with ZipFile(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _spot(place: str, lines: Mapping[int, int]) -> tuple[str, int, int]:
    """Sheet, row and column (from one) of a place in words."""
    if found := _WORD_PLACE.fullmatch(place):
        return found[1], int(found[2]), int(found[3])
    if found := _LINE_PLACE.fullmatch(place):
        return twins.TEXT_PAGE, lines.get(int(found[1]), int(found[1])), int(found[2])
    sheet, cell = place.rsplit("!", 1)
    return sheet, *coordinate_to_tuple(cell)


def _fill(book: Workbook, row: FormRow, spots: Mapping[str, tuple[str, int, int]]) -> None:
    for problem in sorted(row.problems, key=lambda problem: problem.severity == "error"):
        if problem.field in spots:
            sheet, line, column = spots[problem.field]
            book[sheet].cell(line, column).fill = _RED if problem.severity == "error" else _AMBER


def _remark(page: Worksheet, rows: Sequence[tuple[int, FormRow]]) -> None:
    """The last column: what to do with each row, in words."""
    column = _remarks_column(page)
    heading = page.cell(max(1, min(number for number, _ in rows) - 1), column, REMARKS_HEADING)
    heading.font = Font(bold=True)
    page.column_dimensions[heading.column_letter].width = _REMARKS_WIDTH
    beside: dict[int, list[FormRow]] = {}
    for number, row in rows:
        beside.setdefault(number, []).append(row)
    for number, here in beside.items():
        # Where every column is a student, all of them end in the same line.
        told = [_in_words(row) if len(here) == 1 else f"第{row.number}人：{_in_words(row)}" for row in here]
        cell = page.cell(number, column, "\n".join(told))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        _make_room(page, number, told)
        if any(row.problems for row in here):
            cell.fill = _RED if any(row.has_errors for row in here) else _AMBER


def _make_room(page: Worksheet, number: int, told: Sequence[str]) -> None:
    """A row as high as its remark is long: programs do not make room for wrapped text in a file they did not write."""
    lines = sum(-(-twins.shown_width(text) // (_REMARKS_WIDTH - 2)) for text in told)
    own = page.row_dimensions[number].height or _LINE_HEIGHT
    if lines > 1:
        page.row_dimensions[number].height = max(own, lines * _LINE_HEIGHT)


def _in_words(row: FormRow) -> str:
    words = "；".join(f"{problem.message}{problem.remedy}".replace("。", "，").rstrip("，") for problem in row.problems)
    return f"{words}。" if words else _READY


def _remarks_column(page: Worksheet) -> int:
    """The column of an earlier round, else the first one behind everything that says something.

    Only cells that are there are looked at: a blank one with a colour may lie in the last row or column of the sheet.
    """
    said = [(place, cell.value) for place, cell in page._cells.items() if cell.value is not None and cell.value != ""]
    for (row, column), value in said:
        if row <= _HEADING_WITHIN and value == REMARKS_HEADING:
            return column
    return min(max((column for (_, column), _ in said), default=0) + 1, _LAST_COLUMN)


def _explain(book: Workbook, reading: FormReading, definition: FormDefinition, *, plain: bool) -> None:
    """The sheet 怎么改: one line a problem, with its row, column and remedy; then what the colours mean."""
    if HELP_SHEET in book.sheetnames:
        book.remove(book[HELP_SHEET])
    page = book.create_sheet(HELP_SHEET)
    page.append(["第几行", "位置", "哪一栏", "问题", "怎么改", "Problem", "Remedy"])
    for row in reading.rows:
        for problem in row.problems:
            label = definition.labels.get(problem.field, (problem.field, ""))[0]
            page.append(
                [
                    row.number,
                    problem.cell or "",
                    label,
                    problem.message,
                    problem.remedy,
                    problem.message_en,
                    problem.remedy_en,
                ]
            )
    page.append([])
    page.append(["红色：改好才能收。黄色：请看一眼，可以收。改完把这个文件重新交来，没动过的行不再重看。"])
    if plain:
        page.append(
            [
                "原表的格式太大，这里只有格子里的内容。/ Only what stands in the cells: the file's own formatting is too large."
            ]
        )
    for column, width in zip("ABCDEFG", (8, 18, 16, 40, 48, 40, 48), strict=True):
        page.column_dimensions[column].width = width
    for cell in page[1]:
        cell.font = Font(bold=True)


def _mark(book: Workbook, reading: FormReading, batch: str) -> None:
    if MARKS_SHEET in book.sheetnames:
        book.remove(book[MARKS_SHEET])
    page = book.create_sheet(MARKS_SHEET)
    page.append(["batch", batch])
    for row in reading.rows:
        page.append([row.number, row.fingerprint])
    page.sheet_state = "veryHidden"


def copy_name(path: Path) -> str:
    """What the annotated copy of a file is called: a workbook as itself, another kind as a workbook of its name."""
    name = path.name if path.suffix.lower() == ".xlsx" else f"{path.name}.xlsx"
    if len(name.encode(errors="surrogateescape")) > _NAME_BYTES:
        return name.encode()[: _NAME_BYTES - len(".xlsx")].decode(errors="ignore") + ".xlsx"
    return name


def _saved(book: Workbook, out: Path, known: formulas.Results) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    # Workbook.save() stamps the moment; written by hand the same faults give the same bytes, so a re-run can be compared.
    book.properties.modified = book.properties.created = datetime(2000, 1, 1)  # noqa: DTZ001  openpyxl wants it naive
    written = io.BytesIO()
    ExcelWriter(book, ZipFile(written, "w", ZIP_DEFLATED, allowZip64=True)).save()
    out.write_bytes(settled(formulas.with_results(written.getvalue(), book, known)))
    return out
