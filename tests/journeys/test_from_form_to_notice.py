"""From a dropped form to the notice on the board, steered in the browser: by keyboard, on a phone, and without scripts."""

import io
import re

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, open_menu
from tests.journeys.test_handing_in_forms import FORMS, hand_in, open_form, open_forms

pytestmark = pytest.mark.browser
PRINTED = "01-as-printed.xlsx"


def told(page, words):
    expect(page.locator("#told")).to_contain_text(words)


def press(page, locator):
    """Reach something by keyboard and press it."""
    locator.focus()
    expect(locator).to_be_focused()
    page.keyboard.press("Enter")


def tick(page, locator):
    locator.focus()
    page.keyboard.press("Space")
    expect(locator).to_be_checked()


def open_campaign(page):
    open_menu(page)
    press(page, page.locator("nav >> text=金秋助学"))
    expect(page.locator("h1")).to_contain_text("金秋助学")


def open_step(page, word, look=lambda _page: None):
    """Open the next step from the campaign's one filled button, and look at it."""
    open_campaign(page)
    press(page, page.locator(f".head a.do:has-text('{word}')"))
    expect(page.locator("h1")).to_contain_text(word)
    look(page)


def say_yes(page, words):
    press(page, page.locator("form.settle button.do"))
    told(page, words)
    expect(page.locator("h1")).to_contain_text("金秋助学")


def open_case(page, name):
    open_menu(page)
    press(page, page.locator("nav >> text=申请"))
    page.fill("main [name=q]", name)
    page.keyboard.press("Enter")
    press(page, page.locator(".cases tbody th a").first)
    expect(page.locator("h1")).to_contain_text(name)


def bring(page, kind, words):
    page.select_option("#kind", kind)
    tick(page, page.locator(".noted [name=original_seen]"))
    tick(page, page.locator(".noted [name=copy_kept]"))
    press(page, page.locator(".noted button"))
    told(page, words)


def stamp(page):
    tick(page, page.locator("#stamped [name=original_seen]"))
    press(page, page.locator("#stamped button", has_text="记下，重新认定"))
    told(page, "记下了：盖章登记表。")


def board_sheet(page):
    """Everything that the sheet for the unit's board says."""
    open_campaign(page)
    open_menu(page)
    press(page, page.locator("nav >> text=下载"))
    with page.expect_download() as download:
        page.click("li[id='public-notice.docx'] button")
    sheet = Document(io.BytesIO(download.value.path().read_bytes()))
    cells = [cell.text for table in sheet.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in sheet.paragraphs] + cells)


def to_the_notice(page, look=lambda _page: None):
    """The whole way for one form: its girl's papers are missing at first, and she is on the board in the end."""
    open_forms(page)
    hand_in(page, FORMS / PRINTED)
    open_form(page, PRINTED)
    press(page, page.locator("#take"))
    told(page, "收下了 6 行")

    open_step(page, "立案", look)
    say_yes(page, "立案了：6 行成了 6 件新申请")
    look(page)

    open_case(page, "韦小雨")
    expect(page.locator("h1")).to_contain_text("缺材料")
    look(page)
    bring(page, "benefit_card_copy", "记下了：惠工卡复印件。按现有材料重新认定 1 件：缺材料 1")
    bring(page, "admission_letter", "缺材料 1")
    press(page, page.locator("text=盖章的登记表在那份表的页面上登记"))
    expect(page.locator("#stamped")).to_contain_text("还没来")
    look(page)
    stamp(page)
    expect(page.locator("#stamped")).to_contain_text("来了")

    open_step(page, "审核并认定", look)
    expect(page.locator("form.settle")).to_contain_text("担保这 6 件事实属实")
    tick(page, page.locator("[name=sure]"))
    say_yes(page, "审核并认定了 6 件，由您署名：符合条件 1")

    open_step(page, "排序分名额", look)
    say_yes(page, "1 件有名额")

    open_step(page, "公示", look)
    page.fill("#from", "2017-08-21")
    press(page, page.locator("text=看这天起的"))
    expect(page.locator("aside").last).to_contain_text("2017-08-25")
    expect(page.locator(".hanging")).to_contain_text("韦*兰")
    tick(page, page.locator("[name=sure]"))
    look(page)
    say_yes(page, "1 件，8月21日到8月25日")
    look(page)


def test_a_form_is_steered_to_the_board_by_keyboard(signed_in, blameless):
    page = signed_in("huang")
    to_the_notice(page, blameless)
    sheet = board_sheet(page)
    assert "韦*兰" in sheet
    assert "2017年8月25日" in sheet
    assert "小雨" not in sheet
    # What was done stands in the girl's history, and who did it.
    open_case(page, "韦小雨")
    expect(page.locator("h1")).to_contain_text("公示中")
    for word in ("立案", "审核：事实属实", "排名次", "上公示"):
        expect(page.locator(".way")).to_contain_text(word)
    expect(page.locator("body")).to_contain_text("仍然有效")
    blameless(page)


def test_the_same_way_on_a_phone(signed_in, blameless):
    page = signed_in("huang", viewport=PHONE)
    to_the_notice(page, blameless)


def expect_no_more(page, word):
    for _ in range(20):
        page.click("nav >> text=金秋助学")
        if not page.locator(f".head a.do:has-text('{word}')").count():
            return
        page.wait_for_timeout(200)
    pytest.fail(f"{word} is still to be done")


def test_every_step_is_steered_without_scripts_and_pressed_twice_is_done_once(signed_in):
    page = signed_in("huang", scripts=False)
    open_forms(page)
    page.set_input_files("#files", [str(FORMS / PRINTED)])
    page.click("#drop button.do")
    open_form(page, PRINTED)
    page.click("#take")
    for word in ("立案", "审核并认定"):
        page.click("nav >> text=金秋助学")
        page.click(f".head a.do:has-text('{word}')")
        if page.locator("[name=sure]").count():
            page.check("[name=sure]")
        page.locator("form.settle button.do").dblclick()
        expect(page.locator("#told")).to_contain_text(
            re.compile("立案了|审核并认定了|没有要办的|有了变化|已被别人办过")
        )
        # The first press may still be at work when the second is answered.
        expect_no_more(page, word)
    page.click("nav >> text=申请")
    expect(page.locator(".cases tbody tr")).to_have_count(6)
    page.click(".cases tbody th a")
    expect(page.locator(".way li:has-text('审核：事实属实')")).to_have_count(1)
    page.locator(".noted summary").wait_for()
    page.check(".noted [name=copy_kept]")
    page.click(".noted button")
    told(page, "记下了：惠工卡复印件")
    expect(page.locator("body")).to_contain_text("事实变了，要再审核")
    page.check("[name=sure]")
    page.click("form[action*=verify] button")
    told(page, "审核了，由您署名")
    expect(page.locator("body")).to_contain_text("仍然有效")
