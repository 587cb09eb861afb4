"""A form of many rows leaf by leaf: light pages, counts for each leaf, and problems that go on over its leaves."""

import re

import pytest

from huigong.intake.models import FormReceived
from huigong.web.tests.forms.desk import said
from huigong.web.tests.forms.long_form import LONG, long_form

HEAVIEST = 125_000


@pytest.fixture
def long(desk, work):
    """80 rows on three leaves: faults in rows 2, 41 and 80."""
    desk.sign_in(work.huang)
    desk.hand_in(long_form(80, faulty={2, 41, 80}))
    assert FormReceived.objects.get().rows.count() == 80
    return desk


def rows_on(page):
    return [int(number) for number in re.findall(r'<tr id="row-(\d+)"', page)]


def test_a_leaf_holds_thirty_rows_and_each_row_stands_on_one(long):
    shown = [rows_on(said(long.page(LONG, page=number))) for number in (1, 2, 3)]
    assert [len(rows) for rows in shown] == [30, 30, 20]
    assert [number for rows in shown for number in rows] == list(range(1, 81))


def test_each_leaf_tells_how_many_of_its_rows_stand_where(long):
    leaves = re.findall(
        r"<li[^>]*><a href=\"\?page=(\d)\".*?</li>", said(long.page(LONG)).split('class="leaves"')[1], re.DOTALL
    )
    assert leaves == ["1", "2", "3"]
    first = re.search(r"第 1–30 行.*?</li>", said(long.page(LONG)), re.DOTALL)[0]
    assert "29 可收" in first
    assert "1 要改" in first


def test_problems_go_on_over_the_leaves_and_round_the_end(long):
    onward = {number: said(long.page(LONG, page=number)) for number in (1, 2, 3)}
    after = {number: re.search(r'id="trouble-after" href="\?page=(\d)"', page)[1] for number, page in onward.items()}
    before = {number: re.search(r'id="trouble-before" href="\?page=(\d)"', page)[1] for number, page in onward.items()}
    assert after == {1: "2", 2: "3", 3: "1"}
    assert before == {1: "3", 2: "1", 3: "2"}


def test_a_row_that_was_mended_is_shown_on_its_own_leaf(long):
    page = said(long.post(LONG, "row-mend", 80, name="phone", text="13800000000"))
    assert rows_on(page)[-1] == 80
    assert rows_on(said(long.page(LONG, row=41)))[0] == 31


def test_rows_with_one_repair_are_counted_and_turned_on_their_own(long):
    page = said(long.page(LONG, only="id_checksum"))
    assert rows_on(page) == [2, 41, 80]
    assert "trouble-after" not in page


def test_a_page_number_that_is_none_opens_a_leaf_all_the_same(long):
    assert rows_on(said(long.page(LONG, page="x")))[0] == 1
    assert rows_on(said(long.page(LONG, page="99")))[0] == 61
    assert rows_on(said(long.page(LONG, row="99999")))[0] == 1


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_the_heaviest_leaf_is_a_light_page(desk, work, english):
    client = desk.sign_in(work.huang)
    desk.hand_in(long_form(120, faulty=set(range(1, 121))))
    if english:
        client.cookies["django_language"] = "en"
    weights = [len(desk.page(LONG, **asked).content) for asked in ({}, {"page": 2}, {"row": 7})]
    assert max(weights) < HEAVIEST
