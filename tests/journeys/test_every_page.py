"""Every page that an officer can reach by links is blameless: nothing serious for axe, no sideways scrolling, at a desk and on a phone.

Links are followed from today's page; of pages of one kind (the same address but for its code) the first two are looked at.
"""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_handing_in_forms import FORMS, MESSY, hand_in, open_forms
from tests.journeys.test_pictures import run_up_to_the_notice

pytestmark = pytest.mark.browser
OF_A_KIND = 2
CODES = re.compile(r"(?<=/)(?:[0-9a-f]{8}-[0-9a-f-]{27}|SA-[\w-]+|D?[A-Z]{0,2}\d[\w-]*|\d+)(?=/)")
NOT_PAGES = re.compile(r"/(sign-out|demo|letters|language|static)/|\.\w{2,5}$|/download|/slip")


def kind_of(path):
    return CODES.sub("…", path)


def pages_from(page, start, look):
    """Follow links breadth first; returns how many pages of each kind were looked at."""
    seen, waiting, done = Counter(), [start], set()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if path in done or seen[kind_of(path)] >= OF_A_KIND or NOT_PAGES.search(path):
            continue
        done.add(path)
        answer = page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status == 200, address
        seen[kind_of(path)] += 1
        look(page)
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        waiting += [urljoin(address, one) for one in links if urlsplit(one).netloc == urlsplit(start).netloc]
    return seen


@pytest.mark.parametrize("officer", ["huang", "lu"])
def test_every_page_is_blameless(signed_in, tmp_path, officer):
    first = signed_in("huang")
    open_forms(first)
    hand_in(first, FORMS / MESSY)
    run_up_to_the_notice(tmp_path / "office")
    page, faults = signed_in(officer), []

    def look(page):
        for one in Axe().run(page).response["violations"]:
            if one["impact"] in {"serious", "critical"}:
                faults.append((page.url, one["id"], one["nodes"][0]["html"][:160]))
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            if width[0] > width[1]:
                faults.append((page.url, "scrolls sideways", size["width"]))

    kinds = pages_from(page, page.url, look)
    assert faults == []
    assert len(kinds) > (20 if officer == "huang" else 6), sorted(kinds)
