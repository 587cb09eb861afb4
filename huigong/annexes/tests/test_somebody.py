"""Nobody drops out of a form without a word: whatever a row begins with, wherever it stands, it is read or told by its place."""

import openpyxl
import pytest

from huigong.annexes.reading import read
from huigong.annexes.tests.forms import CHILD, FORM, HEADINGS, ROW, SISTER, changed, sheet, text, word, xlsx

NAMES = [field.name for field in FORM.printed]
SECOND = changed(student_name="韦小雪", student_age="16", student_id_number=SISTER)


def people(path):
    reading = read(path, FORM)
    assert not reading.problems, reading.problems
    return [row.values["student_name"] for row in reading.rows]


@pytest.mark.parametrize(
    "cause",
    [
        "单位破产",
        "单位停产、下岗",
        "注销企业",
        "说明见附页",
        "累计欠债8万",
        "总计负债大",
        "单位：破产",
        "一、大病",
        "备注",
    ],
)
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("numbers", [True, False])
def test_a_cause_that_begins_like_a_footer_or_a_total_drops_nobody(tmp_path, cause, first, numbers):
    lost = {} if numbers else {"parent_id_number": "", "student_id_number": ""}
    row = changed(hardship_cause=cause, certificate_no="", **lost)
    order = [3, 0, 1, 2, *range(4, 12)] if first else range(12)
    rows = [[line[column] for column in order] for line in (ROW, row)]
    path = xlsx(tmp_path / "form.xlsx", sheet(*rows, headings=[HEADINGS[column] for column in order], groups=None))
    assert people(path) == ["韦小雨", "韦小雨"]


@pytest.mark.parametrize("beside", ["单位食堂", "注塑车间", "一、", "（一）", "审核人"])
def test_a_column_before_the_form_drops_nobody(tmp_path, beside):
    rows = sheet([beside, *ROW], headings=["所在部门", *HEADINGS], groups=None)
    assert people(xlsx(tmp_path / "form.xlsx", rows)) == ["韦小雨"]


def test_two_names_alone_are_a_person(tmp_path):
    row = [value if name in {"parent_name", "student_name"} else "" for name, value in zip(NAMES, ROW, strict=True)]
    assert people(xlsx(tmp_path / "form.xlsx", sheet(ROW, row))) == ["韦小雨", "韦小雨"]


def test_names_of_who_filled_it_in_are_nobody(tmp_path):
    rows = [
        ["合计", "5户", *[""] * 5, "8人"],
        ["审核人", "陆敏", *[""] * 5, "填表人"],
        ["", "家长签字", *[""] * 5, "学生签字"],
        ["单位负责人：陆敏", *[""] * 6, "填表人：黄丽"],
    ]
    assert people(xlsx(tmp_path / "form.xlsx", sheet(ROW, *rows))) == ["韦小雨"]


def _with_second_sheet(path, *rows, at=1):
    book = openpyxl.load_workbook(xlsx(path, sheet(ROW)))
    page = book.create_sheet("续表")
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, at):
            if value != "":
                page.cell(r, c, value)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "row",
    [SECOND, SECOND[:11], [*SECOND, "低保"], ["", *SECOND[1:]]],
    ids=["same", "narrower", "wider", "further right"],
)
def test_a_second_sheet_without_a_heading_goes_on_whatever_its_width(tmp_path, row):
    assert people(_with_second_sheet(tmp_path / "form.xlsx", row)) == ["韦小雨", "韦小雪"]


def test_a_second_sheet_of_another_order_is_told_by_its_place(tmp_path):
    reading = read(_with_second_sheet(tmp_path / "form.xlsx", ["韦小雪", SISTER], ["韦小雨", CHILD]), FORM)
    assert (len(reading.rows), [problem.kind for problem in reading.problems]) == (1, ["rows_unread"])
    assert "续表!B1、续表!B2（共2行）" in reading.problems[0].message
    assert reading.has_errors
    assert not reading.stopped


