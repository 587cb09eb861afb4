"""A form that is pressed twice, or gone back to and sent again as it was, takes effect once; a fresh page does it again."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_demo import visit  # noqa: F401  the fixture

pytestmark = pytest.mark.browser
ADDING = "#aid details.step:has(#a-yuan)"  # beside it each line of aid has one to take it back


@pytest.fixture
def file_page(demo, visit):  # noqa: F811
    """黄 of the demo city, before a file that waits for something."""
    page = visit()
    page.locator("#demo form button", has_text="黄").first.click()
    page.goto(f"{demo[0]}/households/waiting/")
    page.locator("main a[href^='/households/0']").first.click()
    return page


def times(page):
    """How often the family was aided, as the heading counts it."""
    return int(page.locator("#aid h2").inner_text().split("次")[0].split()[-1])


def write_aid(page, yuan="500"):
    page.locator(f"{ADDING} summary").click()
    page.locator("#a-word").select_option(index=1)
    page.locator("#a-giver").select_option(index=1)
    page.fill("#a-yuan", yuan)
    return page.locator(f"{ADDING} form button")


def test_aid_that_is_pressed_twice_or_gone_back_to_is_written_once(file_page):
    page, before = file_page, times(file_page)
    write_aid(page).dblclick()
    expect(page.locator("#told")).to_contain_text("帮扶记录添好了")
    assert times(page) == before + 1

    page.go_back()
    page.locator(f"{ADDING} summary").click()
    expect(page.locator("#a-yuan")).to_have_value("500")  # the browser put it in again
    page.locator(f"{ADDING} form button").click()
    expect(page.locator("#told")).to_contain_text("没有再办第二次")
    assert times(page) == before + 1

    write_aid(page).click()  # the same once more, on the page that opened: it is meant
    expect(page.locator("#told")).to_contain_text("帮扶记录添好了")
    assert times(page) == before + 2


def test_what_was_changed_after_going_back_is_another_sending(file_page):
    page, before = file_page, times(file_page)
    write_aid(page).click()
    expect(page.locator("#told")).to_contain_text("帮扶记录添好了")
    page.go_back()
    write_aid(page, "600").click()
    expect(page.locator("#told")).to_contain_text("帮扶记录添好了")
    assert times(page) == before + 2
