"""PDF/A of an official paper: the same words as the docx, the same bytes for the same paper, no glyph left out in silence."""

from datetime import date

import pypdfium2
import pytest

from huigong.documents.official import OfficialPaper
from huigong.values.sentence import SaidError

DAY = date(2017, 8, 28)


def paper(name="韦秀兰"):
    made = OfficialPaper("付款凭证", author="梧州市总工会", day=DAY)
    made.table(("事项", "内容"), [("收款人", name), ("大写", "人民币叁仟元整")], widths=(2, 7))
    made.paragraph("依据集体研究。")
    made.signature("梧州市总工会（盖章）", DAY)
    made.sheet("付款凭证")
    made.addressee("黄桂芳同志：")
    return made


def words_of(content):
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def test_the_pdf_says_what_the_docx_says_page_by_page():
    first, second = words_of(paper().pdf())
    for word in ("付款凭证", "韦秀兰", "叁仟元整", "2017年8月28日", "— 1 —"):
        assert word in first
    assert "黄桂芳同志" in second


def test_it_declares_itself_as_pdf_a_and_is_the_same_bytes_again():
    content = paper().pdf()
    assert b"pdfaid:part" in content
    assert content == paper().pdf()


def test_a_character_that_no_font_has_is_told_and_not_left_out():
    with pytest.raises(SaidError, match="印不出来"):
        paper("𠀀").pdf()
