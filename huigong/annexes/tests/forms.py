"""Small filled forms, made on the spot with invented people."""

import csv
import io
import zipfile
from pathlib import Path

import docx
import xlsxwriter

from huigong.annexes import definition
from huigong.annexes.reading import read
from huigong.values.resident_id import check_digit

SHIPPED = Path(__file__).resolve().parents[3] / "circulars" / "2017-wuzhou-21" / "annex-1.toml"
FORM = definition.from_file(SHIPPED)
HEADINGS = [field.heading for field in FORM.printed]


def number(first_seventeen):
    return first_seventeen + check_digit(first_seventeen)


PARENT, CHILD, SISTER = number("45042219700101002"), number("45042219990101002"), number("45042220010305002")
ROW = [
    "梧困201600017",
    "韦秀兰",
    "母女",
    "因病致困",
    "7300",
    PARENT,
    "13800000000",
    "韦小雨",
    "女",
    "18",
    CHILD,
    "2017年8月被广西大学录取",
]
TITLE = [["申请金秋助学困难职工子女情况登记表"], ["单位：藤县糖业有限公司工会", *[""] * 9, "2017 年 7 月 28 日"]]
GROUPS = ["被资助对象家庭情况", *[""] * 6, "被资助学生情况"]
FOOT = [["填表人：陆敏", "", "", "", "联系电话：0774-0000003"]]


EXPECTED = {
    "certificate_no": "梧困201600017",
    "parent_name": "韦秀兰",
    "relationship": "母女",
    "hardship_cause": "因病致困",
    "annual_income_per_capita": 7300,
    "parent_id_number": PARENT,
    "phone": "13800000000",
    "student_name": "韦小雨",
    "student_gender": "female",
    "student_age": 18,
    "student_id_number": CHILD,
    "admitted_on": "2017-08",
    "school": "广西大学",
}


def changed(**values):
    """The row of 韦小雨 with some cells changed, by field name."""
    names = [field.name for field in FORM.printed]
    return [values.get(name, value) for name, value in zip(names, ROW, strict=True)]


def sheet(*rows, headings=HEADINGS, groups=GROUPS):
    return [*TITLE, *([groups] if groups else []), headings, *rows, *FOOT]


def xlsx(path, rows, *, name="登记表", hidden=(), merges=()):
    book = xlsxwriter.Workbook(path)
    for title, visible in [(name, True), *((title, False) for title in hidden)]:
        page = book.add_worksheet(title)
        for r, row in enumerate(rows if visible else [["另一张"]]):
            for c, value in enumerate(row):
                if value != "":
                    (page.write_number if isinstance(value, int | float) else page.write_string)(r, c, value)
        for merge in merges if visible else ():
            page.merge_range(*merge, rows[merge[0]][merge[1]])
        if not visible:
            page.hide()
    book.close()
    return path


def text(path, rows, *, encoding="utf-8", delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def word(
    path,
    *tables,
    lines=("单位：藤县糖业有限公司工会     2017 年 7 月 28 日",),
    after=("填表人：陆敏    联系电话：0774-0000003",),
):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    for rows in tables:
        table = document.add_table(len(rows), max(map(len, rows)))
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                table.cell(r, c).text = str(value)
        document.add_paragraph("")
    for line in after:
        document.add_paragraph(line)
    document.save(path)
    return path


def repacked(path, *, add=None, drop=()):
    """The same package with members added or left out."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name not in drop}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members | (add or {})).items():
            archive.writestr(name, content)
    return path


def one(path, **options):
    reading = read(path, FORM, **options)
    assert len(reading.rows) == 1, (reading.problems, reading.rows)
    return reading.rows[0]
