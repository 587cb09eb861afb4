"""Forms as offices send them, in every container: the same people come out, each value with its place."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from huigong.annexes.reading import read
from huigong.annexes.tests.forms import (
    CHILD,
    FOOT,
    FORM,
    GROUPS,
    HEADINGS,
    PARENT,
    ROW,
    SISTER,
    TITLE,
    changed,
    repacked,
    sheet,
    text,
    word,
    xlsx,
)

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


def one(path, **options):
    reading = read(path, FORM, **options)
    assert len(reading.rows) == 1, (reading.problems, reading.rows)
    return reading.rows[0]


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


def test_columns_in_any_order_with_other_words_and_a_serial_number(tmp_path):
    headings = [
        "序号",
        "受助学生姓名",
        "学生\n性别",
        "学生年龄（岁）",
        "受助学生身份证号",
        "录取时间及学校",
        "优惠证号",
        "监护人姓名",
        "与学生关系",
        "致困原因",
        "家庭人均年收入(万元)",
        "家长身份证号",
        "手 机 号 码",
    ]
    row = [
        1,
        "韦小雨",
        "女",
        18.0,
        CHILD,
        "2017.8 广西大学",
        "梧困201600017",
        "韦秀兰",
        "母女",
        "因病致困",
        0.73,
        PARENT,
        "138-0000-0000",
    ]
    assert dict(one(xlsx(tmp_path / "form.xlsx", sheet(row, headings=headings, groups=None))).values) == EXPECTED


def test_bare_headings_are_told_apart_by_the_level_above(tmp_path):
    groups = ["序号", "家长情况", "", "", "", "", "学生情况"]
    headings = ["", "姓名", "身份证号", "联系电话", "人均年收入", "困难原因", "姓名", "性别", "身份证号", "录取学校"]
    row = [1, "韦秀兰", PARENT, "13800000000", "7300", "因病致困", "韦小雨", "女", CHILD, "广西大学"]
    values = one(
        xlsx(
            tmp_path / "form.xlsx",
            [["单位：某厂工会"], groups, headings, row],
            merges=[(1, 0, 2, 0), (1, 1, 1, 5), (1, 6, 1, 9)],
        )
    ).values
    assert (values["parent_name"], values["student_name"], values["parent_id_number"], values["student_id_number"]) == (
        "韦秀兰",
        "韦小雨",
        PARENT,
        CHILD,
    )


def test_examples_totals_numbers_and_footers_are_no_people(tmp_path):
    rows = [
        list(range(1, 13)),
        ["例", "张三", "父子", "因病", "3000", PARENT, "13800000000", "张小三", "男", "18", CHILD, "广西大学"],
        ROW,
        [""] * 12,
        ["合计", "1人"],
        ["备注：本表一式三份"],
    ]
    assert one(xlsx(tmp_path / "form.xlsx", sheet(*rows))).values["student_name"] == "韦小雨"


def test_a_parents_cells_merged_over_siblings_hold_for_both(tmp_path):
    second = [""] * 7 + ["韦小云", "女", "16", SISTER, "2016年9月被藤县第一中学录取"]
    path = xlsx(tmp_path / "form.xlsx", sheet(ROW, second), merges=[(4, column, 5, column) for column in range(7)])
    reading = read(path, FORM)
    assert [(row.values["parent_name"], row.values["student_name"]) for row in reading.rows] == [
        ("韦秀兰", "韦小雨"),
        ("韦秀兰", "韦小云"),
    ]
    assert reading.rows[1].places["parent_name"] == "登记表!B5"


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


WRONG = CHILD[:16] + str((int(CHILD[16]) + 2) % 10) + CHILD[17]


@pytest.mark.parametrize(
    ("field", "written", "kind", "severity", "value"),
    [
        ("student_id_number", WRONG, "id_checksum", "error", WRONG),
        ("student_id_number", float(CHILD[:17] + "0"), "id_precision_lost", "error", None),
        ("parent_id_number", "4.50422E+17", "id_precision_lost", "error", None),
        ("parent_id_number", "", "missing", "error", None),
        ("annual_income_per_capita", "低保", "not_a_number", "error", None),
        ("student_gender", "男", "gender_mismatch", "look", "male"),
        ("student_age", "25", "age_mismatch", "look", 25),
        ("parent_id_number", SISTER, "parent_too_young", "look", SISTER),
        ("phone", "1380000000", "phone_invalid", "look", "1380000000"),
    ],
)
def test_a_mistake_is_named_with_its_cell_and_a_remedy(tmp_path, field, written, kind, severity, value):
    row = one(xlsx(tmp_path / "form.xlsx", sheet(changed(**{field: written}))))
    assert [(problem.field, problem.kind, problem.severity) for problem in row.problems] == [(field, kind, severity)]
    problem = row.problems[0]
    assert row.values[field] == value
    assert problem.cell == f"登记表!{'ABCDEFGHIJKL'[[f.name for f in FORM.printed].index(field)]}5"
    assert all((problem.message, problem.remedy, problem.message_en, problem.remedy_en))


def test_an_identity_number_never_stands_in_a_sentence(tmp_path):
    row = one(xlsx(tmp_path / "form.xlsx", sheet(changed(student_id_number=WRONG, parent_id_number=SISTER))))
    assert all(WRONG not in problem.message + problem.message_en for problem in row.problems)


def test_the_command_prints_one_array_and_tells_errors_by_its_exit_code(tmp_path):
    good, bad = xlsx(tmp_path / "good.xlsx", sheet(ROW)), tmp_path / "bad.xlsx"
    bad.write_bytes(b"")
    command = [sys.executable, "-m", "huigong", "forms", "read", "--json"]
    ok = subprocess.run([*command, str(good)], capture_output=True, text=True, check=False)
    both = subprocess.run([*command, str(bad), str(good)], capture_output=True, text=True, check=False)
    absent = subprocess.run([*command, str(tmp_path / "none.xlsx")], capture_output=True, text=True, check=False)
    assert (ok.returncode, both.returncode, absent.returncode) == (0, 1, 2)
    assert [Path(entry["file"]).name for entry in json.loads(both.stdout)] == ["bad.xlsx", "good.xlsx"]
    assert json.loads(ok.stdout)[0]["rows"][0] == {"row": 1, **EXPECTED, "problems": []}


SAMPLES = Path(os.environ.get("HUIGONG_SAMPLES") or Path(__file__).resolve().parents[4] / "shared" / "samples")


@pytest.mark.skipif(
    not (SAMPLES / "check_forms.py").exists(),
    reason="样表不在旁边（HUIGONG_SAMPLES）/ the sample forms are not beside the checkout",
)
@pytest.mark.skipif(
    not shutil.which("soffice"),
    reason="没有 LibreOffice，读不了 .doc 样表 / LibreOffice is missing, so the .doc sample cannot be read",
)
def test_the_sample_forms_are_read_right(tmp_path):
    forms = sorted(path for path in (SAMPLES / "forms-2017").iterdir() if path.suffix != ".json")
    read_ = subprocess.run(
        [sys.executable, "-m", "huigong", "forms", "read", "--json", *map(str, forms)],
        capture_output=True,
        text=True,
        check=False,
    )
    (tmp_path / "out.json").write_text(read_.stdout)
    judged = subprocess.run(
        [
            sys.executable,
            str(SAMPLES / "check_forms.py"),
            str(tmp_path / "out.json"),
            str(SAMPLES / "forms-2017" / "truth.json"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout


def test_a_parents_own_sex_column_does_not_swap_the_two_identity_numbers(tmp_path):
    headings = [
        "家长姓名",
        "性别",
        "身份证号",
        "联系电话",
        "人均年收入",
        "学生姓名",
        "性别",
        "年龄",
        "身份证号",
        "录取学校",
        "录取时间",
    ]
    row = ["韦秀兰", "女", PARENT, "13800000000", "7300", "韦小雨", "女", "18", CHILD, "广西大学", "2017.8"]
    found = one(xlsx(tmp_path / "form.xlsx", [["单位", "藤县糖业有限公司工会"], headings, row])).values
    assert (found["parent_id_number"], found["student_id_number"]) == (PARENT, CHILD)
    assert found["student_gender"] == "female"


def test_a_currency_is_no_unit_and_a_label_may_lack_its_colon(tmp_path):
    rows = [
        ["单位：元"],
        ["填报单位", "藤县糖业有限公司工会"],
        HEADINGS,
        ROW,
        ["填表人", "陆敏", "联系电话", "0774-0000003"],
    ]
    reading = read(xlsx(tmp_path / "form.xlsx", rows), FORM)
    assert (reading.unit, reading.filler, reading.filler_phone) == ("藤县糖业有限公司工会", "陆敏", "0774-0000003")


@pytest.mark.parametrize("mark", ["同上", "〃", " ” "])
def test_ditto_stands_for_the_cell_above(tmp_path, mark):
    sister = changed(
        certificate_no=mark,
        parent_name=mark,
        hardship_cause=mark,
        annual_income_per_capita=mark,
        parent_id_number=mark,
        phone=mark,
        student_name="韦小雪",
        student_age="16",
        student_id_number=SISTER,
    )
    rows = read(xlsx(tmp_path / "form.xlsx", sheet(ROW, sister)), FORM).rows
    assert [row.problems for row in rows] == [(), ()]
    assert (rows[1].values["parent_name"], rows[1].values["parent_id_number"]) == ("韦秀兰", PARENT)
    assert rows[1].values["annual_income_per_capita"] == 7300


def test_headings_in_traditional_characters_are_understood(tmp_path):
    headings = [
        "困難職工優惠證編號",
        "家長姓名",
        "與被資助學生關係",
        "困難原因",
        "家庭年人均收入",
        "身份證號碼",
        "聯繫電話",
        "學生姓名",
        "性別",
        "年齡",
        "學生身份證號碼",
        "何時被何學校錄取",
    ]
    assert dict(one(xlsx(tmp_path / "form.xlsx", sheet(ROW, headings=headings, groups=None))).values) == EXPECTED


def test_labels_spread_out_to_look_even_are_read(tmp_path):
    rows = [
        ["单　位：藤县糖业有限公司工会（公章）"],
        HEADINGS,
        ROW,
        ["填 表 人：陆敏", "", "联 系 电 话：0774-0000003"],
    ]
    reading = read(xlsx(tmp_path / "form.xlsx", rows), FORM)
    assert (reading.unit, reading.filler, reading.filler_phone) == ("藤县糖业有限公司工会", "陆敏", "0774-0000003")


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


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        (
            "student_id_number",
            "学生身份证号码（18位，须与户口本一致，请设为文本格式后填写，不得空格，末位X用大写字母，逐位核对）",
        ),
        ("phone", "联系电话（如13800000000）"),
        ("student_age", "⑩年龄"),
    ],
)
def test_notes_inside_a_heading_leave_it_a_heading(tmp_path, field, heading):
    headings = [heading if printed.name == field else printed.heading for printed in FORM.printed]
    assert dict(one(xlsx(tmp_path / "form.xlsx", sheet(ROW, headings=headings, groups=None))).values) == EXPECTED


def test_a_parents_sex_and_age_are_not_the_students(tmp_path):
    named = {"student_gender": "家长性别", "student_age": "家长年龄"}
    headings = [named.get(printed.name, printed.heading) for printed in FORM.printed]
    row = changed(student_gender="男", student_age="47")
    values = one(xlsx(tmp_path / "form.xlsx", sheet(row, headings=headings, groups=None)))
    assert (values.values["student_gender"], values.values["student_age"], values.problems) == (None, None, ())


def test_a_telephone_ends_where_the_next_cell_begins(tmp_path):
    rows = [HEADINGS, ROW, ["单位：藤县糖业有限公司工会", "填表人：陆敏", "电话：0774-6000003", "2017年7月28日"]]
    assert read(xlsx(tmp_path / "form.xlsx", rows), FORM).filler_phone == "0774-6000003"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_a_character_needs_no_mark(tmp_path, encoding):
    path = text(tmp_path / "form.tsv", sheet(ROW), encoding=encoding, delimiter="\t")
    assert dict(one(path).values) == EXPECTED


def test_a_workbook_with_nothing_in_it_is_empty(tmp_path):
    assert [problem.kind for problem in read(xlsx(tmp_path / "form.xlsx", []), FORM).problems] == ["empty"]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


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


def test_a_heading_broken_over_two_rows_is_put_together(tmp_path):
    top = [
        "优惠证",
        "家长",
        "与被资助",
        "困难",
        "家庭年",
        "身份证",
        "联系",
        "学生",
        "性",
        "年",
        "学生身份证",
        "何时被何",
    ]
    bottom = ["编号", "姓名", "学生关系", "原因", "人均收入", "号码", "电话", "姓名", "别", "龄", "号码", "学校录取"]
    assert dict(one(xlsx(tmp_path / "form.xlsx", [*TITLE, top, bottom, ROW, *FOOT])).values) == EXPECTED


def test_time_and_school_under_one_word_are_when_and_where(tmp_path):
    top = ["家长", "", "", "学生", "", "录取情况", ""]
    bottom = ["姓名", "身份证号", "人均年收入", "姓名", "身份证号", "时间", "学校"]
    row = ["韦秀兰", PARENT, "7300", "韦小雨", CHILD, "2017.8", "广西大学"]
    merges = [(0, 0, 0, 2), (0, 3, 0, 4), (0, 5, 0, 6)]
    values = one(xlsx(tmp_path / "form.xlsx", [top, bottom, row], merges=merges)).values
    assert (values["admitted_on"], values["school"]) == ("2017-08", "广西大学")


def test_a_row_of_data_is_not_put_together_with_the_heading(tmp_path):
    """A student whose numbers are all missing stands right under a heading of one level."""
    bare = changed(certificate_no="", parent_id_number="", phone="", student_id_number="", annual_income_per_capita="")
    rows = read(xlsx(tmp_path / "form.xlsx", sheet(bare, ROW, groups=None)), FORM).rows
    assert len(rows) == 2


def test_who_filled_it_in_is_no_person_under_a_column_of_names(tmp_path):
    order = [7, 5, 1, 10, *(column for column in range(12) if column not in {7, 5, 1, 10})]
    rows = [[row[column] for column in order] for row in (HEADINGS, ROW, changed(student_name="注丽"))]
    reading = read(xlsx(tmp_path / "form.xlsx", [*rows, ["填表人：陆敏", "", "", "联系电话：0774-0000003"]]), FORM)
    assert [row.values["student_name"] for row in reading.rows] == ["韦小雨", "注丽"]
    assert (reading.filler, reading.filler_phone) == ("陆敏", "0774-0000003")


def test_a_small_summary_below_the_form_is_nobody(tmp_path):
    summary = [["类别", "人数", "金额"], ["高中", "1", "1500"], ["大学", "2", "6000"]]
    assert one(xlsx(tmp_path / "form.xlsx", [*sheet(ROW), [""], *summary])).values["student_name"] == "韦小雨"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["单位（盖章）", "藤县糖业有限公司工会"], ["填表人（签字）：陆敏", "联系电话：0774-0000003"]),
        (["工会名称：藤县糖业有限公司工会"], ["填表人（签名）", "陆敏", "电话", "0774-0000003"]),
    ],
)
def test_a_label_may_have_a_remark_in_brackets(tmp_path, above, below):
    reading = read(xlsx(tmp_path / "form.xlsx", [above, HEADINGS, ROW, below]), FORM)
    assert (reading.unit, reading.filler, reading.filler_phone) == ("藤县糖业有限公司工会", "陆敏", "0774-0000003")
