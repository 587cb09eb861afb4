"""Write the form of a circular, empty or with rows that are known already: .xlsx with text columns, .docx in official layout."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import docx
import segno
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from huigong.annexes.definition import FieldDefinition, FormDefinition

Row = Mapping[str, str]
_BODY, _TITLE = "仿宋_GB2312", "方正小标宋简体"
_CODE_WIDTH = 3.6  # centimetres: a square of the code is half a millimetre
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  a file made twice is the same file
FIRST_ROW = 5
"""Where the first row of people stands in a workbook that is written here, counted from one."""
_FOOT = ("填表人：", "联系电话：")


@dataclass(frozen=True, slots=True)
class Filled:
    """Who filled a form in, and when; nothing for one that goes out empty."""

    by: str = ""
    on: date | None = None

    @property
    def day(self) -> str:
        return f"{self.on.year}年{self.on.month}月{self.on.day}日" if self.on else "    年  月  日"


def blank_workbook(
    definition: FormDefinition, *, unit: str = "", rows: Sequence[Row] = (), filled: Filled = Filled()
) -> bytes:
    """The form as .xlsx. `rows` hold texts by field name; every data cell is text, so that no identity number is lost."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": definition.title, "created": _FIXED})
    page = book.add_worksheet("登记表")
    look = {
        "border": 1,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "font_name": "宋体",
        "font_size": 11,
    }
    head, cell, plain = (
        book.add_format({**look, "bold": True}),
        book.add_format({**look, "num_format": "@"}),
        book.add_format({"font_name": "宋体"}),
    )
    last = len(definition.printed) - 1
    page.merge_range(
        0,
        0,
        0,
        last,
        definition.title,
        book.add_format({"bold": True, "font_size": 16, "align": "center", "font_name": "宋体"}),
    )
    page.write_string(1, 0, f"单位：{unit}", plain)
    page.write_string(1, last - 1, filled.day, plain)
    for first, final, heading in _groups(definition):
        if first == final:  # one cell is no range to a workbook
            page.write_string(2, first, heading, head)
        else:
            page.merge_range(2, first, 2, final, heading, head)
    for column, field in enumerate(definition.printed):
        page.set_column(column, column, field.width, book.add_format({"num_format": "@"}))
        page.write_string(3, column, field.heading, head)
    for number in range(max(definition.empty_rows, len(rows))):
        for column, field in enumerate(definition.printed):
            page.write_string(FIRST_ROW - 1 + number, column, _known(rows, number, field), cell)
    end = FIRST_ROW - 1 + max(definition.empty_rows, len(rows)) + 1
    page.write_string(end, 0, f"{_FOOT[0]}{filled.by}", plain)
    page.write_string(end, 6, _FOOT[1], plain)
    for offset, note in enumerate(definition.notes, 1):
        page.write_string(end + offset, 0, note, plain)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2, 3)
    book.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a page to be stamped carries of its data: codes, and the same in signs that can be read out."""

    codes: Sequence[str] = ()
    short: str = ""


def blank_document(
    definition: FormDefinition,
    *,
    unit: str = "",
    rows: Sequence[Row] = (),
    filled: Filled = Filled(),
    checked: Checked = Checked(),
) -> bytes:
    """The same as .docx: A4 across, title, unit and day, the two-level table, who filled it in, notes, codes."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _FIXED
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    if checked.codes:
        _put_codes(section, checked)
    _line(document, definition.title, size=18, font=_TITLE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(document, f"单位：{unit}{' ' * 60}{filled.day}")
    # A page to be stamped has no empty rows into which anything could be written afterwards.
    count = len(rows) if checked.codes else max(definition.empty_rows, len(rows))
    table = document.add_table(2 + count, len(definition.printed), style="Table Grid")
    for column, field in enumerate(definition.printed):
        _write(table.cell(1, column), field.heading)
    for number, row in enumerate(rows, 2):
        for column, field in enumerate(definition.printed):
            _write(table.rows[number].cells[column], row.get(field.name, ""))
    table.autofit = False
    for column, width in zip(table.columns, _widths(definition), strict=True):
        column.width = width
    for row in table.rows:
        _size(row, definition, whole=bool(checked.codes))
    for first, final, heading in _groups(definition):
        _write(table.cell(0, first).merge(table.cell(0, final)), heading)
    _line(document, f"{_FOOT[0]}{filled.by}{' ' * 40}{_FOOT[1]}")
    for note in definition.notes:
        _line(document, note)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _size(row: docx.table._Row, definition: FormDefinition, *, whole: bool) -> None:
    """`whole`: a row of a page to be stamped is not divided between two pages, or it could not be shown as one."""
    row.height = Cm(0.75)
    for cell, width in zip(row.cells, _widths(definition), strict=True):
        cell.width = width
    if whole:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _widths(definition: FormDefinition) -> list[Cm]:
    whole = sum(field.width for field in definition.printed)
    return [Cm(26.7 * field.width / whole) for field in definition.printed]


def _put_codes(section: docx.section.Section, checked: Checked) -> None:
    """Above every page, so that whichever page is scanned says all; the seal belongs on the unit's name, not here."""
    section.header_distance = Cm(0.8)
    pictures = section.header.paragraphs[0]
    pictures.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    words = f"核对码 {checked.short}　公章请盖在单位名称上，不要压住方码。盖好后扫描或拍照交回，和系统里的逐格核对。　"
    _letter(pictures.add_run(words), _BODY, 9)
    for code in checked.codes:
        drawn = io.BytesIO()
        segno.make(code, error="m", micro=False, boost_error=False).save(drawn, kind="png", scale=8, border=4)
        pictures.add_run().add_picture(io.BytesIO(drawn.getvalue()), width=Cm(_CODE_WIDTH))


def _groups(definition: FormDefinition) -> list[tuple[int, int, str]]:
    """First and last column and the words of each half of the upper heading."""
    headings = {group.id: group.heading for group in definition.groups}
    spans, column = [], 0
    for group, fields in groupby(definition.printed, key=lambda field: field.group):
        width = len(list(fields))
        spans.append((column, column + width - 1, headings[group]))
        column += width
    return spans


def _known(rows: Sequence[Row], number: int, field: FieldDefinition) -> str:
    return rows[number].get(field.name, "") if number < len(rows) else ""


def _line(
    document: docx.document.Document, text: str, *, size: int = 12, font: str = _BODY
) -> docx.text.paragraph.Paragraph:
    paragraph = document.add_paragraph()
    _letter(paragraph.add_run(text), font, size)
    return paragraph


def _write(cell: docx.table._Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _letter(paragraph.add_run(text), _BODY, 10)


def _letter(run: docx.text.run.Run, font: str, size: int) -> None:
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
