"""From the Excel file to the decision: the clerk and the reviewer, by mouse, by keyboard alone, and with a case taken over."""

import re
import sqlite3

import pytest
from playwright.sync_api import expect

from tests.journeys.test_at_the_desk import tasks
from tests.journeys.test_from_form_to_notice import PRINTED, told
from tests.journeys.test_handing_in_forms import FORMS, hand_in, open_form

pytestmark = pytest.mark.browser
MOST_TABS = 150


def tab_to(page, locator):
    """Go to something as somebody without a mouse does: by Tab, from where the focus stands."""
    expect(locator).to_be_visible()
    for _ in range(MOST_TABS):
        if locator.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not come to {locator}")


def key(page, locator, press="Enter"):
    tab_to(page, locator)
    page.keyboard.press(press)


def cases_of(page):
    return page.locator(".cases tbody tr")


def by_mouse(clerk, reviewer):
    """The form is handed in and taken by the clerk, and becomes cases by the reviewer's word."""
    clerk.click("nav >> text=交表")
    hand_in(clerk, FORMS / PRINTED)
    open_form(clerk, PRINTED)
    clerk.click("#take")
    told(clerk, "收下了 6 行")
    reviewer.click("nav >> text=金秋助学")
    reviewer.click(".head a.do:has-text('立案')")
    reviewer.click("form.settle button.do")
    told(reviewer, "立案了：6 行")
    reviewer.click("nav >> text=申请")


def test_by_mouse_the_easiest_first_and_decided(signed_in, blameless):
    clerk, page = signed_in("lu"), signed_in("huang")
    by_mouse(clerk, page)
    page.click("th a:has-text('还差什么')")
    expect(page.locator("th[aria-sort]")).to_contain_text("还差什么")
    page.click(".density button:has-text('窄')")
    expect(page.locator("table.dense")).to_be_visible()
    expect(page).to_have_url(re.compile("sort=easiest"))
    page.click("th:has-text('状态') summary")
    page.get_by_label("请负责人定").check()
    page.click("th:has-text('状态') .funnel button")
    expect(page.locator(".chips a[aria-current]").first).to_contain_text("请负责人定")
    blameless(page)
    first = cases_of(page).first.locator("th a").inner_text()
    page.click("a.do:has-text('从第一件审起')")
    expect(page.locator(".work-side")).to_contain_text(first)
    for task in tasks(page).all():
        task.get_by_label("没问题").check()
    page.click("#finish")
    told(page, "审核了，由您署名")
    expect(page.locator(".work-side")).not_to_contain_text(first)
    page.click("a:has-text('上一件')")
    expect(page.locator(".work-side h1 .tag")).to_be_visible()
    clerk.click("nav >> text=申请")
    expect(cases_of(clerk)).to_have_count(6)
    clerk.click(f"a:has-text('{first}')")
    expect(clerk.locator("main")).to_contain_text("审核")


def test_by_keyboard_alone_from_the_file_to_the_signature(signed_in):
    clerk = signed_in("lu")
    key(clerk, clerk.locator("nav >> text=交表"))
    clerk.set_input_files("#files", [str(FORMS / PRINTED)])  # the file chooser is the browser's own
    key(clerk, clerk.locator("#drop button.do"))
    expect(clerk.locator(".progress p")).to_have_text("1 / 1 读好了")
    key(clerk, clerk.locator(f"#received a:has-text('{PRINTED}')"))
    key(clerk, clerk.locator("#take"))
    told(clerk, "收下了 6 行")

    page = signed_in("huang")
    key(page, page.locator("nav >> text=金秋助学"))
    key(page, page.locator(".head a.do:has-text('立案')"))
    key(page, page.locator("form.settle button.do"))
    told(page, "立案了：6 行")
    key(page, page.locator("nav >> text=申请"))
    key(page, page.locator("th:has-text('状态') summary"))
    key(page, page.get_by_label("请负责人定"), "Space")
    key(page, page.locator("th:has-text('状态') .funnel button"))
    key(page, page.locator("a.do:has-text('从第一件审起')"))
    name = page.locator(".work-side h1").inner_text()
    page.wait_for_load_state()  # the heading shows before the page's scripts have begun
    for number in range(1, tasks(page).count() + 1):
        if number < 10:
            page.keyboard.press(f"Digit{number}")
        else:
            key(page, tasks(page).nth(number - 1).get_by_label("没问题"), "Space")
    page.keyboard.press("Control+Enter")
    told(page, "审核了，由您署名")
    expect(page.locator(".work-side h1")).not_to_have_text(name)
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("申请")
    expect(page).to_have_url(re.compile("status=to_settle"))


def run_out(folder):
    """Ten minutes pass for every case in hand: only the clock of the locks is moved."""
    (database,) = (folder / "office" / "home").glob("*.sqlite3")
    with sqlite3.connect(database, timeout=30) as db:
        db.execute("UPDATE casework_caselock SET until = '2017-08-07 00:00:00'")


def test_a_case_that_a_colleague_took_over_gives_back_what_was_typed(signed_in, tmp_path):
    clerk, page, colleague = signed_in("lu"), signed_in("huang"), signed_in("deng")
    by_mouse(clerk, page)
    page.click("a.do:has-text('从第一件审起')")
    note = tasks(page).first.get_by_label("备注")
    note.fill("照片看不清，问过学校")
    page.click("h1")
    expect(page.locator("#kept")).to_contain_text("先存着了")
    run_out(tmp_path)
    colleague.goto(page.url)
    expect(colleague.locator("main")).not_to_contain_text("正在办")
    tasks(page).first.get_by_label("有疑问").check()
    page.click("button[value=note]")
    told(page, "您写的先存着")
    expect(page.locator("button[value=note]")).to_have_count(0)
    run_out(tmp_path)
    page.reload()
    expect(page.locator(".kept")).to_contain_text("已经填回来了")
    expect(tasks(page).first.get_by_label("备注")).to_have_value("照片看不清，问过学校")
    expect(tasks(page).first.get_by_label("有疑问")).to_be_checked()
    page.click("button[value=hold]")
    told(page, "又给您留了十分钟")
    page.click("button[value=note]")
    told(page, "核对记下了")
    expect(page.locator(".kept")).to_have_count(0)
