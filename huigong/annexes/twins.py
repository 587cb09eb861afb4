"""Forms that are no .xlsx (old workbooks, Word tables, text files) as a workbook with the same cells, to be marked and sent back."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from huigong.annexes.containers import open_contents
from huigong.annexes.contents import Table, as_text

TEXT_PAGE = "登记表"
_LINES_PAGE = "表外文字"
_NARROWEST, _WIDEST = 6, 30


def twin(path: Path) -> Workbook:
    """The same cells in the same places; text stays text, merged stays merged, lines around tables stand on a sheet before them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    contents = open_contents(path)
    if contents.lines:
        around = book.create_sheet(_LINES_PAGE)
        for number, line in enumerate(contents.lines, 1):
            around.cell(number, 1, line).data_type = "s"
    for table in contents.tables:
        _copy(table, book.create_sheet(TEXT_PAGE if table.style == "lines" else table.name))
    return book


def rows_of_lines(path: Path) -> Mapping[int, int]:
    """For text files: the row of the twin in which a line of the file stands."""
    return {line: row for table in open_contents(path).tables for row, line in enumerate(table.lines, 1)}


def shown_width(text: str) -> int:
    """How many narrow characters wide a text is: a Chinese one takes two."""
    return sum(1 if character.isascii() else 2 for character in text)


def _copy(table: Table, page: Worksheet) -> None:
    widths: dict[int, int] = {}
    for r, values in enumerate(table.rows, table.first_row + 1):
        for c, value in enumerate(values, table.first_column + 1):
            if value in {None, ""}:
                continue
            cell = page.cell(r, c, value if isinstance(value, int | float) else as_text(value))
            if isinstance(value, str):
                cell.number_format, cell.data_type = "@", "s"
            widths[c] = max(widths.get(c, 0), *map(shown_width, [*as_text(value).splitlines(), ""]))
    # An identity number is to be seen whole, a title need not be.
    for column, width in widths.items():
        page.column_dimensions[get_column_letter(column)].width = min(max(width + 2, _NARROWEST), _WIDEST)
    width = max(map(len, table.rows), default=0)
    for top, left, bottom, right in table.merges:
        last_row, last_column = min(bottom, len(table.rows) - 1), min(right, width - 1)
        if (last_row, last_column) == (top, left) or top > last_row or left > last_column:
            continue  # of a merge that runs on to the end of the sheet, what lies beside the table is left out
        page.merge_cells(
            start_row=table.first_row + top + 1,
            start_column=table.first_column + left + 1,
            end_row=table.first_row + last_row + 1,
            end_column=table.first_column + last_column + 1,
        )
