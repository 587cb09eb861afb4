"""Who gives roles, who approves and who only looks: each journey is walked by mouse, and again by keyboard alone.

One demo city for all of them: every journey has people and cases of its own.
"""

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.architecture.house import HERE
from tests.journeys.conftest import DESK, PATIENCE, demo_served, surroundings
from tests.journeys.hands import Keyboard, Mouse

pytestmark = pytest.mark.browser
PASSWORD = "桂花开了三百朵 2017"
REFUSED = ("403 (Forbidden)", "404 (Not Found)", "422 (Unprocessable")
NEW = {"mouse": "方志远", "keyboard": "方晓兰"}
ABSENT = {"mouse": ("黄", "甘"), "keyboard": ("甘", "罗")}


@pytest.fixture(scope="module")
def served(built_demo, tmp_path_factory):
    folder = shutil.copytree(built_demo, tmp_path_factory.mktemp("officers") / "demo")
    command = [sys.executable, "-m", "tests.journeys.ended"]
    told = subprocess.run(command, env=surroundings(folder), cwd=HERE, check=True, capture_output=True, text=True)
    with demo_served(folder) as (address, _):
        yield address, told.stdout.split()[-1]


@pytest.fixture(params=[Mouse, Keyboard], ids=lambda one: one.name)
def hand(request):
    return request.param


