"""A household file from draft to exit: the unit begins it, the aid centre checks and enrols it, the family confirms on a phone.

The worker has no account: a file number and eight letters from the paper receipt are enough, at 360 pixels, without scripts.
"""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser
WORKER, NUMBER = "农春梅", "450422198203074326"
CHECKS = (
    ("home_visit", {"word": "属实", "note": "到家里看过，租房，孩子在读高中"}),
    ("authorisation", {"note": "本人签字"}),
    ("civil_affairs", {"word": "未享受低保，收入核对无异议"}),
)


def begin(page):
    """The preparer of a unit begins a file and hands it in; returns its address."""
    page.locator("nav").get_by_role("link", name="档案", exact=True).click()
    page.click("main a:has-text('新建档案')")
    page.fill("#in-worker_name", WORKER)
    page.fill("#in-id_number", NUMBER)
    page.fill("#in-nation", "汉族")
    page.fill("#in-address", "藤县金鸡镇新市路5号")
    page.fill("#in-size", "3")
    page.click("button:has-text('存')")
    expect(page.locator("h1")).to_contain_text(f"{WORKER} 草稿")
    step(page, "report")
    expect(page.locator("h1")).to_contain_text("已上报")
    return page.url


def step(page, slug, **given):
    """Opens a step where it is folded, fills in what it asks, and takes it."""
    form = page.locator(f"form[action$='/{slug}/']")
    if not form.is_visible():
        page.locator("details.step", has=form).locator("summary").click()
    for name, text in given.items():
        field = form.locator(f"[name={name}]")
        if name == "word":
            field.select_option(text)
        elif name == "paper":
            field.set_input_files({"name": text, "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff picture"})
        else:
            field.fill(text)
    form.locator("button").click()
    expect(page.locator("#told")).to_contain_text("办好了")


def checked(page):
    """The aid centre writes down the three checks and says that they are done."""
    for slug, given in CHECKS:
        step(page, slug, **given)
    step(page, "check", on="2017-08-04")
    expect(page.locator("h1")).to_contain_text("已核查")


def enrolled(page):
    """Five working days on the unit's board, and on file at the level of the county."""
    step(page, "notice", on="2017-08-07", paper="公示.jpg")  # it hung then, as its picture shows
    expect(page.locator("#entries")).to_contain_text("2017-08-11")
    step(page, "enrol", on="2017-08-14", word="县级")
    expect(page.locator("h1")).to_contain_text("在档")


@pytest.fixture
def family(browser, office):
    """The family's phone: nobody is signed in, and scripts are off as in an old browser."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{office.address}/confirm/")
    yield page
    context.close()


def confirm(page, number, code):
    page.fill("#number", number)
    page.fill("#code", code)
    page.click("button:has-text('没有变化')")


def test_a_file_lives_from_draft_to_exit(signed_in, family, blameless):
    address = begin(signed_in("lu"))
    page = signed_in("huang")
    page.goto(address)
    expect(page.locator("details.step", has_text="建档")).to_have_count(0)  # nobody enrols what was not checked
    checked(page)
    blameless(page)
    enrolled(page)
    expect(page.locator("#life")).to_contain_text("国家系统还差")
    blameless(page)
    page.click("a:has-text('打印回执')")
    blameless(page)
    number, code = (page.locator("main dd").nth(place).inner_text() for place in (1, 3))

    confirm(family, number, "ABCDEFGH")
    expect(family.get_by_role("alert")).to_contain_text("档案号或回执码不对")
    confirm(family, number, code.lower())
    expect(family.locator("main")).to_contain_text("今年的复核就办好了")
    expect(family.locator("body")).not_to_contain_text(WORKER)
    assert family.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(address)
    expect(page.locator("#entries")).to_contain_text("年度复核")
    step(page, "leave", word="脱困")
    expect(page.locator("h1")).to_contain_text("已退出")
    expect(page.locator("#life")).to_contain_text("原件保存到")
    blameless(page)


def test_the_first_steps_are_taken_by_keyboard_alone(signed_in):
    page = signed_in("lu")
    page.goto(page.url + "households/new/")
    page.locator("#in-worker_name").focus()
    page.keyboard.type(WORKER)
    page.locator("#in-id_number").focus()
    page.keyboard.type(NUMBER)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("草稿")
    report = page.locator("form[action$='/report/'] button")
    report.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("已上报")


def test_the_unit_does_not_enrol_its_own_file(signed_in):
    page = signed_in("lu")
    begin(page)
    expect(page.locator("form[action*='/enrol/'], form[action*='/keep/']")).to_have_count(0)
