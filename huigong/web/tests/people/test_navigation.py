"""The side navigation: matters as single lines, and their other pages while the reader is there."""

import re

from huigong.web import permissions
from huigong.web.navigation import OF_THE_HOUSE


def words(page):
    led = page[page.index("<nav") : page.index("</nav>")]
    return {re.sub(r"\s*<.*", "", word) for word in re.findall(r"<a [^>]*>(.*?)</a>", led)}


def test_the_pages_beside_a_matter_stand_there_only_while_the_reader_is_at_it(desk, city, officer):
    desk.sit(officer("黄", "verifier", city))
    assert "档案" in words(desk.look("today"))
    assert not {"摸底", "查重", "国家系统"} & words(desk.look("today"))
    assert {"档案", "摸底", "查重", "国家系统"} <= words(desk.look("surveys"))


def test_whoever_may_open_a_page_may_open_the_matter_that_it_is_found_under():
    lost = {
        one.name: permissions.asked(one.name) - permissions.asked(page.name)
        for page in OF_THE_HOUSE
        for one in page.beside
    }
    assert set(lost.values()) == {frozenset()}, lost
