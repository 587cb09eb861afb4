"""Every paper that goes out: no number of anybody, nothing that a sheet would calculate, the same bytes twice."""

import io
import json
import re
import zipfile

import openpyxl
import pytest

from huigong.figures.outputs import OUTPUTS
from huigong.figures.summary import summary
from huigong.figures.tests.conftest import DAY, FORMULA
from huigong.figures.tests.sheets import content
from huigong.studentaid.tests.office import card

WORKBOOKS = [output for output in OUTPUTS if output.name.endswith(".xlsx")]


def unpacked(made):
    """The text of a paper, out of its package where it is one."""
    if not made.startswith(b"PK"):
        return made.decode()
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def papers(town):
    told = {output.name: unpacked(content(output.make, town.standing)) for output in OUTPUTS}
    one = summary(town.standing, stopped_at=None, why=None, as_of="2017-08-26")
    return told | {"summary.json": json.dumps(one, ensure_ascii=False)}


def test_no_paper_shows_a_number_of_anybody(town):
    hidden = [
        told for family in town.families for told in (family.parent, family.child, family.phone, card(family.number))
    ]
    found = papers(town)
    assert all(found.values())
    assert [(name, told) for name, text in found.items() for told in hidden if told in text] == []
    shaped = re.compile(r"(?<![0-9a-fA-F.])(?:[1-9]\d{16}[0-9Xx]|62\d{14,17}|1[3-9]\d{9})(?![0-9a-fA-F])")
    assert [(name, shaped.findall(text)) for name, text in found.items() if shaped.search(text)] == []


def test_a_number_that_got_into_a_paper_would_be_found(town):
    town.office.campaign.applications.update(student_name=town.families[0].parent)
    assert town.families[0].parent in papers(town)["register.xlsx"]


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.name)
def test_the_same_campaign_gives_the_same_bytes(town, output):
    assert content(output.make, town.standing) == content(output.make, town.standing)


@pytest.mark.parametrize("output", WORKBOOKS, ids=lambda output: output.name)
def test_no_cell_is_a_formula(town, output):
    book = openpyxl.load_workbook(io.BytesIO(content(output.make, town.standing)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    if output.name in {"register.xlsx", "decisions.xlsx"}:
        assert FORMULA in [cell.value for cell in cells]


def test_without_a_notice_there_is_no_paper_about_one(town):
    standing = town.standing
    standing.__dict__["notices"] = []
    made = {output.name: b"".join(output.make(standing, DAY)) for output in OUTPUTS if "notice" in output.name}
    assert made == {"public-notice.html": b"", "public-notice.docx": b""}
