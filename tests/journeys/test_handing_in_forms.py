"""交表 as a clerk does it: drop files, watch them read, mend a cell by keyboard, take the good rows, give the rest back."""

import re
from datetime import date

import openpyxl
import pytest
from playwright.sync_api import expect

from huigong.values.resident_id import check_digit
from huigong.web.tests.campaign_at_work import EXAMPLE
from huigong.web.tests.forms.long_form import long_form
from tests.journeys.conftest import DESK, PHONE, open_menu

pytestmark = pytest.mark.browser
FORMS = EXAMPLE / "forms"
MESSY, LOST = "09-messy.xlsx", "06-numbers-lost.xlsx"


def number(first):
    return first + check_digit(first)


GIRL, FATHER = number("45049919990303024"), number("45049919700506031")


@pytest.fixture
def spoilt(tmp_path):
    path = tmp_path / "spoilt.xls"
    path.write_text("<html><table></table></html>")
    return path


def open_forms(page):
    open_menu(page)
    page.click("nav >> text=交表")
    expect(page.locator("h1")).to_have_text("交表")


def hand_in(page, *paths):
    page.set_input_files("#files", [str(path) for path in paths])
    page.click("#drop button.do")
    expect(page.locator(".progress p")).to_have_text(f"{len(paths)} / {len(paths)} 读好了")


def open_form(page, name):
    page.click(f"#received a:has-text('{name}')")
    expect(page.locator(".head")).to_contain_text(name)
    page.wait_for_load_state()  # the heading shows before the page's scripts have begun


def test_a_clerk_hands_in_mends_by_keyboard_takes_and_gives_back(signed_in, spoilt, blameless, tmp_path):
    page = signed_in("huang")
    open_forms(page)
    expect(page.locator("#received")).to_contain_text("还没有收到登记表")
    blameless(page)

    # Each file says what became of it while the others are still being read.
    hand_in(page, *sorted(FORMS.iterdir()), spoilt)
    outcome = page.locator(".progress li")
    expect(outcome).to_have_count(11)
    expect(outcome.filter(has_text=MESSY)).to_contain_text("3 行可收")
    expect(outcome.filter(has_text="spoilt.xls")).to_contain_text("请用 Excel、WPS 或 Word 打开")
    expect(page.locator("#received tbody tr")).to_have_count(11)
    blameless(page)

    open_form(page, MESSY)
    expect(page.locator("h1")).to_have_text("我读到了 6 行")
    blameless(page)

    # F8 goes from problem to problem, Esc puts back, Enter saves and goes on.
    page.keyboard.press("F8")
    page.keyboard.press("F8")
    age = page.locator("#row-4 input[data-name=student_age]")
    expect(age).to_be_focused()
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    expect(age).to_have_value("17")
    page.keyboard.type("19")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("第 4 行改好了")
    lost = page.locator("#row-6 input[data-name=student_id_number]")
    expect(lost).to_be_focused()

    # A number that cannot be right is said at once, and the cell keeps the focus.
    page.keyboard.type(GIRL[:-1])
    page.keyboard.press("Enter")
    expect(page.locator("#row-6 .result")).to_contain_text("应为18位")
    expect(lost).to_be_focused()
    page.keyboard.type(GIRL)
    page.keyboard.press("Enter")
    expect(page.locator("#row-6 .result .tag")).to_have_text("可收")
    expect(page.locator("body")).not_to_contain_text(GIRL)

    # A masked number is shown for a while where it stands.
    page.locator("#row-6 .eye").last.click()
    expect(page.locator("#row-6")).to_contain_text(GIRL)

    page.click("#take")
    expect(page.locator("#told")).to_contain_text("收下了 5 行")
    with page.expect_download() as download:
        page.click("text=下载带批注的原表")
    assert download.value.suggested_filename == "09-messy（带批注，1行要改）.xlsx"
    download.value.save_as(tmp_path / "back.xlsx")
    assert "怎么改" in openpyxl.load_workbook(tmp_path / "back.xlsx").sheetnames

    page.click("text=撤回 5 行")
    expect(page.locator("#told")).to_contain_text("撤回了 5 行")


def test_a_lost_number_is_compared_and_put_in(signed_in, blameless):
    page = signed_in("huang")
    open_forms(page)
    hand_in(page, FORMS / LOST)
    open_form(page, LOST)
    blameless(page)
    page.locator("#row-1").get_by_role("button", name="核对无误，补上").click()
    expect(page.locator("#row-1 .result .tag")).to_have_text("可收")
    expect(page.locator("#take")).to_have_text("收下 1 行好的")


