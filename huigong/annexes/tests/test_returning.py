"""What goes back comes back whatever the file says there is, and never in the place of another file."""

import re
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from huigong.annexes import returning
from huigong.annexes.marks import REMARKS_HEADING
from huigong.annexes.reading import read
from huigong.annexes.returning import Return, annotate_all, annotate_one
from huigong.annexes.tests.forms import FORM, ROW, changed, repacked, sheet, xlsx

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def path(tmp_path):
    return xlsx(tmp_path / "form.xlsx", sheet(changed(annual_income_per_capita="不清楚")))


def with_markup(path, pattern, markup):
    with zipfile.ZipFile(path) as archive:
        given = archive.read(SHEET).decode()
    changed_ = re.sub(pattern, markup, given, count=1)
    assert changed_ != given
    return repacked(path, add={SHEET: changed_.encode()}, drop=[SHEET])


def far(path, cell):
    """With a blank cell that only has a colour, as programs leave them in the last row and column."""
    row = int("".join(filter(str.isdigit, cell)))
    if row == 4:
        return with_markup(path, r"(<row r=\"4\".*?)</row>", rf'\1<c r="{cell}" s="0"/></row>')
    return with_markup(path, "</sheetData>", f'<row r="{row}"><c r="{cell}" s="0"/></row></sheetData>')


@pytest.mark.parametrize("cell", ["XFD4", "A1048576", "XFD1048576"])
def test_a_blank_cell_at_the_end_of_the_sheet_costs_nothing_and_moves_no_remark(path, tmp_path, cell):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    out = tmp_path / "out"
    returning._annotate((FORM.table, str(far(path, cell)), returning.packed(read(path, FORM)), str(out), "B-1", ""))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB
    page = openpyxl.load_workbook(out / "form.xlsx")["登记表"]
    assert (page["M4"].value, page["M5"].value[:5]) == (REMARKS_HEADING, "家庭年人均")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_workbook_that_openpyxl_never_ends_with_comes_back_as_a_plain_one(path, tmp_path, monkeypatch):
    monkeypatch.setattr(returning, "SECONDS_PER_FILE", 0.2)
    endless = '</sheetData><mergeCells count="1"><mergeCell ref="N9:XFD1048576"/></mergeCells>'
    path = with_markup(path, r"</sheetData>(<mergeCells.*?</mergeCells>)?", endless)
    reading = read(path, FORM)
    returning._annotate((FORM.table, str(path), returning.packed(reading), str(tmp_path / "out"), "B-1", ""))
    again = read(tmp_path / "out" / "form.xlsx", FORM)
    assert [dict(row.values) for row in again.rows] == [dict(row.values) for row in reading.rows]
    assert again.annotated_from == "B-1"


class Burning:
    """Takes its time when it is thrown away, where an error is told to nobody."""

    def __del__(self):
        ends = time.process_time() + 0.2
        while time.process_time() < ends:
            pass


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_limit_that_was_swallowed_comes_again(monkeypatch):
    def endless():
        Burning()
        while time.process_time() < ends:
            pass

    monkeypatch.setattr(returning, "_AGAIN", 0.2)
    ends = time.process_time() + 5
    with pytest.raises(returning._LateError), returning._within(0.1):
        endless()
    assert time.process_time() < ends


def test_a_file_that_kills_its_child_costs_no_other(path, tmp_path):
    """A reading of another file has places that the workbook does not have: every way of annotating it fails."""
    wrong = replace(read(path, FORM), rows=(replace(read(path, FORM).rows[0], places={"phone": "别的!A1"}),))
    done = []
    with pytest.raises((KeyError, returning.ChildDiedError)):
        annotate_all(
            [Return(path, read(path, FORM), "B-1"), Return(path, wrong, "B-2", under="wrong")],
            FORM,
            tmp_path / "out",
            workers=1,
            on_done=lambda: done.append(1),
        )
    assert done == [1]
    assert (tmp_path / "out" / "form.xlsx").exists()
    assert annotate_one(Return(path, read(path, FORM), "B-1"), FORM, tmp_path / "one").exists()


def annotated(*paths, into):
    return subprocess.run(
        [sys.executable, "-m", "huigong", "forms", "read", *map(str, paths), "--annotate", str(into)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_files_of_one_name_both_come_back_and_no_original_is_replaced(path, tmp_path):
    other = tmp_path / "b" / "form.xlsx"
    other.parent.mkdir()
    xlsx(other, sheet(changed(phone="1380000000"), ROW))
    out = tmp_path / "out"
    out.mkdir()
    stranger = shutil.copy(other, out / "form (2).xlsx")

    assert annotated(path, other, into=out).returncode == 1
    assert sorted(one.name for one in out.iterdir()) == ["form (2).xlsx", "form (3).xlsx", "form.xlsx"]
    assert stranger.read_bytes() == other.read_bytes()

    assert annotated(path, other, into=out).returncode == 1
    assert len(list(out.iterdir())) == 3, "a copy of an earlier round is written anew"

    own = (out / "form.xlsx").read_bytes()
    onto = annotated(out / "form.xlsx", into=out)
    assert (onto.returncode, "会盖掉" in onto.stderr) == (1, True)
    assert (out / "form.xlsx").read_bytes() == own
