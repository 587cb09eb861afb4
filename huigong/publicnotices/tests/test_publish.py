"""Publishing a notice: what hangs on the board tells no more than it must."""

import io
import re
from datetime import date

import docx
import pytest

from huigong.circulars import queries as circulars
from huigong.circulars.tests.test_open_campaign import opened
from huigong.publicnotices import actions, board_sheet, queries, web_page
from huigong.values.sentence import SaidError
from huigong.values.working_days import shipped_calendar

PLACED = actions.Placed(
    "SA-450422-2017-00001", "韦小雨", "普通高校本科", "藤县", "金秋助学", "韦秀兰", "藤县糖业工会", 300_000
)


def published(campaign, at, **options):
    circular = circulars.circular_of(campaign)
    given = {"rule": circular.notice, "from_day": date(2017, 8, 12), "calendar": shipped_calendar()} | options
    return circular.head, actions.publish(campaign, [PLACED], **given, officer="huang", at=at)


def test_the_window_is_five_working_days(city, at):
    _, notice = published(opened(city, at), at)
    assert (notice.first_day, notice.last_day) == (date(2017, 8, 14), date(2017, 8, 18))


def test_the_last_day_still_belongs_to_the_public(city, at):
    campaign = opened(city, at)
    published(campaign, at)
    assert queries.past_window(campaign, on=date(2017, 8, 18)) == set()
    assert queries.past_window(campaign, on=date(2017, 8, 19)) == {"SA-450422-2017-00001"}


def test_without_a_rule_nothing_is_published(city, at):
    with pytest.raises(SaidError, match="补充通知"):
        published(opened(city, at), at, rule=None)


def test_the_page_shows_a_surname_and_no_case(city, at):
    head, notice = published(opened(city, at), at)
    page = web_page.page(head, [notice], queries.lines_of([notice])).decode()
    assert "韦**" in page
    assert not re.search("小雨|秀兰|SA-450422-2017-00001|3,000", page)


def test_the_board_sheet_names_the_worker_with_a_star_and_no_student(city, at):
    head, notice = published(opened(city, at), at)
    lines = queries.lines_of([notice])
    sheet = board_sheet.sheet(head, [notice], lines)
    rows = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(sheet)).tables[0].rows]
    assert rows[1] == ["藤县糖业工会", "韦*兰", "金秋助学", "3,000"]
    assert sheet == board_sheet.sheet(head, [notice], lines)
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(sheet)).paragraphs)
    assert "签发人：" in text
    assert f"{head.issuer}（盖章）" in text
