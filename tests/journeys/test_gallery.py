"""The gallery of the documentation: pages of the demo city as each part of the cast sees them, at a desk and on a phone.

Written into the folder that HUIGONG_PICTURES names, else the pages are only opened.
"""

import shutil
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PATIENCE, PHONE, demo_served
from tests.journeys.test_pictures import take

pytestmark = pytest.mark.browser
CAMPAIGN = "/campaigns/SA-450400-2017/"


@dataclass(frozen=True)
class View:
    """A page: its picture's name, where it lies, what it says, and the links to follow first, if any."""

    name: str
    address: str
    says: str
    follow: tuple[str, ...] = ()
    size: dict | None = None


VIEWS = {
    "verifier": (
        View("today", "/", "金秋助学 2017"),
        View("queue", f"{CAMPAIGN}applications/", "派件"),
        View("left-out", f"{CAMPAIGN}left-out/", "下一步"),
        View(
            "stamped-scan",
            f"{CAMPAIGN}forms/",
            "盖章以后改过 1 格",
            ("a:has-text('08-with-cover')", "#stamped a:has-text('看纸上')"),
        ),
        View("ranking", f"{CAMPAIGN}ranking/", "换个权重试试"),
        View("grievances", f"{CAMPAIGN}grievances/", "过期未答复"),
        View("waiting", "/households/waiting/", "没定重点群体"),
        View("doubles", "/doubles/", "是同一个人吗", ("main tbody a",)),
        View("national", "/national/", "国家系统", ("main .list a, main tbody a",)),
        View("graduates", "/employment/", "零就业家庭"),
        View("goals", "/employment/figures/", "采用这种算法"),
        View("graduate-phone", "/employment/", "服务", ("main tbody a",), PHONE),
    ),
    "finance": (
        View("funds", f"{CAMPAIGN}funds/", "记一笔到款"),
        View("batch", f"{CAMPAIGN}payments/", "与各笔合计一致", ("main tbody a",)),
    ),
    "approver": (View("approval", f"{CAMPAIGN}approvals/", "分管", ("main a:has-text('-SP001')",)),),
    "auditor": (
        View("walks", f"{CAMPAIGN}walks/", "试算平衡"),
        View("walk", f"{CAMPAIGN}walks/", "钱从哪来", ("main tbody a",)),
        View("history", "/history/", "链头"),
    ),
}


@pytest.fixture(scope="module")
def city(built_demo, tmp_path_factory):
    with demo_served(shutil.copytree(built_demo, tmp_path_factory.mktemp("shown") / "demo")) as (address, _):
        yield address


@pytest.mark.parametrize("part", list(VIEWS))
def test_the_pages_of_the_gallery_open(browser, city, part):
    page = browser.new_page(viewport=DESK, locale="zh-CN")
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(city)
    page.click(f".doors form:has(input[value='{part}']) button")
    for view in VIEWS[part]:
        page.set_viewport_size(view.size or DESK)
        page.goto(city + view.address)
        for link in view.follow:
            page.locator(link).first.click()
        expect(page.locator("main")).to_contain_text(view.says)
        take(page, view.name)
    page.close()
