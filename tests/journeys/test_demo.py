"""The three minutes of a visitor: from the first page through every scene of the demo city, and back to a fresh one."""

import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PATIENCE, PHONE

pytestmark = pytest.mark.browser
USED_LINK = "410 (Gone)"  # the browser complains of what one test is about
SCENES = {
    "messy": ("黄", "交表"),
    "annotated": ("黄", "我读到了 4 行"),
    "eligible": ("梁", "韦小雨"),
    "eighth": ("黄", "候补"),
    "twice": ("黄", "请负责人定"),
    "late": ("覃", "请负责人定"),
}


@pytest.fixture
def visit(browser, demo):
    """Makes a page that stands before the door; whatever the browser complains of fails the test at its end."""
    contexts, complaints = [], []

    def open_page(*, viewport=DESK, scripts=True):
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(demo[0])
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [one for one in complaints if USED_LINK not in one] == []


def shot(page, folder, name):
    page.screenshot(path=folder / f"{page.viewport_size['width']}-{name}.png", full_page=True)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_from_the_first_page_through_every_scene(visit, demo, viewport, blameless, tmp_path):
    page = visit(viewport=viewport)
    expect(page.locator("#demo h2")).to_contain_text("三分钟看懂惠工")
    blameless(page)
    shot(page, tmp_path, "first-page")
    for scene, (officer, heading) in SCENES.items():
        page.click(f"#scene-{scene} form button")
        expect(page.locator("h1").first).to_contain_text(heading)
        expect(page.locator(".top .who")).to_contain_text(officer)
        blameless(page)
        shot(page, tmp_path, scene)
        page.goto(demo[0])
        expect(page.locator("h1")).to_have_text("今天")
    blameless(page)
    shot(page, tmp_path, "today")

    page.click("#scene-altered a")
    blameless(page)
    page.click("main button.do")
    expect(page.locator("main")).to_contain_text(re.compile(r"对账不过：划转 SA-\d+-2017-\d+:aid:1:pending 的金额"))
    blameless(page)
    shot(page, tmp_path, "altered")


def test_the_messy_forms_are_fetched_dropped_and_one_comes_back_annotated(visit, tmp_path):
    page = visit()
    files = []
    for link in page.locator("#scene-messy p a").all():
        with page.expect_download() as download:
            link.click()
        files.append(tmp_path / download.value.suggested_filename)
        download.value.save_as(files[-1])
    page.click("#scene-messy form button")
    page.set_input_files("#files", [str(file) for file in files])
    page.click("#drop button.do")
    expect(page.locator(".progress p")).to_have_text("2 / 2 读好了")
    page.click("#received a:has-text('09-messy.xlsx')")
    with page.expect_download() as download:
        page.click("text=下载带批注的原表")
    download.value.save_as(tmp_path / "back.xlsx")
    assert "怎么改" in openpyxl.load_workbook(tmp_path / "back.xlsx").sheetnames


def test_without_scripts_the_city_is_rebuilt_and_the_visitor_stands_before_the_door(visit, blameless):
    page = visit(scripts=False)
    page.click("#scene-late form button")
    page.get_by_role("link", name="今天").click()
    page.click("text=重建演示城市")
    page.click("text=确认重建")
    expect(page.locator("main")).to_contain_text("可以离开这一页")
    page.wait_for_url("**/sign-in/", timeout=4 * PATIENCE * 1000)
    expect(page.locator("#told")).to_contain_text("重建好了")
    page.click("#scene-eighth form button")
    expect(page.locator("h1").first).to_contain_text("候补")


def test_a_printed_link_lets_its_officer_in_once(visit, demo):
    page = visit()
    (link,) = re.findall(r"覃  .*\n\s+(http://\S+)", demo[1].read_text())
    page.goto(link)
    page.click("main button.do")
    expect(page.locator(".top .who")).to_contain_text("覃")
    page.click("text=退出")
    page.goto(link)
    with page.expect_response(link) as answer:
        page.click("main button.do")
    assert answer.value.status == 410
