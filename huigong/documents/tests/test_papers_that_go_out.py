"""Workbooks and official papers: the same content is the same bytes, and nothing typed becomes a formula."""

import io
import zipfile
from datetime import date

import docx
import openpyxl

from huigong.documents.official import OfficialPaper
from huigong.documents.workbooks import Sheet, Yuan, workbook

DAY = date(2017, 8, 14)


def a_paper():
    paper = OfficialPaper("公示", author="梧州市总工会（示例）", day=DAY)
    paper.paragraph("现予公示。")
    paper.table(["单位", "金额"], [["<甲>&乙", "3,000"]])
    paper.signature("梧州市总工会（示例）", DAY)
    return paper.content()


def a_workbook():
    return workbook([Sheet("表", ["名称", "元"], [["=1+1", Yuan(123_456)]], notes=["注"])], title="表", day=DAY)


def test_the_same_paper_is_the_same_bytes():
    assert a_paper() == a_paper()
    assert a_workbook() == a_workbook()


def test_a_paper_is_laid_out_as_official_ones_are():
    paper = docx.Document(io.BytesIO(a_paper()))
    assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["<甲>&乙", "3,000"]
    assert round(paper.sections[0].top_margin.mm) == 37
    with zipfile.ZipFile(io.BytesIO(a_paper())) as parts:
        assert "方正小标宋简体" in parts.read("word/document.xml").decode()


def test_what_somebody_typed_is_never_a_formula():
    page = openpyxl.load_workbook(io.BytesIO(a_workbook())).active
    assert (page["A2"].value, page["A2"].data_type, page["B2"].value) == ("=1+1", "s", 1234.56)
