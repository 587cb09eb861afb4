"""登记表网格 as a clerk who has no form: three inputs a row, by keyboard alone, from the empty grid to the receipt."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_handing_in_forms import open_forms

pytestmark = pytest.mark.browser
FIRST, SECOND = "梧困201700041", "梧困201600001"
GOES = "2017年8月广西大学"
COUNTED = "window.pressed = 0; addEventListener('keydown', () => { window.pressed += 1; }, true);"


def open_grid(page):
    open_forms(page)
    page.click("text=在网上填")
    expect(page.locator("h1")).to_have_text("网上填登记表")
    page.wait_for_load_state()  # the heading shows before the page's scripts have begun


def cell(page, name):
    return page.locator(f'[name="{name}"]')


def test_two_rows_are_three_inputs_each_by_keyboard_alone_to_the_receipt(signed_in, blameless):
    page = signed_in("lu")
    open_grid(page)
    blameless(page)
    page.evaluate(COUNTED)
    cell(page, "1-certificate_no").focus()
    page.keyboard.type(SECOND)
    page.keyboard.press("Tab")
    expect(cell(page, "1-child")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(cell(page, "1-admission")).to_be_focused()
    page.keyboard.type(GOES)
    # Twelve columns are there. What was pressed: the text of two inputs, one choice, and three keys to go on.
    assert page.evaluate("window.pressed") <= len(SECOND) + len(GOES) + 3
    expect(page.locator("#row-1 td.filed .value").nth(0)).to_have_text("谢宁")
    page.keyboard.press("Enter")
    expect(cell(page, "2-certificate_no")).to_be_focused()
    page.keyboard.type(FIRST)
    page.keyboard.press("Tab")
    expect(cell(page, "2-admission")).to_be_focused()
    page.keyboard.type(GOES)
    blameless(page)
    page.locator("button.do").press("Enter")
    expect(page.locator("#told")).to_contain_text("交上去了，2 行")
    expect(page.locator("h1")).to_have_text("我读到了 2 行")
    page.locator("#take").press("Enter")
    expect(page.locator("#told")).to_contain_text("收下了 2 行")
    blameless(page)


def test_rows_copied_in_a_spreadsheet_are_pasted_into_the_grid(signed_in):
    page = signed_in("lu")
    open_grid(page)
    copied = f"学生姓名\t何时被何学校录取\t优惠证编号\n韦小雨\t{GOES}\t{FIRST}\n谢燕\t{GOES}\t{SECOND}\n"
    page.evaluate(
        "text => { const data = new DataTransfer(); data.setData('text/plain', text);"
        " document.querySelector('[name=\"1-certificate_no\"]').dispatchEvent("
        "new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }",
        copied,
    )
    expect(page.locator("#row-2")).to_contain_text("谢宁")
    expect(cell(page, "2-student_name")).to_have_value("谢燕")
    page.click("button.do")
    expect(page.locator("#told")).to_contain_text("交上去了，2 行")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_grid_works_without_scripts_to_the_receipt(signed_in, viewport):
    page = signed_in("lu", scripts=False, viewport=viewport)
    open_grid(page)
    cell(page, "1-certificate_no").fill(SECOND)
    page.get_by_role("button", name="按档案填上").last.click()
    cell(page, "1-child").select_option(label="谢燕")
    page.click("#add")
    cell(page, "1-admission").fill("")
    page.click("button.do")
    expect(page.locator("#said-1-admission")).to_contain_text("没有填")
    cell(page, "1-admission").fill(GOES)
    page.get_by_role("button", name="去掉第 2 行").click()
    page.click("button.do")
    expect(page.locator("#told")).to_contain_text("交上去了，1 行")


def test_the_grid_on_a_phone_with_an_error_at_its_cell(signed_in, blameless):
    page = signed_in("lu", viewport=PHONE)
    open_grid(page)
    blameless(page)
    cell(page, "1-certificate_no").fill("梧困999999999")
    page.click("button.do")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#said-1-certificate_no")).to_be_visible()
    expect(cell(page, "1-certificate_no")).to_be_focused()
    blameless(page)
