"""`huigong forms blank`: the circular's own form, empty without a database, prefilled out of the household files."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from huigong import commands
from huigong.registry.actions import import_workbook
from huigong.registry.tests.workbooks import CHILD, HUSBAND, WORKER, household, member, number, workbook
from huigong.registry.workbook import read_workbook

CIRCULARS = Path(settings.BASE_DIR) / "circulars"
UNIT = "藤县糖业有限公司工会"


@pytest.fixture
def files(city, tmp_path, at):
    leaves = member(姓名="韦小山", 身份证号码=number("45042220000305001"))
    stays = member(入学年份=2098)  # at school whenever this test runs
    reading = read_workbook(workbook(tmp_path / "registry.xlsx", [household()], [HUSBAND, leaves, stays]))
    import_workbook(reading, city=city, officer="system", at=at)


def blank(path, *words):
    return commands.main(["forms", "blank", "--out", str(path), "--format", path.suffix[1:], *words])


def read(path, capsys):
    capsys.readouterr()
    code = commands.main(["forms", "read", str(path), "--json"])
    return code, json.loads(capsys.readouterr().out)[0]


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_a_prefilled_form_is_read_back_with_only_the_school_to_fill_in(files, tmp_path, capsys, suffix):
    path = tmp_path / f"form.{suffix}"
    assert blank(path, "--unit", UNIT, "--prefill") == 0
    code, told = read(path, capsys)
    assert (code, told["unit"]) == (1, UNIT)
    assert [(row["student_name"], row["relationship"], row["school"]) for row in told["rows"]] == [
        ("韦小山", "母子", None),
        ("韦小雨", "母女", "藤县第一中学"),
    ]
    errors = [(row["row"], fault["field"], fault["kind"]) for row in told["rows"] for fault in row["problems"]]
    assert errors == [(1, "school", "missing")]
    assert (told["rows"][1]["parent_id_number"], told["rows"][1]["student_id_number"]) == (WORKER, CHILD)


def test_identity_numbers_are_text_cells(files, tmp_path):
    blank(tmp_path / "form.xlsx", "--unit", UNIT, "--prefill")
    page = openpyxl.load_workbook(tmp_path / "form.xlsx")["登记表"]
    numbers = [cell for row in page.iter_rows() for cell in row if cell.value in {WORKER, CHILD}]
    assert {(cell.data_type, cell.number_format) for cell in numbers} == {("s", "@")}


def test_prefilling_needs_a_unit_and_files(files, tmp_path, capsys):
    assert blank(tmp_path / "form.xlsx", "--prefill") == 2
    assert blank(tmp_path / "form.xlsx", "--unit", "没有的厂工会", "--prefill") == 1
    assert "没有的厂工会" in capsys.readouterr().err
    assert not (tmp_path / "form.xlsx").exists()


def test_the_form_is_the_one_that_the_circular_names(tmp_path, capsys):
    own = shutil.copytree(CIRCULARS / "2017-wuzhou-21", tmp_path / "own")
    form = (own / "annex-1.toml").rename(own / "our-form.toml")
    form.write_text(form.read_text("utf-8").replace('heading = "困难原因"', 'heading = "家里有何困难"', 1), "utf-8")
    circular = own / "circular.toml"
    circular.write_text(circular.read_text("utf-8").replace('"annex-1.toml"', '"our-form.toml"'), "utf-8")
    assert blank(tmp_path / "new" / "form.xlsx", "--circular", str(own)) == 0
    page = openpyxl.load_workbook(tmp_path / "new" / "form.xlsx")["登记表"]
    assert "家里有何困难" in {cell.value for cell in page[4]}


def test_a_circular_without_a_form_says_so(tmp_path, capsys):
    assert blank(tmp_path / "form.xlsx", "--circular", str(CIRCULARS / "2019-wuzhou")) == 1
    assert "没有登记表" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["forms", "read", "x.xlsx"], False),
        (["forms", "blank", "--out", "x.xlsx"], False),
        (["forms", "blank", "--prefill", "--unit", "x", "--out", "x.xlsx"], True),
        (["circular", "check", "x"], False),
        (["registry", "import", "x"], True),
    ],
)
def test_only_what_asks_the_files_wants_the_database(words, wanted):
    assert commands.wants_database(words) is wanted


def test_an_empty_form_is_written_where_there_is_no_installation(tmp_path):
    """In a process of its own: neither data nor keys are made, and no model is imported."""
    asked = (
        "import sys; from huigong import commands;"
        f"code = commands.main(['forms', 'blank', '--out', {str(tmp_path / 'form.xlsx')!r}]);"
        "sys.exit(code or any(name.endswith('.models') for name in sys.modules if name.startswith('huigong')))"
    )
    home = {"HUIGONG_HOME": str(tmp_path / "none"), "HUIGONG_KEYS": str(tmp_path / "keys"), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", asked], env=home, cwd=settings.BASE_DIR, check=False, timeout=60)
    assert done.returncode == 0
    assert [(tmp_path / name).exists() for name in ("form.xlsx", "none", "keys")] == [True, False, False]


def test_words_in_square_brackets_are_no_markup(tmp_path, capsys):
    path = tmp_path / "[red] 名单.csv"
    cells = {"单位": "", "学生姓名": "韦小云", "家庭年人均收入": "[/red]很少"}
    path.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n", encoding="utf-8")
    assert commands.main(["forms", "read", str(path)]) == 1
    shown = capsys.readouterr().out
    assert "[red] 名单.csv" in shown


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert commands.main(["forms", "blank", "--out", str(tmp_path / "file" / "form.xlsx")]) == 2
    assert "读写不了" in capsys.readouterr().err
