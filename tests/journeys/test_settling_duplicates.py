"""Two files that may hold one person, settled by keyboard alone: digits press the three words, nothing is asked twice."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_demo import visit  # noqa: F401  the fixture

pytestmark = pytest.mark.browser


@pytest.fixture
def keeper(demo, visit):  # noqa: F811
    """黄 of the demo city, in front of the queue."""
    page = visit()
    page.locator("#demo form button", has_text="黄").first.click()
    page.goto(f"{demo[0]}/doubles/")
    return page


def waiting(page):
    return int(page.locator(".chips a[aria-current] span").inner_text())


def put_aside(page):
    return int(page.locator(".chips li", has_text="先放着").inner_text().split()[-1])


def test_a_group_is_settled_by_one_digit_and_the_next_comes_up(keeper, blameless):
    page = keeper
    before, aside = waiting(page), put_aside(page)
    page.locator("a.do").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("是同一个人吗？")
    blameless(page)
    page.locator("#why").focus()
    page.keyboard.press("2")  # in a text field a digit is a digit
    expect(page.locator("#why")).to_have_value("2")
    page.keyboard.press("Tab")
    first = page.url
    page.keyboard.press("3")
    expect(page.locator("#told")).to_contain_text("先放着")
    assert page.url != first
    page.keyboard.press("Escape")
    expect(page.locator(".chips a[aria-current]")).to_contain_text("待看")
    assert before > waiting(page)  # one family at a time: as many pairs as it has
    assert put_aside(page) - aside == before - waiting(page)