@pytest.fixture
def at_desk(browser, served, hand):
    """Makes a fresh browser, signed in as a part of the cast or as nobody; what it complains of fails the test."""
    contexts, complaints = [], []

    def sit(part=""):
        context = browser.new_context(viewport=DESK, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.goto(served[0])
        if part:
            page.click(f".doors form:has(input[value='{part}']) button")
        return page, hand(page)

    yield sit
    for context in contexts:
        context.close()
    assert [one for one in complaints if not any(known in one for known in REFUSED)] == []


def go(page, hand, word):
    hand.press(page.locator("nav").get_by_role("link", name=word, exact=True))
    expect(page.locator("h1")).to_contain_text(word)


def go_to_people(page, hand):
    """The people stand beside the units: the page of those is opened first."""
    go(page, hand, "单位")
    go(page, hand, "人员")


def invited(page, hand):
    """The security administrator makes a code for a finance officer whose role ends today; gives the code."""
    go_to_people(page, hand)
    hand.press(page.locator("main a:has-text('发邀请码')"))
    hand.choose(page.locator("#organisation"), "梧州市总工会")
    hand.choose(page.locator("#role"), "财务")
    hand.write_day(page.locator("#until"), timezone.localdate())
    hand.press(page.locator("main button.do"))
    expect(page.locator("main")).to_contain_text("只显示这一次")
    return page.locator("main code").inner_text()


def joins(page, hand, served, code):
    """Somebody new, in a browser that nobody used: the code, a name, a password, and they are in."""
    page.goto(f"{served[0]}/join/")
    for field, text in (("code", code), ("name", NEW[hand.name]), ("password", PASSWORD), ("again", PASSWORD)):
        hand.write(page.locator(f"#{field}"), text)
    hand.press(page.locator("main button.do"))
    expect(page.locator("#told")).to_contain_text("您的登录名是")
    expect(page.locator(".top .who")).to_contain_text("财务")


def test_a_new_colleague_comes_in_by_a_code_that_lets_in_once(at_desk, served, blameless):
    nong, hand = at_desk("security")
    code = invited(nong, hand)
    blameless(nong)
    fresh, theirs = at_desk()
    joins(fresh, theirs, served, code)
    go(fresh, theirs, "发放")

    again, _ = at_desk()
    again.goto(f"{served[0]}/join/")
    for field, text in (("code", code), ("name", "别人"), ("password", PASSWORD), ("again", PASSWORD)):
        again.fill(f"#{field}", text)
    again.click("main button.do")
    expect(again.locator("[role=alert]")).to_contain_text("用过了")

    go_to_people(nong, hand)
    expect(nong.locator("#soon")).to_contain_text(NEW[hand.name])


def test_whose_role_ended_yesterday_comes_in_and_may_do_nothing(browser, served):
    page = browser.new_context(viewport=DESK, locale="zh-CN").new_page()
    page.goto(f"{served[0]}/sign-in/{served[1]}/")
    page.click("main button.do")
    assert page.goto(f"{served[0]}/campaigns/SA-450400-2017/payments/").status == 403
    expect(page.locator("nav").get_by_role("link", name="发放", exact=True)).to_have_count(0)
    page.context.close()


def test_a_deputy_stands_in_until_a_day_and_no_longer(at_desk, served, blameless):
    nong, hand = at_desk("security")
    absent, deputy = ABSENT[hand.name]
    last = timezone.localdate() + timedelta(days=14)
    go_to_people(nong, hand)
    hand.press(nong.locator("tbody th").get_by_role("link", name=absent, exact=True))
    hand.press(nong.locator("summary:has-text('代理')"))
    hand.choose(nong.locator("#deputy"), f"{deputy}（梧州市总工会）")
    hand.write_day(nong.locator("#last_day"), last)
    hand.press(nong.locator("button:has-text('定代理')"))
    expect(nong.locator("#told")).to_contain_text(f"到 {last} 自动结束")
    blameless(nong)
    go_to_people(nong, hand)
    line = nong.locator("tr", has=nong.get_by_role("link", name=deputy, exact=True))
    expect(line).to_contain_text(f"代{absent}")
    expect(line).to_contain_text(f"到 {last}")


def waits(page):
    """How many cases today's page says wait for the leader's word."""
    said = page.locator("main a:has-text('请负责人定')")
    return int(said.first.inner_text().split()[0]) if said.count() else 0


def test_the_approver_settles_what_waits_under_their_own_name(at_desk, blameless):
    qin, hand = at_desk("approver")
    today, waiting = qin.url, waits(qin)
    hand.press(qin.locator("main a:has-text('请负责人定')").first)
    hand.press(qin.locator("table.cases tbody th a").first)
    form = qin.locator("form.settle").first
    expect(form).to_be_visible()
    case = qin.url
    hand.write(form.locator("textarea"), "看过原件，属实")
    hand.press(form.locator("input[name=sure]"))
    hand.press(form.locator("button.do"))
    expect(qin.locator("#told")).to_be_visible()
    qin.goto(case)
    expect(qin.locator("section", has_text="已定的").last).to_contain_text("覃")
    blameless(qin)
    assert qin.locator("form[action$='/verify/']").count() == 0
    qin.goto(today)
    assert waits(qin) < waiting


def test_the_auditor_reads_verifies_and_changes_nothing(at_desk, served, blameless):
    liang, hand = at_desk("auditor")
    go(liang, hand, "留痕")
    hand.press(liang.locator("button:has-text('现在验一次')"))
    expect(liang.locator("#told")).to_contain_text("对账通过", timeout=PATIENCE * 1000)
    go(liang, hand, "留痕")
    expect(liang.locator("main")).to_contain_text("上次由梁验")
    blameless(liang)
    go(liang, hand, "档案")
    hand.press(liang.locator("table.cases tbody th a").first)
    expect(liang.locator("h1")).to_be_visible()
    file = liang.url
    writes = liang.locator("main form[method=post]").evaluate_all("all => all.map(one => one.action)")
    assert [address for address in writes if not address.endswith("/reveal/")] == []
    # Who knows the address is refused all the same.
    posts = "async address => (await fetch(address, {method: 'POST', headers: {'X-CSRFToken': document.querySelector('[name=csrfmiddlewaretoken]').value}})).status"
    for step in ("edit/worker/", "prepare/report/", "keep/leave/"):
        assert liang.evaluate(posts, f"{file}{step}") in {403, 404}, step
    assert liang.goto(f"{file}edit/worker/").status == 403
