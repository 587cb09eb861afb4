"""What people write into the cells of a form, each value with its place; and the sample forms, cell by cell."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from huigong.annexes.reading import read
from huigong.annexes.tests.forms import (
    CHILD,
    EXPECTED,
    FORM,
    HEADINGS,
    PARENT,
    ROW,
    SISTER,
    changed,
    one,
    sheet,
    xlsx,
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
        ("student_name", "韦" + "\u0301" * 4000, "marks_piled", "error", None),
        ("parent_name", "韦秀兰" + "\u0489\u200d" * 3, "marks_piled", "error", None),
        ("hardship_cause", "大" + "\u0301" * 3 + "病", "marks_piled", "error", None),
        ("student_name", "韦" * 51, "too_long", "error", None),
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


def test_a_telephone_ends_where_the_next_cell_begins(tmp_path):
    rows = [HEADINGS, ROW, ["单位：藤县糖业有限公司工会", "填表人：陆敏", "电话：0774-6000003", "2017年7月28日"]]
    assert read(xlsx(tmp_path / "form.xlsx", rows), FORM).filler_phone == "0774-6000003"


def test_a_small_summary_below_the_form_is_nobody(tmp_path):
    summary = [["类别", "人数", "金额"], ["高中", "1", "1500"], ["大学", "2", "6000"]]
    assert one(xlsx(tmp_path / "form.xlsx", [*sheet(ROW), [""], *summary])).values["student_name"] == "韦小雨"


@pytest.mark.parametrize(("received", "kinds"), [(date(2017, 8, 5), []), (date(2018, 8, 5), ["other_year"])])
def test_a_form_dated_in_another_year_is_told(tmp_path, received, kinds):
    reading = read(xlsx(tmp_path / "form.xlsx", sheet(ROW)), FORM, received_on=received)
    assert ([problem.kind for problem in reading.problems], len(reading.rows)) == (kinds, 1)
