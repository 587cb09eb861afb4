"""Two people at one row: nothing is written over in silence, and what was typed second is still there."""

import re

import pytest

from huigong.intake.contents import row_read
from huigong.intake.models import Draft
from huigong.web.tests.forms.desk import GIRL, said

MESSY = "09-messy.xlsx"


@pytest.fixture
def opened(desk, work):
    """A row that 黄 has opened, and what her page says of it: the version, and the base of every field."""
    desk.sign_in(work.huang)
    desk.hand_in(MESSY)
    page = said(desk.page(MESSY, row=6))
    form = re.search(r'<tr id="row-6".*?</tr>', page, re.DOTALL)[0]
    names = re.findall(r'name="name" value="(\w+)"', form)
    bases = re.findall(r'name="base" value="(\w*)"', form)
    version = re.search(r'name="version" value="(\d+)"', form)[1]
    return version, dict(zip(names, bases, strict=True))


def mend(desk, version, bases, **texts):
    return desk.post(
        MESSY,
        "row-mend",
        6,
        version=version,
        name=list(texts),
        text=list(texts.values()),
        base=[bases[n] for n in texts],
    )


def value(desk, name):
    return row_read(desk.form(MESSY).rows.get(number=6)).values[name]


def test_the_same_cell_is_shown_side_by_side_and_nothing_is_lost(desk, opened):
    version, bases = opened
    desk.post(MESSY, "row-mend", 6, name="phone", text="13800000001")
    answer = mend(desk, version, bases, phone="13800000002")
    page = said(answer)
    assert answer.status_code == 409
    assert "第 6 行刚被改过" in page
    assert "138…0001" in page  # theirs, masked
    assert 'value="13800000002"' in page  # mine
    assert value(desk, "phone") == "13800000001"
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("take", "text", "stands"),
    [("theirs", "x", "13800000001"), ("mine", "13800000002", "13800000002"), ("mine", "13800000003", "13800000003")],
    ids=["theirs", "mine", "merged"],
)
def test_theirs_mine_or_both_together_is_saved(desk, opened, take, text, stands):
    version, bases = opened
    desk.post(MESSY, "row-mend", 6, name="phone", text="13800000001")
    page = said(mend(desk, version, bases, phone="13800000002"))
    now, base = (re.search(rf'name="{name}" value="(\w+)"', page)[1] for name in ("version", "base"))
    answer = desk.post(MESSY, "row-mend", 6, version=now, name="phone", text=text, base=base, **{"take-phone": take})
    assert answer.status_code == 200
    assert value(desk, "phone") == stands
    assert Draft.objects.count() == 0


def test_another_cell_of_the_row_is_no_clash(desk, opened):
    version, bases = opened
    desk.post(MESSY, "row-mend", 6, name="phone", text="13800000001")
    assert mend(desk, version, bases, student_id_number=GIRL).status_code == 200
    assert (value(desk, "phone"), value(desk, "student_id_number")) == ("13800000001", GIRL)


def test_a_whole_row_is_saved_at_once_and_untouched_cells_are_left(desk, opened):
    version, bases = opened
    before = value(desk, "parent_name"), value(desk, "parent_id_number")
    texts = {"phone": "13800000001", "student_id_number": GIRL, "parent_name": before[0], "parent_id_number": ""}
    assert mend(desk, version, bases, **texts).status_code == 200
    assert (value(desk, "phone"), value(desk, "student_id_number")) == ("13800000001", GIRL)
    assert (value(desk, "parent_name"), value(desk, "parent_id_number")) == before


@pytest.mark.parametrize("version", ["", "x", "99", "-1", "9" * 40])
def test_without_the_version_that_was_opened_it_is_compared_first(desk, opened, version):
    answer = desk.post(MESSY, "row-mend", 6, version=version, name="phone", text="13800000002")
    assert answer.status_code == 409
    assert 'value="13800000002"' in said(answer)


def test_every_mend_counts_a_version(desk, opened):
    first = desk.version(MESSY, 6)
    desk.post(MESSY, "row-mend", 6, name="phone", text="13800000001")
    second = desk.version(MESSY, 6)
    desk.post(MESSY, "row-mend", 6, name="student_id_number", text=GIRL)
    assert first < second < desk.version(MESSY, 6)


@pytest.mark.parametrize(("text", "why"), [("韦" * 201, "一格最多 200 个"), ("韦" + "\u0301" * 9, "附加符号")])
def test_a_cell_is_not_cut_when_it_is_mended(desk, opened, text, why):
    version, bases = opened
    before = value(desk, "parent_name")
    assert why in said(mend(desk, version, bases, parent_name=text))
    assert value(desk, "parent_name") in {before, None}