def test_problems_of_a_long_form_are_gone_through_over_its_pages(signed_in, blameless, tmp_path):
    path = tmp_path / "long.xlsx"
    path.write_bytes(long_form(80, faulty={2, 41, 80}).read())
    page = signed_in("huang")
    open_forms(page)
    hand_in(page, path)
    open_form(page, "long.xlsx")
    blameless(page)

    # Three cells of a row are wrong: F8 goes through them, and then on to the page where problems go on.
    page.keyboard.press("F8")
    page.keyboard.press("F8")
    expect(page.locator("#row-2 input[data-name=phone]")).to_be_focused()
    page.keyboard.press("F8")
    expect(page.locator("#row-2 input[data-name=student_id_number]")).to_be_focused()
    page.keyboard.press("F8")
    expect(page.locator("#row-41 input[data-name=parent_id_number]")).to_be_focused()
    blameless(page)
    page.keyboard.press("Shift+F8")
    expect(page.locator("#row-2 input[data-name=student_id_number]")).to_be_focused()

    # The last problem of a page is saved, and the next page opens at its first.
    page.goto(page.url.split("?")[0] + "?page=2")
    phone = page.locator("#row-41 input[data-name=phone]")
    phone.fill("13800000000")
    phone.press("Enter")
    expect(page.locator("#row-41 input[data-name=student_id_number]")).to_be_focused()
    page.keyboard.type(GIRL)
    page.keyboard.press("Enter")
    expect(page.locator("#row-80 input[data-name=parent_id_number]")).to_be_focused()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_long_form_is_turned_by_plain_links_without_scripts(signed_in, tmp_path, viewport):
    path = tmp_path / "long.xlsx"
    path.write_bytes(long_form(80, faulty={2, 41}).read())
    page = signed_in("huang", viewport=viewport, scripts=False)
    open_forms(page)
    page.set_input_files("#files", str(path))
    page.click("#drop button.do")
    open_form(page, "long.xlsx")
    expect(page.locator(".leaves li")).to_have_count(3)
    expect(page.locator(".leaves li").nth(1)).to_contain_text("1 要改")
    page.click("#trouble-after")
    expect(page.locator("#row-41")).to_be_visible()
    phone = page.locator("#row-41 input[data-name=phone]")
    phone.fill("13800000000")
    phone.press("Enter")
    expect(page.locator("#row-41")).to_be_visible()
    page.click("text=下一页")
    expect(page.locator("#row-80")).to_be_visible()


def test_files_can_be_dropped_on_the_page(signed_in):
    page = signed_in("huang")
    open_forms(page)
    data = page.evaluate_handle(
        "bytes => { const all = new DataTransfer();"
        " all.items.add(new File([new Uint8Array(bytes)], 'dropped.csv')); return all; }",
        list((FORMS / "07-gbk.csv").read_bytes()),
    )
    page.dispatch_event(".zone", "drop", {"dataTransfer": data})
    expect(page.locator(".progress li")).to_contain_text("dropped.csv")
    expect(page.locator(".progress li")).to_contain_text("行可收")


def test_the_whole_way_on_a_phone(signed_in, blameless, spoilt):
    page = signed_in("lu", viewport=PHONE)
    open_forms(page)
    blameless(page)
    hand_in(page, FORMS / MESSY, spoilt)
    blameless(page)
    open_form(page, MESSY)
    blameless(page)
    age = page.locator("#row-4 input[data-name=student_age]")
    age.fill("19")
    page.locator("#row-4 .cell button").click()
    expect(page.locator("#told")).to_contain_text("第 4 行改好了")
    page.click("#row-1 th a")
    expect(page.locator("#row-1 input[data-name=school]")).to_be_visible()
    blameless(page)


def test_every_step_works_without_scripts(signed_in, spoilt):
    page = signed_in("huang", scripts=False)
    open_forms(page)
    page.set_input_files("#files", [str(FORMS / MESSY), str(FORMS / LOST), str(spoilt)])
    page.click("#drop button.do")
    expect(page.locator("#told")).to_contain_text("读了 2 份，共 9 行")
    expect(page.locator("#told")).to_contain_text("spoilt.xls")

    open_form(page, MESSY)
    father = page.locator("#row-3 input[data-name=parent_id_number]")
    father.fill(FATHER)
    father.press("Enter")
    expect(page.locator("#told")).to_contain_text("第 3 行改好了")
    page.locator("#row-3 .eye").first.click()
    expect(page.locator("#shown")).to_have_text(FATHER)
    page.get_by_role("link", name="回到表里").click()
    page.click("#take")
    expect(page.locator("#told")).to_contain_text("收下了 5 行")
    with page.expect_download() as download:
        page.click("text=下载带批注的原表")
    assert re.search("带批注", download.value.suggested_filename)

    page.click("main >> text=← 交表")
    open_form(page, LOST)
    page.locator("#row-2").get_by_role("button", name="核对无误，补上").click()
    expect(page.locator("#row-2 .result .tag")).to_have_text("可收")


def test_the_same_pages_in_english(signed_in, blameless):
    page = signed_in("huang")
    open_forms(page)
    hand_in(page, FORMS / MESSY)
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Hand in forms")
    open_form(page, MESSY)
    expect(page.locator("h1")).to_have_text("I read 6 rows")
    blameless(page)
    leftover = page.evaluate("document.querySelector('main .slim').innerText")
    assert not re.search("[\\u4e00-\\u9fff]", leftover), leftover


def test_the_day_of_receipt_begins_with_the_day_that_the_ended_campaign_named(signed_in):
    page = signed_in("huang")
    open_forms(page)
    assert date.fromisoformat(page.input_value("#received_on")) == date(2017, 8, 7)
