"""An employment officer's day by keyboard alone: graduates out of the files, a call, an outcome, the figures, the frozen return."""

import io
from datetime import date

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.hands import Keyboard

pytestmark = pytest.mark.browser


def tab_to(page, wanted):
    Keyboard(page).go_to(page.locator(wanted).first)


def press(page, wanted):
    """Every press here leads to a page: the next Tab is one of that page."""
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page, wanted, text):
    tab_to(page, wanted)
    page.keyboard.type(text)


def type_day(page, wanted, day):
    Keyboard(page).write_day(page.locator(wanted), date.fromisoformat(day))


def test_from_the_files_to_the_frozen_return_by_keyboard_alone(signed_in, blameless):
    page = signed_in("huang")
    press(page, "nav a[href='/employment/']")
    press(page, "a[href='/employment/import/']")
    press(page, "button[name=files]")
    expect(page.locator("#told")).to_contain_text("新列入")
    expect(page.locator("tbody tr").first).to_contain_text("还没有联系过")
    blameless(page)
    called(page)
    served(page)
    settled_with_a_contract(page)
    press(page, "nav a[href='/employment/figures/']")
    expect(page.locator("tfoot td").nth(2)).to_have_text("1")
    blameless(page)
    press(page, "tfoot td:nth-of-type(3) a")
    expect(page.locator("tbody tr")).to_have_count(1)
    press(page, "nav a[href='/employment/figures/']")
    press(page, "#returns button.do")
    expect(page.locator("h1")).to_contain_text("已定")
    blameless(page)
    tab_to(page, "form[action$='/xlsx/'] button")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    headings = [cell.value for cell in book["按工会"][1]]
    totals = next(row for row in book["按工会"].iter_rows(values_only=True) if row[0] == "合计")
    assert dict(zip(headings, totals, strict=True))["帮扶就业"] == 1


def called(page):
    """The call sheet: number, what to say, one key for the answer; it fits a phone's screen as well."""
    press(page, "tbody tr:first-of-type a")
    press(page, "form[action$='/sheet/'] button")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESK)
    type_into(page, "#note", "想留在县里")
    press(page, "button[name=answer][value=spoke]")
    expect(page.locator("#told")).to_contain_text("这次联系记下了")


def served(page):
    """Careers guidance: without a service nobody is placed by aid."""
    tab_to(page, "#done summary")
    page.keyboard.press("Enter")
    tab_to(page, "#s-kind")
    page.keyboard.press("ArrowDown")
    press(page, "form[action$='/serve/'] button")
    expect(page.locator("input[name=by_aid]")).to_be_checked()


def settled_with_a_contract(page):
    """First without the day of the contract: what was typed is still there, and only the day is added."""
    type_into(page, "#o-kind", "1")
    type_into(page, "#o-where", "藤县糖业有限公司")
    tab_to(page, "#o-evidence")
    page.keyboard.press("ArrowDown")
    press(page, "form[action$='/outcome/'] button")
    expect(page.locator("#told")).to_contain_text("请写凭据上的日期")
    expect(page.locator("#o-where")).to_have_value("藤县糖业有限公司")
    type_day(page, "#o-paper", page.locator("#o-on").input_value())
    press(page, "form[action$='/outcome/'] button")
    expect(page.locator("#told")).to_contain_text("去向记下了")
    expect(page.locator("h1")).not_to_contain_text("帮扶中")