def test_somebody_above_the_heading_or_on_top_of_an_example_is_told(tmp_path):
    above = read(xlsx(tmp_path / "above.xlsx", [SECOND, *sheet(ROW)]), FORM)
    assert "登记表!F1" in above.problems[0].message
    over = read(xlsx(tmp_path / "over.xlsx", sheet(["例", *SECOND[1:]], ROW)), FORM)
    assert "登记表!F5" in over.problems[0].message
    made_up = changed(
        certificate_no="例", parent_id_number="450400197001010011", student_id_number="450400199901010011"
    )
    assert people(xlsx(tmp_path / "made_up.xlsx", sheet(made_up, ROW))) == ["韦小雨"]


def test_in_documents_and_text_files_the_row_is_named_too(tmp_path):
    document = read(word(tmp_path / "form.docx", [HEADINGS, ROW], [["韦小雪", SISTER]]), FORM)
    assert "table 2 row 1 column 2" in document.problems[0].message
    lines = read(text(tmp_path / "form.csv", [["韦小雪", SISTER], *sheet(ROW)]), FORM)
    assert "line 1 column 2" in lines.problems[0].message


def test_the_number_of_who_filled_the_form_in_is_no_row_that_was_lost(tmp_path):
    assert people(xlsx(tmp_path / "form.xlsx", [*sheet(ROW), [f"填表人：陆敏　身份证号：{CHILD}"]])) == ["韦小雨"]


@pytest.mark.parametrize("cell", ['"下岗', '"', '""下岗', '下"岗', '"下岗"职工'])
@pytest.mark.parametrize("times", [1, 2])
def test_a_quotation_mark_that_is_no_quotation_swallows_nobody(tmp_path, cell, times):
    rows = [
        [line[0], line[1], line[2], cell if n < times else "因病，长期", *line[4:]] for n, line in enumerate([ROW] * 4)
    ]
    path = tmp_path / "form.csv"
    path.write_text("\n".join(",".join(line) for line in [HEADINGS, ["例"], *rows]), encoding="utf-8")
    assert people(path) == ["韦小雨"] * 4


def test_marks_of_repetition_in_a_text_file_stand_for_the_cell_above(tmp_path):
    path = tmp_path / "form.csv"
    same = [*SECOND[:3], '"', '"', *SECOND[5:]]
    path.write_text("\n".join(",".join(line) for line in [HEADINGS, ROW, same, same]), encoding="utf-8")
    rows = read(path, FORM).rows
    assert [(row.values["hardship_cause"], row.values["annual_income_per_capita"]) for row in rows] == [
        ("因病致困", 7300)
    ] * 3


def test_a_quoted_cell_may_hold_line_breaks_and_commas(tmp_path):
    row = changed(hardship_cause="因病\n致困,长期", annual_income_per_capita="7,300")
    reading = read(text(tmp_path / "form.csv", sheet(row, ROW)), FORM)
    assert [row.values["annual_income_per_capita"] for row in reading.rows] == [7300, 7300]
    assert reading.rows[1].places["phone"] == "line 7 column 7"


@pytest.mark.parametrize(
    ("second", "kinds"),
    [
        ("单位：梧州港务公司工会", ["two_units"]),
        ("单位：藤县糖业有限公司", []),
        ("单位：藤县糖业工会委员会", []),
        ("单位：", []),
        ("单位：元", []),
        ("推荐单位：藤县总工会", []),
    ],
)
def test_rows_of_a_second_unit_are_not_given_to_the_first(tmp_path, second, kinds):
    reading = read(xlsx(tmp_path / "form.xlsx", [*sheet(ROW), [second], HEADINGS, SECOND]), FORM)
    assert ([problem.kind for problem in reading.problems], len(reading.rows)) == (kinds, 0 if kinds else 2)
    assert reading.stopped == bool(kinds)
