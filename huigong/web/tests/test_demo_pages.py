"""The demo's card and its pages: every scene opens for whom its door names; outside the demo none of it exists."""

import re
from html import unescape

import pytest
from django.urls import reverse

from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.organisations import actions as organisations
from huigong.runs import demo, demo_cast
from huigong.runs.altered_copy import Altered
from huigong.runs.demo_reset import Told
from huigong.studentaid import actions
from huigong.studentaid.queries import applications_of
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.entrance import demo as pages
from huigong.web.console.entrance import scenes
from huigong.web.tests.campaign_at_work import campaign_at_work

HERE = {"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1"}
ADDRESSES = [
    reverse("demo-step-in"),
    reverse("demo-sample", args=[demo.SAMPLES[0]]),
    reverse("demo-altered"),
    reverse("demo-reset"),
]
DOOR = re.compile(
    r'<li id="scene-(\w+)">.*?name="part" value="([\w-]+)"><input type="hidden" name="next" value="([^"]+)"', re.DOTALL
)


@pytest.fixture
def here(client):
    """A browser on this machine."""
    client.defaults.update(HERE)
    return client


@pytest.fixture
def work(db, at):
    """A campaign at work that stands for the demo: quicker made, and enough for the pages themselves."""
    made = campaign_at_work(at, up_to="released")
    organisations.add_officer("梁", role="auditor", organisation=made.city, by="system", at=at)
    audit.record("demo.built", subject="demo", officer="system", at=at, payload={"campaign": made.campaign.code})
    demo.marker().parent.mkdir(parents=True, exist_ok=True)
    demo.marker().write_text("{}", "utf-8")
    return made


def test_every_scene_of_the_city_opens_for_whom_its_door_names(here, db, at):
    demo.build(at=at)
    page = here.get("/sign-in/").content.decode()
    doors = DOOR.findall(page)
    assert [name for name, _, _ in doors] == ["messy", "annotated", "eligible", "eighth", "twice", "late"]
    seen = {}
    for name, part, address in doors:
        stepped = here.post(reverse("demo-step-in"), {"part": part, "next": unescape(address)})
        assert stepped.url == unescape(address)
        answer = here.get(stepped.url)
        assert answer.status_code == 200, name
        seen[name] = answer.content.decode()
    assert "韦小雨" in seen["eligible"]
    assert "排第 8 名" in seen["eighth"]
    assert "另一户也报了这名学生" in seen["twice"]
    assert "截止2017年8月10日" in seen["late"]
    assert "下载带批注的原表" in seen["annotated"]
    assert here.get("/").content.decode().count("scene-") == 7


@pytest.mark.parametrize("role", ["preparer", "verifier", "approver", "finance", "auditor"])
def test_each_role_is_one_button_away(here, work, role):
    assert here.post(reverse("demo-step-in"), {"part": role}).url == "/"
    page = here.get("/").content.decode()
    assert demo_cast.NAMES[role] in page
    assert page.count('aria-current="true">') == 1
    assert [told.action for told in history.latest([], actor="system", limit=1)] == ["officer.invited"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_outside_the_demo_none_of_its_pages_exists(here, huang, address):
    assert here.get(address).status_code == 404
    assert here.post(address, {"part": "verifier", "confirm": "yes"}).status_code == 404
    assert "scene-" not in here.get("/sign-in/").content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "from_elsewhere",
    [
        {"REMOTE_ADDR": "192.168.1.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.168.1.7"},
        {"HTTP_HOST": "testserver"},
    ],
)
def test_in_the_demo_they_exist_for_this_machine_only(here, work, address, from_elsewhere):
    assert here.post(address, {"part": "verifier"}, **from_elsewhere).status_code == 404
    assert "scene-" not in here.get("/sign-in/", **from_elsewhere).content.decode()
    assert "_auth_user_id" not in here.session


def test_stepping_in_is_asked_for_never_a_link(here, work):
    assert here.get(reverse("demo-step-in")).status_code == 405


def test_nobody_plays_an_unknown_role(here, work):
    assert here.post(reverse("demo-step-in"), {"part": "king"}).status_code == 404


