"""Read what a paper says, as the reader of it does."""

import io

import docx
import openpyxl

from huigong.figures.tests.conftest import DAY


def content(make, standing):
    return b"".join(make(standing, DAY))


def sheets(make, standing):
    """Each sheet of a workbook as its rows, without the notes under the table."""
    book = openpyxl.load_workbook(io.BytesIO(content(make, standing)))
    found = {}
    for page in book:
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        width = sum(value is not None for value in rows[0])
        found[page.title] = [row[:width] for row in rows if any(value is not None for value in row[1:width])]
    return found


def words(make, standing):
    paper = docx.Document(io.BytesIO(content(make, standing)))
    return "\n".join(paragraph.text for paragraph in paper.paragraphs), [
        [[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables
    ]
