"""留痕: who did what, about which reference, on which days; page by page, and taken away as a workbook that is an event."""

import io
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from django.urls import reverse

from huigong.audit import actions as audit
from huigong.audit.queries import head, told_of
from huigong.organisations import actions as organisations
from huigong.web.console.history import LATEST
from huigong.web.tests.applications.cast import BACKEND


@pytest.fixture
def qin(city, at):
    return organisations.add_officer("覃", role="approver", organisation=city, by="system", at=at)


@pytest.fixture
def desk(client, huang, qin, at):
    """Two officers' events about the city, on two days; more of one kind than a page holds."""
    for number in range(LATEST + 5):
        audit.record("award.recovered", subject=f"SA-450400-2017-{number:05d}", officer="huang", at=at, payload={})
    audit.record(
        "donation.taken", subject="SA-450400-2017-D001", officer=qin.username, at=at + timedelta(days=3), payload={}
    )
    client.force_login(qin, backend=BACKEND)

    def look(**asked):
        return unescape(client.get(reverse("events"), asked).content.decode())

    look.client, look.qin = client, qin
    return look


def lines(page):
    return page.count('<td class="number">')


def test_it_is_narrowed_by_who_what_about_and_day(desk):
    day = next(told_of("donation.taken")).at.date().isoformat()
    for asked in ({"what": "捐助"}, {"what": "DONATION"}, {"about": "SA-450400-2017-D"}, {"from": day, "what": "捐"}):
        page = desk(**asked)
        assert "SA-450400-2017-D001" in page
        assert "SA-450400-2017-00001" not in page
    assert "SA-450400-2017-D001" not in desk(who="黄", what="捐助")
    assert "这样筛选没有留痕" in desk(who="没有这个人")
    assert "SA-450400-2017-D001" not in desk(to="2017-01-01")
    assert lines(desk(**{"from": "很久", "before": "x"})) == LATEST  # what is no day and no number is passed over


def test_what_is_earlier_is_on_the_next_page_under_the_same_filters(desk):
    page = desk(what="追回")
    assert lines(page) == LATEST
    older = page.partition("before=")[2].partition('"')[0]
    page = desk(what="追回", before=older)
    assert (lines(page), "更早的" in page) == (5, False)
    assert "SA-450400-2017-00000" in page


def test_the_workbook_holds_the_same_lines_and_the_head_and_is_an_event(desk):
    before = head()
    answer = desk.client.get(reverse("events-file"), {"what": "追回"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert sum(str(row[4]).startswith("SA-450400") for row in rows) == LATEST + 5
    assert any(before.digest in str(cell) for row in rows for cell in row)
    (told,) = told_of("history.taken")
    assert (told.payload["lines"], told.payload["head"], told.actor) == (LATEST + 5, before.digest, desk.qin.username)


def test_an_officer_of_another_city_sees_none_of_it(desk, client, mo):
    client.force_login(mo, backend=BACKEND)
    assert "SA-450400" not in desk()
    answer = client.get(reverse("events-file"))
    assert answer.status_code == 403 or "SA-450400" not in str(
        list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    )