@pytest.mark.parametrize("to", ["https://example.org/", "//example.org/", ""])
def test_a_door_leads_nowhere_else(here, work, to):
    assert here.post(reverse("demo-step-in"), {"part": "verifier", "next": to}).url == "/"


def test_a_scene_that_was_played_has_no_door(here, work):
    while one := scenes._late(applications_of(work.campaign), work.circular):
        actions.settle(one, "late", version=one.version, reason="送晚了一周，孩子要开学", officer=work.qin, at=work.at)
    page = here.get("/sign-in/").content.decode()
    assert "late" not in [name for name, _, _ in DOOR.findall(page)]
    assert "您已办完" in page


def test_the_two_forms_can_be_fetched_and_no_other_file(here, work):
    for name in demo.SAMPLES:
        answer = here.get(reverse("demo-sample", args=[name]))
        assert answer.content == demo.sample(name).read_bytes()
        assert name in answer["Content-Disposition"]
    assert here.get(reverse("demo-sample", args=["registry.xlsx"])).status_code == 404


def test_the_altered_copy_shows_what_the_verification_says(here, work, monkeypatch):
    said = Sentence("books", "对账不过：划转 SA-1 的 fen 现为 2", "The books do not hold: Transfer SA-1")
    found = Altered("SA-1:aid", "1,500", "2,500", False, Sentence("chain", "验链通过", "The chain holds"), said)
    monkeypatch.setattr(pages, "altered_copy", lambda: found)
    address = reverse("demo-altered")
    assert "对账不过" not in here.get(address).content.decode()
    page = here.post(address).content.decode()
    assert "对账不过：划转 SA-1" in page
    assert "1,500 元改成 2,500 元" in page
    assert "验出来了" in page


def test_where_no_copy_can_be_made_the_page_says_why(here, work, monkeypatch):
    def refuse():
        raise SaidError(Sentence("no", "账上还没有一笔", "no transfer yet"))

    monkeypatch.setattr(pages, "altered_copy", refuse)
    assert "账上还没有一笔" in here.post(reverse("demo-altered")).content.decode()


def test_rebuilding_is_asked_for_twice(here, work, monkeypatch):
    begun = []
    monkeypatch.setattr(pages.demo_reset, "begin", lambda: begun.append(1))
    address = reverse("demo-reset")
    assert "确认重建" in here.get(address).content.decode()
    assert here.post(address).status_code == 200
    assert begun == []
    assert here.post(address, {"confirm": "yes"}).url == address
    assert begun == [1]


def test_while_it_is_rebuilt_the_page_counts_and_looks_again(here, work, monkeypatch):
    monkeypatch.setattr(pages.demo_reset, "running", lambda: True)
    monkeypatch.setattr(pages.demo_reset, "told", lambda: Told("forms", 3, 7))
    answer = here.get(reverse("demo-reset"))
    assert answer["Refresh"] == "2"
    assert "3 / 7" in answer.content.decode()


def test_once_it_is_rebuilt_the_visitor_stands_before_the_door(here, work, monkeypatch):
    monkeypatch.setattr(pages.demo_reset, "told", lambda: Told("done"))
    answer = here.get(reverse("demo-reset"), follow=True)
    assert answer.redirect_chain[-1][0] == "/sign-in/"
    assert "重建好了" in answer.content.decode()


def test_a_rebuilding_that_failed_says_why_and_can_be_tried_again(here, work, monkeypatch):
    monkeypatch.setattr(pages.demo_reset, "told", lambda: Told("failed", zh="没有建成：盘满了", en="disk full"))
    page = here.get(reverse("demo-reset")).content.decode()
    assert "盘满了" in page
    assert "确认重建" in page


def test_the_card_speaks_english_when_asked(here, work):
    here.post(reverse("language"), {"language": "en", "next": "/"})
    page = here.get("/sign-in/").content.decode()
    card = page[page.index('id="demo"') : page.index("</section>")]
    assert "Seven places, the eighth family" in card
    places = {player.officer.organisation.name for player in demo_cast.players()}
    assert set(re.findall("[\u4e00-\u9fff]+", card)) <= {*demo_cast.NAMES.values(), *places}
