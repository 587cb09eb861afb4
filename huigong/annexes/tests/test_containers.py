"""The same people come out of every container: workbooks, documents, text, and what hides in them."""

import shutil
import subprocess
import zipfile
from datetime import date

import pytest

from huigong.annexes.reading import read
from huigong.annexes.tests.forms import (
    EXPECTED,
    FORM,
    GROUPS,
    HEADINGS,
    ROW,
    SISTER,
    changed,
    one,
    repacked,
    sheet,
    text,
    word,
    xlsx,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: xlsx(folder / "form.xlsx", sheet(ROW)),
        lambda folder: xlsx(folder / "form.xls", sheet(ROW)),
        lambda folder: text(folder / "form.csv", sheet(ROW)),
        lambda folder: text(folder / "form.csv", sheet(ROW), encoding="utf-8-sig"),
        lambda folder: text(folder / "form.csv", sheet(ROW), encoding="gb18030"),
        lambda folder: text(folder / "form.tsv", sheet(ROW), encoding="utf-16", delimiter="\t"),
        lambda folder: word(folder / "form.docx", [GROUPS + [""] * 4, HEADINGS, ROW]),
    ],
    ids=["xlsx", "xlsx named xls", "csv", "csv with mark", "csv gb18030", "tsv utf-16", "docx"],
)
def test_every_container_gives_the_same_people(tmp_path, make):
    reading = read(make(tmp_path), FORM)
    assert [dict(row.values) for row in reading.rows] == [EXPECTED]
    assert [row.problems for row in reading.rows] == [()]
    assert (reading.unit, reading.filled_on, reading.filler, reading.filler_phone) == (
        "藤县糖业有限公司工会",
        date(2017, 7, 28),
        "陆敏",
        "0774-0000003",
    )


def test_several_tables_and_repeated_headings_are_one_form(tmp_path):
    second = changed(student_name="韦小云", student_id_number=SISTER, student_age="16")
    reading = read(word(tmp_path / "form.docx", [HEADINGS, ROW], [HEADINGS, second, HEADINGS, ROW]), FORM)
    assert [row.number for row in reading.rows] == [1, 2, 3]
    assert reading.rows[1].places["student_name"] == "table 2 row 2 column 8"


def test_hidden_sheets_are_told_and_not_read(tmp_path):
    reading = read(xlsx(tmp_path / "form.xlsx", sheet(ROW), hidden=["旧表"]), FORM)
    assert len(reading.rows) == 1
    assert [(problem.kind, "旧表" in problem.message) for problem in reading.problems] == [("hidden_sheet", True)]
    assert not reading.has_errors


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_merged_parents_of_an_opendocument_sheet_hold_for_both_children(tmp_path):
    sister = changed(student_name="韦小雪", student_age="16", student_id_number=SISTER)
    for column in (0, 1, 3, 4, 5, 6):
        sister[column] = ""
    first = len(sheet()) - 1
    path = xlsx(
        tmp_path / "form.xlsx", sheet(ROW, sister), merges=[(first, c, first + 1, c) for c in (0, 1, 3, 4, 5, 6)]
    )
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "ods",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    rows = read(tmp_path / "form.ods", FORM).rows
    assert [(row.values["parent_name"], row.values["student_name"]) for row in rows] == [
        ("韦秀兰", "韦小雨"),
        ("韦秀兰", "韦小雪"),
    ]
    assert [row.problems for row in rows] == [(), ()]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_a_character_needs_no_mark(tmp_path, encoding):
    path = text(tmp_path / "form.tsv", sheet(ROW), encoding=encoding, delimiter="\t")
    assert dict(one(path).values) == EXPECTED


def test_a_workbook_with_nothing_in_it_is_empty(tmp_path):
    assert [problem.kind for problem in read(xlsx(tmp_path / "form.xlsx", []), FORM).problems] == ["empty"]


def _document(path, old, new):
    """The document with a stretch of its markup replaced."""
    with zipfile.ZipFile(path) as archive:
        markup = archive.read("word/document.xml").decode()
    assert old in markup
    return repacked(path, add={"word/document.xml": markup.replace(old, new, 1).encode()}, drop=["word/document.xml"])


def test_text_that_was_moved_away_is_not_read(tmp_path):
    path = word(tmp_path / "form.docx", [HEADINGS, ROW])
    moved = '<w:t>韦小雨</w:t></w:r><w:moveFrom w:id="1" w:author="a"><w:r><w:t>旧名</w:t></w:r></w:moveFrom><w:r>'
    assert one(_document(path, "<w:t>韦小雨</w:t></w:r>", moved + "</w:r>")).values["student_name"] == "韦小雨"


def test_a_table_in_a_text_box_is_read_once(tmp_path):
    path = word(tmp_path / "form.docx", [HEADINGS, ROW])
    with zipfile.ZipFile(path) as archive:
        markup = archive.read("word/document.xml").decode()
    table = markup[markup.index("<w:tbl>") : markup.index("</w:tbl>") + len("</w:tbl>")]
    box = f'<w:txbxContent xmlns:w="{W}">{table}</w:txbxContent>'
    both = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>'
    )
    assert one(_document(path, table, both)).values["student_name"] == "韦小雨"
