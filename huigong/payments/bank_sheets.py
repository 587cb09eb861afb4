"""An old workbook (.xls), as banks' portals take it: every cell a text but the amounts. The same rows are the same bytes."""

import io
from collections.abc import Sequence
from decimal import Decimal

import xlwt


def written(headings: Sequence[str], rows: Sequence[Sequence[str]], *, amounts: Sequence[int]) -> bytes:
    """One sheet. An amount of two decimals is its nearest double, which every reader shows as that amount again."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    text, yuan = xlwt.easyxf(num_format_str="@"), xlwt.easyxf(num_format_str="0.00")
    lines = [list(headings)] * bool(headings) + [list(row) for row in rows]
    for number, line in enumerate(lines):
        is_heading = bool(headings) and number == 0
        for column, cell in enumerate(line):
            if column in amounts and not is_heading:
                sheet.write(number, column, Decimal(cell), yuan)
            else:
                sheet.write(number, column, cell, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
