"""The reviewer at the desk: from the list to a family that is told once, and on to the next case; by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, open_menu
from tests.journeys.test_from_form_to_notice import PRINTED, open_step, press, say_yes, told
from tests.journeys.test_handing_in_forms import FORMS, hand_in, open_form, open_forms

pytestmark = pytest.mark.browser


@pytest.fixture
def reviewer(signed_in):
    """黄 in front of six cases that just came in: the form, from the file on."""
    page = signed_in("huang")
    open_forms(page)
    hand_in(page, FORMS / PRINTED)
    open_form(page, PRINTED)
    press(page, page.locator("#take"))
    told(page, "收下了 6 行")
    open_step(page, "立案")
    say_yes(page, "立案了：6 行")
    return page


def open_desk(page):
    open_menu(page)
    page.locator("nav >> text=申请").first.click()
    page.locator(".cases tbody th a").first.click()
    press(page, page.locator("a:has-text('到审核台')"))
    expect(page.locator(".work-side h1")).to_contain_text("缺材料")
    page.wait_for_load_state()  # the heading shows before the page's scripts have begun


def tasks(page):
    return page.locator("li[data-number]")


def test_a_reviewer_ticks_tells_once_and_goes_on(reviewer, blameless):
    page = reviewer
    open_desk(page)
    for task in tasks(page).all():
        task.get_by_label("没问题").check()
    tasks(page).first.get_by_label("缺东西").check()
    page.get_by_role("button", name="先记下").click()
    told(page, "核对记下了")
    blameless(page)
    page.locator(".acts a", has_text="请补一次").click()
    blameless(page)
    page.locator("#own").fill("请带户口本来核对。")
    page.get_by_role("button", name="看告知书").click()
    expect(page.locator(".letter")).to_contain_text("请带户口本来核对")
    blameless(page)
    page.get_by_role("button", name="发出").click()
    told(page, "告知记下了")
    expect(page.locator(".points li")).not_to_have_count(0)


def test_ticks_and_neighbours_by_keyboard_alone(reviewer):
    page = reviewer
    open_desk(page)
    first = page.locator("h1").inner_text()
    page.locator("main").focus()
    page.keyboard.press("1")
    expect(tasks(page).first.get_by_label("没问题")).to_be_checked()
    page.keyboard.press("Digit1")
    expect(tasks(page).first.get_by_label("缺东西")).to_be_checked()
    note = tasks(page).first.get_by_label("备注")
    note.focus()
    page.keyboard.type("11")
    expect(note).to_have_value("11")
    expect(tasks(page).first.get_by_label("缺东西")).to_be_checked()
    page.locator("main").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("h1")).not_to_have_text(first)
    page.locator("main").focus()
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("申请")


def test_keys_rest_while_a_word_is_composed_and_can_be_switched_off(reviewer):
    page = reviewer
    open_desk(page)
    press_1 = "document.dispatchEvent(new KeyboardEvent('keydown', {code: 'Digit1', isComposing: %s, bubbles: true}))"
    page.evaluate(press_1 % "true")
    expect(tasks(page).first.locator("input:checked")).to_have_count(0)
    page.locator("#keys summary").click()
    page.locator("#keys-off").click()
    page.locator("main").focus()
    page.keyboard.press("1")
    expect(tasks(page).first.locator("input:checked")).to_have_count(0)


def test_finishing_goes_on_to_the_next_free_case(reviewer):
    page = reviewer
    open_desk(page)
    first = page.locator(".work-side h1").inner_text()
    for task in tasks(page).all():
        task.get_by_label("没问题").check()
    page.locator("main").focus()
    page.keyboard.press("Control+Enter")
    told(page, "审核了，由您署名")
    expect(page.locator(".work-side h1")).not_to_have_text(first)


def test_two_officers_do_not_work_on_one_case(reviewer, signed_in):
    open_desk(reviewer)
    leader = signed_in("qin")
    leader.goto(reviewer.url)
    expect(leader.locator("main")).to_contain_text("正在办")
    expect(leader.locator("button[value=note]")).to_have_count(0)


def test_the_desk_fits_a_phone(reviewer, blameless):
    reviewer.set_viewport_size(PHONE)
    open_desk(reviewer)
    blameless(reviewer)
