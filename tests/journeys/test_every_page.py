"""Every page that anybody of the demo city can reach by links is blameless: nothing serious for axe, no sideways scrolling.

Each part of the cast steps in and follows links from today's page, at a desk and on a phone. Of pages of one kind (the same
address but for its code) the first two are looked at; a kind that other parts looked at before, once.
"""

import re
import shutil
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from huigong.runs.demo_cast import CAST
from tests.journeys.conftest import DESK, PATIENCE, PHONE, demo_served

pytestmark = pytest.mark.browser
OF_A_KIND = 2
CODES = re.compile(r"(?<=/)(?:[0-9a-f]{8}-[0-9a-f-]{27}|(?:SA|JJ|QZ)-[\w-]+|D?[A-Z]{0,2}\d[\w-]*|\d+)(?=/)")
NOT_PAGES = re.compile(
    r"/(sign-out|demo|letters|language|static|docx|pdf)/|\.\w{2,5}$|/download/|/history/file/|/scan|/slip|/partners/(tool|.+/(invitation|letter))/|/batches/.+/papers/"
)
SEEN_BY_OTHERS = Counter()
FEW = {"administrator": 3, "security": 5, "log_auditor": 5}
"""How many kinds of pages somebody reaches at the least: the three administrators see no case."""


def kind_of(path):
    return CODES.sub("…", path)


def pages_from(page, start, look):
    """Follow links breadth first; returns how many pages of each kind were looked at."""
    seen, waiting, done = Counter(), [start], set()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        kind = kind_of(path)
        if path in done or seen[kind] >= (1 if SEEN_BY_OTHERS[kind] else OF_A_KIND) or NOT_PAGES.search(path):
            continue
        done.add(path)
        answer = page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        # A public notice whose days are over is gone (410), and says so in words.
        assert answer.status in ({200, 410} if "/public/notices/" in path else {200}), address
        seen[kind] += 1
        look(page)
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        waiting += [urljoin(address, one) for one in links if urlsplit(one).netloc == urlsplit(start).netloc]
    return seen


@pytest.fixture(scope="module")
def city(built_demo, tmp_path_factory):
    """One demo city for all parts: looking changes nothing."""
    with demo_served(shutil.copytree(built_demo, tmp_path_factory.mktemp("walked") / "demo")) as (address, _):
        yield address


@pytest.mark.parametrize("part", [one.key for one in CAST])
def test_every_page_is_blameless(browser, city, part):
    page, faults = browser.new_page(viewport=DESK, locale="zh-CN"), []
    page.set_default_timeout(PATIENCE * 1000)

    def look(page):
        for one in Axe().run(page).response["violations"]:
            if one["impact"] in {"serious", "critical"}:
                faults.append((page.url, one["id"], one["nodes"][0]["html"][:160]))
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            if width[0] > width[1]:
                faults.append((page.url, "scrolls sideways", size["width"]))

    page.goto(city)
    page.click(f".doors form:has(input[value='{part}']) button")
    kinds = pages_from(page, page.url, look)
    page.close()
    SEEN_BY_OTHERS.update(kinds.keys())
    assert faults == []
    assert len(kinds) >= FEW.get(part, 9), sorted(kinds)
