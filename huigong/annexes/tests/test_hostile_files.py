"""Files that are no forms, broken, or meant to do harm: a clear sentence each, and the reader goes on."""

import io
import os
import resource
import shutil
import struct
import zipfile

import pytest

from huigong.annexes import pool
from huigong.annexes.containers import converted
from huigong.annexes.reading import read
from huigong.annexes.tests.forms import FORM, HEADINGS, ROW, repacked, sheet, text, word, xlsx

CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'


def written(name, content):
    def make(folder):
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def far_cell(folder):
    path = xlsx(folder / "far.xlsx", sheet(ROW))
    with zipfile.ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return repacked(path, add={"xl/worksheets/sheet1.xml": page.replace(b"</sheetData>", cell)})


def many_rows(folder):
    return text(folder / "many.csv", [HEADINGS, *[ROW] * 100_000])


def many_rows_xlsx(folder):
    return xlsx(folder / "many.xlsx", [HEADINGS, *[["x"] * 4] * 100_000])


def bomb(folder):
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return path


def lying_bomb(folder):
    """A member that says it is small and unpacks to far more."""
    path = bomb(folder)
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = content.find(signature, 0)
        while start >= 0:
            if struct.unpack_from("<I", content, start + offset)[0] == 200_000_000:
                struct.pack_into("<I", content, start + offset, 1000)
            start = content.find(signature, start + 4)
    path.write_bytes(content)
    return path


def many_members(folder):
    path = xlsx(folder / "many.xlsx", sheet(ROW))
    return repacked(path, add={f"xl/media/{number}.bin": b"x" for number in range(2500)})


def nested(folder):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"0" * 1_000_000)
    path = folder / "nested.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    return path


def cut(folder, part=0.6):
    path = xlsx(folder / "cut.xlsx", sheet(ROW))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    return path


def with_macro(folder):
    return repacked(xlsx(folder / "macro.xlsx", sheet(ROW)), add={"xl/vbaProject.bin": b"macro"})


def word_with_macro(folder):
    return repacked(word(folder / "macro.docx", [HEADINGS, ROW]), add={"word/vbaProject.bin": b"macro"})


def entities(folder):
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    return repacked(
        word(folder / "laughs.docx", [HEADINGS, ROW]), drop=["word/document.xml"], add={"word/document.xml": laughs}
    )


HTML = "<html><table><tr><td>家长姓名</td></tr></table></html>"
CASES = [
    ("empty file", written("a.xlsx", b""), "empty"),
    ("only spaces", written("a.csv", b" \r\n\t"), "empty"),
    ("web page named xls", written("a.xls", HTML.encode()), "wrong_type"),
    ("web page in utf-16", written("a.xls", HTML.encode("utf-16")), "wrong_type"),
    (
        "spreadsheet in xml",
        written(
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="Excel.Sheet"/>',
        ),
        "wrong_type",
    ),
    ("picture named xlsx", written("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100), "wrong_type"),
    ("photograph", written("a.docx", b"\xff\xd8\xff\xe0" + b"\x00" * 100), "wrong_type"),
    ("pdf", written("a.docx", b"%PDF-1.7 ..."), "wrong_type"),
    ("program", written("a.xls", b"MZ\x90\x00" + b"\x00" * 100), "wrong_type"),
    ("binary rubbish", written("a.csv", bytes(range(256)) * 8), "wrong_type"),
    ("zip in zip", nested, "wrong_type"),
    ("cut workbook", cut, "truncated"),
    ("cut to its first bytes", lambda folder: cut(folder, 0.02), "truncated"),
    ("broken compound file", written("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600), "truncated"),
    ("macros in a workbook", with_macro, "macro"),
    ("macros in a document", word_with_macro, "macro"),
    ("one cell at XFD1048576", far_cell, "too_large"),
    ("100,000 lines", many_rows, "too_large"),
    ("100,000 rows", many_rows_xlsx, "too_large"),
    ("zip bomb", bomb, "too_large"),
    ("zip bomb that lies", lying_bomb, "too_large"),
    ("thousands of members", many_members, "too_large"),
    ("25 MB", written("a.csv", b"a,b,c,d\n" * 3_200_000), "too_large"),
    ("entity expansion", entities, "no_heading"),
    ("a letter", lambda folder: word(folder / "letter.docx", [["您好", "请查收"]]), "no_heading"),
    ("headings and nobody", lambda folder: xlsx(folder / "none.xlsx", sheet()), "no_rows"),
]


@pytest.fixture(scope="module")
def readings(tmp_path_factory):
    folders = [tmp_path_factory.mktemp("file") for _ in CASES]
    paths = [make(folder) for folder, (_, make, _) in zip(folders, CASES, strict=True)]
    return list(pool.read_all(paths, FORM, workers=2))


@pytest.mark.parametrize("number", range(len(CASES)), ids=[name for name, _, _ in CASES])
def test_a_bad_file_gets_one_clear_sentence(readings, number):
    reading = readings[number]
    assert [problem.kind for problem in reading.problems] == [CASES[number][2]]
    assert reading.rows == ()
    assert reading.stopped
    assert all((reading.problems[0].message, reading.problems[0].remedy, reading.problems[0].message_en))


def test_the_same_file_twice_is_read_once(tmp_path):
    first = xlsx(tmp_path / "a.xlsx", sheet(ROW))
    second = tmp_path / "b.xlsx"
    shutil.copy(first, second)
    one, two = pool.read_all([first, second], FORM)
    assert (len(one.rows), two.rows, [problem.kind for problem in two.problems]) == (1, (), ["duplicate"])
    assert "a.xlsx" in two.problems[0].message


def test_a_childs_death_is_one_files_sentence_and_the_next_file_is_read(tmp_path):
    good, stuck = xlsx(tmp_path / "a.xlsx", sheet(ROW)), tmp_path / "pipe"
    os.mkfifo(stuck)
    child = pool._Child(FORM, None)
    try:
        child.send(0, stuck)
        child._process.kill()
        assert [problem.kind for problem in child.receive(stuck).problems] == ["too_large"]
        child.send(1, good)
        assert len(child.receive(good).rows) == 1
    finally:
        child.stop()


def test_a_file_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "SECONDS_PER_FILE", 0.2)
    monkeypatch.setattr(pool, "_doubled", lambda _paths: {})
    good, stuck = xlsx(tmp_path / "a.xlsx", sheet(ROW)), tmp_path / "pipe"
    os.mkfifo(stuck)
    late, _ = pool.read_all([stuck, good], FORM, workers=1)
    assert [problem.kind for problem in late.problems] == ["too_large"]
    assert "时间" in late.problems[0].message


def test_without_a_converter_old_word_gets_its_sentence(tmp_path, monkeypatch):
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 x}")
    monkeypatch.setattr(converted, "converter", lambda: None)
    reading = read(path, FORM)
    assert [problem.kind for problem in reading.problems] == ["converter_missing"]
    assert ".docx" in reading.problems[0].remedy


def test_rows_that_stand_a_million_times_are_refused_before_they_are_made(tmp_path):
    cells = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>' * 12
    names = " ".join(
        f'xmlns:{word}="urn:oasis:names:tc:opendocument:xmlns:{word}:1.0"' for word in ("office", "table", "text")
    )
    path = tmp_path / "form.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
            f'<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000">{cells}</table:table-row>'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [problem.kind for problem in read(path, FORM).problems] == ["too_large"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB
