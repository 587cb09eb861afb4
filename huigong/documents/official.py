"""Papers in the layout of official documents (GB/T 9704): A4, 小标宋 title, 仿宋 body of size three, page number below.

What is written is a docx, and the same blocks are set as a PDF where that is asked for (`typesetting`).

Tables are written as XML at once, since a list may hold thousands of rows. The same content is the same bytes.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from huigong.documents import typesetting
from huigong.documents.typesetting import Block
from huigong.values.text import visible
from huigong.values.zips import settled

TITLE, BODY, HEADING, SUBHEADING, NUMBERS = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_TEXT_WIDTH = 8844  # twentieths of a point between the margins of A4
_SIZE_THREE, _SIZE_TWO, _SIZE_FOUR = Pt(16), Pt(22), Pt(14)


class OfficialPaper:
    """A paper being written from top to bottom; `content()` gives the docx, `pdf()` the same as PDF/A."""

    def __init__(self, title: str, *, author: str, day: date) -> None:
        self._paper: Any = docx.Document()
        self._title, self._author, self._day, self._blocks = title, author, day, list[Block]()
        self._lay_out()
        stamp = datetime.combine(day, time(), UTC)
        about = self._paper.core_properties
        about.title, about.author, about.last_modified_by, about.comments = title, author, author, ""
        about.created = about.modified = stamp
        self._line(title, TITLE, _SIZE_TWO, align=WD_ALIGN_PARAGRAPH.CENTER)

    def sheet(self, title: str) -> None:
        """The next paper of a bundle: a new page with its own title."""
        self._blocks.append({"kind": "sheet", "text": visible(title)})
        self._paper.add_page_break()
        self._line(title, TITLE, _SIZE_TWO, align=WD_ALIGN_PARAGRAPH.CENTER)

    def heading(self, text: str) -> None:
        self._note("heading", text)
        self._line(text, HEADING, _SIZE_THREE, indent=Pt(32))

    def paragraph(self, text: str) -> None:
        self._note("paragraph", text)
        self._line(text, BODY, _SIZE_THREE, indent=Pt(32))

    def addressee(self, text: str) -> None:
        """A line without indent: whom the paper speaks to."""
        self._note("addressee", text)
        self._line(text, BODY, _SIZE_THREE)

    def signature(self, office: str, day: date) -> None:
        """The issuing office and the day, at the right."""
        dated = f"{day.year}年{day.month}月{day.day}日"
        self._blocks.append({"kind": "signature", "office": visible(office), "day": dated})
        for text in ("", office, dated):
            self._line(text, BODY, _SIZE_THREE, align=WD_ALIGN_PARAGRAPH.RIGHT)

    def small(self, text: str) -> None:
        """A line of size four: checkpoints and sources."""
        self._note("small", text)
        self._line(text, SUBHEADING, _SIZE_FOUR)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int] = ()) -> None:
        """A ruled table whose heading repeats on every page; `widths` are the columns' shares, equal where not given."""
        shares = list(widths) or [1] * len(headings)
        told = [[visible(cell) for cell in row] for row in rows]
        self._blocks.append({"kind": "table", "headings": list(headings), "widths": shares, "rows": told})
        grid = "".join(f'<w:gridCol w:w="{_TEXT_WIDTH * share // sum(shares)}"/>' for share in shares)
        lines = [_row(headings, font=HEADING, repeat="<w:trPr><w:tblHeader/></w:trPr>")]
        lines += [_row(row, font=BODY, repeat="") for row in told]
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table = parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
            f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )
        self._paper.element.body.insert(len(self._paper.element.body) - 1, table)

    def picture(self, content: bytes, *, width: int) -> None:
        """A picture in the middle, so many millimetres wide: a code to be read by a phone."""
        paragraph = self._paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width))

    def pdf(self) -> bytes:
        """The same paper as PDF/A. Raises SaidError where typst or a glyph is missing."""
        return typesetting.pdf(self._title, self._blocks, author=self._author, day=self._day)

    def content(self) -> bytes:
        out = io.BytesIO()
        self._paper.save(out)
        return settled(out.getvalue())

    def _note(self, kind: str, text: str) -> None:
        self._blocks.append({"kind": kind, "text": visible(text)})

    def _lay_out(self) -> None:
        page = self._paper.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
        _set_font(self._paper.styles["Normal"], BODY, _SIZE_THREE)
        footer = page.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text, field in (("— ", False), ("PAGE", True), (" —", False)):
            run = footer.add_run("" if field else text)
            _set_font(run, NUMBERS, _SIZE_FOUR)
            if field:
                for part in (
                    '<w:fldChar w:fldCharType="begin"/>',
                    f'<w:instrText xml:space="preserve">{text}</w:instrText>',
                    '<w:fldChar w:fldCharType="end"/>',
                ):
                    run._r.append(parse_xml(part.replace(" ", f" {nsdecls('w')} ", 1)))

    def _line(self, text: str, font: str, size: Pt, *, align: Any = None, indent: Pt | None = None) -> None:
        paragraph = self._paper.add_paragraph()
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28 if size < _SIZE_TWO else 36)
        form.space_before = form.space_after = Pt(0)
        form.first_line_indent = indent
        _set_font(paragraph.add_run(visible(text)), font, size)


def _set_font(owner: Any, font: str, size: Pt) -> None:
    owner.font.size, owner.font.name = size, font
    owner.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _row(cells: Sequence[str], *, font: str, repeat: str) -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="24"/></w:rPr>'
    made = "".join(
        '<w:tc><w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r>{fonts}<w:t xml:space="preserve">{escape(visible(cell))}</w:t></w:r></w:p></w:tc>'
        for cell in cells
    )
    return f"<w:tr>{repeat}{made}</w:tr>"
