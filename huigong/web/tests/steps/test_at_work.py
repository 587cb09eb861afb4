"""A step while it is done: real counts on its page, a line on every other page, one step at a time, and its end told once."""

from html import unescape

import pytest
from django.contrib.messages import SUCCESS
from django.urls import reverse

from huigong.runs.holding import taken as lock_of
from huigong.web.console.campaigns import working
from huigong.web.tests.steps.desk import NOTHING, events, statuses, told


@pytest.fixture
def counted(monkeypatch):
    """Everything that was told of a step while it was done."""
    seen, tell = [], working._tell

    def keep(work):
        seen.append((work.phase, work.done, work.total))
        tell(work)

    monkeypatch.setattr(working, "_tell", keep)
    return seen


@pytest.fixture
def begun(shared, settings):
    """黄's step, 12 of 30 done; `held` while it goes on, else the server stopped."""
    code = shared.campaign.code
    folder = settings.HUIGONG_HOME / "steps"
    locks = []

    def begin(*, held):
        locks.append(lock_of(folder / f"{code}.lock"))
        working._tell(working.Work(code, "verify", shared.huang.username, phase="decisions", done=12, total=30))
        if not held:
            locks.pop().close()

    yield begin
    for lock in locks:
        lock.close()


def now(at_desk, **more):
    answer = at_desk.client.get(reverse("step-now", args=[at_desk.code]), **more)
    return answer, unescape(answer.content.decode())


def test_rows_and_then_cases_are_counted_up_to_all_of_them(desk, taken, counted):
    desk(taken).do("step-submit")
    rows = [(done, total) for phase, done, total in counted if phase == "cases"]
    assert rows[-1] == (30, 30)
    assert len(rows) > 5
    assert [done for done, _total in rows] == sorted(done for done, _total in rows)
    assert ("decisions", 30, 30) in counted


def test_looking_again_and_vouching_are_counted_each(desk, taken, counted):
    at_desk = desk(taken)
    at_desk.do("step-submit")
    counted.clear()
    at_desk.do("step-verify")
    assert [phase for phase, done, total in counted if done == total == 30] == ["looking", "decisions"]


def test_the_page_of_a_step_counts_and_may_be_left(desk, shared, begun):
    at_desk = desk(shared)
    begun(held=True)
    answer, page = now(at_desk)
    assert answer.status_code == 200
    for words in ("12 / 30", 'value="12" max="30"', "审核并认定", "可以离开这一页", 'http-equiv="refresh"'):
        assert words in page
    for address in ("/", reverse("campaign", args=[at_desk.code])):
        assert "正在办：审核并认定 12 / 30" in told_on_top(at_desk, address)


def told_on_top(at_desk, address):
    page = unescape(at_desk.client.get(address).content.decode())
    return " ".join(page.split('id="told"')[0].split("<main")[1].replace("</p>", "").split(">", 2)[2].split())


def test_others_see_it_on_the_pages_of_the_campaign_only(desk, shared, begun):
    at_desk = desk(shared).sit(shared.qin)
    begun(held=True)
    assert "正在办：审核并认定" in at_desk.campaign()
    assert "正在办" not in unescape(at_desk.client.get("/").content.decode())
    assert "12 / 30" in now(at_desk)[1]


def test_no_second_step_begins_meanwhile(desk, shared, begun):
    at_desk = desk(shared)
    page = at_desk.look("step-publish")
    begun(held=True)
    assert "有一步正在办" in at_desk.say_yes("step-publish", page)
    assert events("application.published") == []


def test_its_end_is_told_once_to_who_began_it(desk, shared, begun):
    at_desk = desk(shared)
    begun(held=False)
    code = at_desk.code
    working._tell(working.Work(code, "verify", shared.huang.username, said="审核并认定了 30 件", level=SUCCESS))
    assert "办完了" in unescape(at_desk.client.get("/").content.decode())
    assert now(at_desk, headers={"X-Requested-With": "look"})[0].status_code == 204
    ended = at_desk.client.get(reverse("step-now", args=[code]), follow=True)
    assert "审核并认定了 30 件" in told(unescape(ended.content.decode()))
    assert "办完了" not in unescape(at_desk.client.get("/").content.decode())
    assert now(at_desk)[0].url == reverse("campaign", args=[code])


def test_somebody_else_does_not_take_the_news_away(desk, shared, begun):
    begun(held=False)
    at_desk = desk(shared).sit(shared.qin)
    assert now(at_desk)[0].status_code == 302
    assert working.work_of(at_desk.code) is not None


def test_a_step_that_a_stopped_server_broke_off_is_offered_again(desk, shared, begun):
    at_desk = desk(shared)
    begun(held=False)
    answer = at_desk.client.get(reverse("step-now", args=[at_desk.code]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("step-verify", args=[at_desk.code])
    assert "服务停过" in told(unescape(answer.content.decode()))
    assert working.work_of(at_desk.code) is None


def test_what_fails_unforeseen_is_told_and_logged_and_the_next_can_begin(desk, taken, monkeypatch):
    at_desk = desk(taken)

    def fails(*_words, **_more):
        raise RuntimeError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr("huigong.runs.steps.submit", fails)
        page = at_desk.look("step-submit")
        with pytest.raises(RuntimeError, match="disk full"):
            at_desk.say_yes("step-submit", page)
    answer = at_desk.client.get(reverse("step-now", args=[at_desk.code]), follow=True)
    assert "没有办完" in told(unescape(answer.content.decode()))
    assert NOTHING not in at_desk.do("step-submit")
    assert sum(statuses().values()) == 30
