"""A registration form of many invented families, made when a test asks for it."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from huigong.values.resident_id import check_digit
from huigong.web.tests.campaign_at_work import EXAMPLE

LONG = "long.xlsx"
FIRST_ROW = 5


def long_form(rows, *, faulty):
    """The printed form with so many invented families; a faulty row has both numbers and the age wrong."""
    book = openpyxl.load_workbook(EXAMPLE / "forms" / "01-as-printed.xlsx")
    page = book.worksheets[0]
    pattern = [cell.value for cell in page[FIRST_ROW]]
    page.delete_rows(FIRST_ROW, page.max_row)
    for number in range(1, rows + 1):
        tail = f"10{number % 28 + 1:02d}{2 * number:03d}"  # an even digit: mother and daughter
        line, wrong = list(pattern), number in faulty
        for column, year in ((5, "1970"), (10, "1999")):
            first = f"450499{year}{tail}"
            line[column] = first + ("a" if wrong else check_digit(first))
        line[9] = 17
        line[6] = "138" if wrong else line[6]
        page.append(line)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile(LONG, out.getvalue())
