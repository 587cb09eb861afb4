"""Today and the campaign page: every count opens a list of that length, what is told adds up, and another city sees none."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as installed
from django.db import connection
from django.urls import reverse

from huigong.audit import actions as audit_actions
from huigong.audit import queries as audit
from huigong.intake.models import FormRow
from huigong.ledger import actions as ledger
from huigong.organisations import actions as organisations
from huigong.organisations.queries import by_code
from huigong.studentaid.models import Application
from huigong.values.money import Fen
from huigong.web.console import history, words
from huigong.web.console.campaigns import working
from huigong.web.permissions import asked
from huigong.web.tests.campaign_at_work import campaign_at_work, empty_campaign

BACKEND = "django.contrib.auth.backends.ModelBackend"
MINE = ("applications", "application", "application-settle", "downloads", "download", "events", "events-verify")


@pytest.fixture
def signed_in(client):
    def as_(officer):
        client.force_login(officer, backend=BACKEND)
        return client

    return as_


@pytest.fixture
def shared(db, at):
    return campaign_at_work(at, up_to="shared")


@pytest.fixture
def released(db, at):
    return campaign_at_work(at, up_to="released")


def page_of(client, campaign, name="campaign"):
    return unescape(client.get(reverse(name, args=[campaign.code])).content.decode())


def figures(page):
    """The strip: each figure's word, count and address."""
    strip = re.search(r'<ol class="strip stages".*?</ol>', page, re.DOTALL)[0]
    found = re.findall(
        r'<a href="([^"]+)"><span class="name">([^<]+)</span><span class="count[^"]*">(\d+)</span>', strip
    )
    return {word: (int(count), address) for address, word, count in found}


def links_with_counts(page):
    """Every link whose words are a number, and every task."""
    numbers = re.findall(r'<td class="number"[^>]*><a href="([^"]+)">(\d+)</a>', page)
    numbers += re.findall(r'<span class="whole"><a href="([^"]+)">(\d+)</a> /', page)
    tasks = re.findall(r'<li><a href="([^"]+)"><strong>(\d+)</strong>', page)
    return [(address, int(count)) for address, count in numbers + tasks]


def length(client, address):
    """How many the list at an address holds: applications, or rows of the forms that it lists."""
    page = unescape(client.get(address).content.decode())
    if "/applications/" in address:
        return int(re.search(r"这里 (\d+) 件", page)[1])
    state = re.search(r"state=(\w+)", address)
    status = {"ready": "ready", "stop": "returned", "waiting": "waiting"}.get(state and state[1])
    rows = FormRow.objects.exclude(status="replaced")
    return rows.filter(status=status).count() if status else rows.count()


def test_every_figure_of_the_strip_opens_a_list_of_that_length(signed_in, shared):
    client = signed_in(shared.huang)
    strip = figures(page_of(client, shared.campaign))
    assert {word: count for word, (count, _) in strip.items() if count} == {
        "登记（行）": 44,
        "退回修改": 6,
        "等人核实": 3,
        "缺材料": 6,
        "请负责人定": 6,
        "有名额": 15,
        "候补": 3,
    }
    assert {word: length(client, address) for word, (_, address) in strip.items()} == {
        word: count for word, (count, _) in strip.items()
    }


def test_every_case_stands_at_one_figure(signed_in, shared):
    strip = figures(page_of(signed_in(shared.huang), shared.campaign))
    cases = [count for count, address in strip.values() if "/applications/" in address]
    assert sum(cases) == Application.objects.count()


@pytest.mark.parametrize("who", ["huang", "qin", "lu"])
def test_every_number_and_task_opens_a_list_of_that_length(signed_in, shared, who):
    client = signed_in(getattr(shared, who))
    found = links_with_counts(page_of(client, shared.campaign))
    assert found
    for address, count in found:
        if "/applications/" in address:
            assert length(client, address) == count, address


def test_the_places_of_a_county_are_told_as_text_beside_the_bar(signed_in, shared):
    page = page_of(signed_in(shared.huang), shared.campaign)
    row = re.search(r'<th scope="row">藤县总工会</th>.*?</tr>', page, re.DOTALL)[0]
    assert re.sub(r"<[^>]+>", "", re.search(r'<span class="whole">.*?</span>', row, re.DOTALL)[0]) == "7 / 7"
    assert "请定 1 件" in row


def test_places_and_money_add_up_from_rows_of_their_own(signed_in, released):
    page = re.sub(r"<[^>]+>", "", page_of(signed_in(released.huang), released.campaign))
    assert "24 指标 = 15 占用 + 9 余" in page
    assert "已批 ¥37,500 = 待发 0 + 已安排发放 37,500" in page
    assert "账平" in page


def test_books_that_do_not_add_up_are_told_in_red(signed_in, released, at):
    by = released.chen.username
    fund, aid = "fund:regional-2017", "aid:regional-2017:450422"
    entry = ledger.Entry(reference="by hand", debit=fund, credit=aid, fen=Fen(100), code="student-aid", kind="pending")
    ledger.post_all([entry], officer=by, at=at)
    page = page_of(signed_in(released.huang), released.campaign)
    assert 'class="said stop"' in page
    assert "账平 " not in page
    assert "≠" in page


def test_working_days_are_left_until_the_deadline_and_none_after_it(signed_in, shared, on):
    client = signed_in(shared.huang)
    on(8, 8)
    page = page_of(client, shared.campaign)
    assert "报送截止 8月10日" in page
    assert "还有 3 个工作日" in page
    assert "#%E4%BA%94%28%E4%B8%89%29" in page  # 五(三), where the deadline is laid down
    on(8, 10)
    assert "就是今天" in page_of(client, shared.campaign)
    on(8, 11)
    assert "已截止" in page_of(client, shared.campaign)


def test_the_head_of_the_chain_stands_on_the_page(signed_in, shared):
    assert audit.head().digest[:8] in page_of(signed_in(shared.huang), shared.campaign)


def test_a_notice_hangs_until_its_last_day_and_then_waits_for_the_decision(signed_in, db, at, on):
    work = campaign_at_work(at, up_to="on_notice")
    client = signed_in(work.qin)
    on(8, 25)
    page = page_of(client, work.campaign)
    assert "8月21日 – 8月25日" in page
    assert "15</strong> 公示中，收异议" in page
    assert "到8月25日" in page
    on(8, 26)
    page = page_of(client, work.campaign)
    assert "15</strong> 公示期满，等集体研究审批" in page
    assert "等审批 3 件" in page


def test_today_lists_what_a_role_has_to_do(signed_in, shared):
    told = {
        who: re.findall(
            r"<strong>(\d+)</strong> ([^<]+)</a>", signed_in(getattr(shared, who)).get("/").content.decode()
        )
        for who in ("huang", "qin", "lu", "chen")
    }
    assert ("6", "缺材料，补齐就能办") in told["huang"]
    assert ("5", "行读好了，可以收下") in told["huang"]
    assert told["qin"] == [("4", "请负责人定"), ("2", "名次并列，定先给谁")]
    assert told["chen"] == []
    assert "请负责人定" not in {word for _, word in told["lu"]}


def test_today_says_so_when_there_is_nothing_to_do(signed_in, released):
    page = signed_in(released.chen).get("/").content.decode()
    assert "今天没有要办的" in page
    assert "已截止" in page


def test_approved_cases_wait_for_finance(signed_in, db, at):
    work = campaign_at_work(at, up_to="approved")
    page = signed_in(work.chen).get("/").content.decode()
    assert "15</strong> 已批准，等安排发放" in page
    assert "已批准，等安排发放" not in signed_in(work.huang).get("/").content.decode()


def test_an_empty_campaign_says_what_would_be_here(signed_in, db, at):
    work = empty_campaign(at)
    client = signed_in(work.huang)
    assert "现在没有轮到您办的" in page_of(client, work.campaign)
    assert "还没有申请" in page_of(client, work.campaign, "applications")


def test_an_officer_of_another_city_finds_nothing(signed_in, shared, mo):
    client = signed_in(mo)
    case = Application.objects.first()
    for address in (
        reverse("campaign", args=[shared.campaign.code]),
        reverse("applications", args=[shared.campaign.code]),
        reverse("application", args=[case.reference]),
        reverse("downloads", args=[shared.campaign.code]),
        reverse("download", args=[shared.campaign.code, "register.xlsx"]),
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address
    answer = client.post(reverse("application-settle", args=[case.reference]), {"about": "late"})
    assert answer.status_code == 404
    assert "450422" not in client.get("/history/").content.decode()


def test_a_county_sees_its_own_and_no_file_of_the_whole_city(signed_in, shared, at):
    county = organisations.add_officer("岑", role="verifier", organisation=by_code("450422"), by="system", at=at)
    client = signed_in(county)
    page = page_of(client, shared.campaign)
    assert "藤县总工会" in page
    assert "岑溪市总工会" not in page
    assert length(client, reverse("applications", args=[shared.campaign.code])) == 9
    assert "这些是全市的文件" in page_of(client, shared.campaign, "downloads")
    taken = client.post(reverse("download", args=[shared.campaign.code, "register.xlsx"]), {"purpose": "work"})
    assert taken.status_code == 403


@pytest.mark.parametrize("role", ["preparer", "verifier", "approver", "finance", "auditor", "administrator"])
def test_each_role_opens_what_the_table_names(signed_in, shared, at, role):
    officer = organisations.add_officer(f"某{role}", role=role, organisation=shared.city, by="system", at=at)
    client, code = signed_in(officer), shared.campaign.code
    words_of = {"application": "SA-450422-2017-00001", "application-settle": "SA-450422-2017-00001"}
    for name in MINE:
        args = [words_of[name]] if name in words_of else [] if name.startswith("events") else [code]
        address = reverse(name, args=[*args, "register.xlsx"] if name == "download" else args)
        refused = client.get(address).status_code == 403
        assert refused == (role not in asked(name)), (role, name)


def test_pages_ask_the_database_so_often_whatever_came(signed_in, db, at, django_assert_num_queries):
    work = empty_campaign(at)
    client, campaign = signed_in(work.huang), reverse("campaign", args=[work.campaign.code])
    counts = {"/": 20, campaign: 28, "/history/": 12}
    for address, queries in counts.items():
        with django_assert_num_queries(queries):
            client.get(address)
    for step in ("open", "share"):
        getattr(work, step)()
    for address, queries in counts.items():
        with django_assert_num_queries(queries):
            client.get(address)


@pytest.fixture
def at_once(monkeypatch):
    """Verifying is done while the page waits: a thread would not see what the test has not committed."""
    monkeypatch.setattr(working, "apart", lambda do: do())


def test_verifying_tells_how_far_it_is_and_only_one_is_done_at_a_time(signed_in, released, monkeypatch):
    told = []
    monkeypatch.setattr(history, "_A_STEP", 50)
    monkeypatch.setattr(working, "apart", told.append)  # begun, and not done yet
    client = signed_in(released.huang)
    answer = client.post(reverse("events-verify"))
    assert answer.url == reverse("events-now")
    assert (
        "从第一条起重算" in client.get(answer.url).content.decode()
        or "先核对" in client.get(answer.url).content.decode()
    )
    assert "看进度" in client.get("/").content.decode()
    assert "已经有人在验" in client.post(reverse("events-verify"), follow=True).content.decode()
    seen = []
    monkeypatch.setattr(working, "_tell", lambda work: seen.append((work.phase, work.done, work.total)))
    told[0]()
    chain = [one for one in seen if one[0] == "chain"]
    assert chain[0][1] == 50
    assert chain[0][2] > 50
    assert {phase for phase, _, _ in seen} >= {"chain", "books"}


@pytest.mark.usefixtures("at_once")
def test_the_chain_is_verified_in_the_page_and_the_last_result_stands(signed_in, released):
    client = signed_in(released.huang)
    assert "还没有在这里验过" in client.get("/history/").content.decode()
    assert client.get(reverse("events-verify")).status_code == 405
    page = client.post(reverse("events-verify"), follow=True).content.decode()
    assert "验链通过" in page
    assert "对账通过" in page
    assert "上次由黄验" in client.get("/history/").content.decode()


@pytest.mark.usefixtures("at_once")
def test_an_altered_link_is_named_by_the_page(signed_in, released):
    with connection.cursor() as cursor:
        drop_the_guard(cursor)
        cursor.execute("UPDATE audit_event SET payload = '{}' WHERE action = 'application.ranked'")
    page = signed_in(released.huang).post(reverse("events-verify"), follow=True).content.decode()
    assert "验链不过" in page
    assert "不符" in page


def drop_the_guard(cursor):
    if connection.vendor == "sqlite":
        for (name,) in cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"
        ).fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    else:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER ALL")


def test_history_tells_the_last_fifty_events_in_words_and_no_name(signed_in, released):
    page = signed_in(released.huang).get("/history/").content.decode()
    assert page.count("<tr><td") == 50
    assert "安排发放" in page
    assert "韦小雨" not in page
    assert "韦秀兰" not in page


def test_every_event_that_is_recorded_has_words():
    recorded = {action for path in Path(installed.BASE_DIR, "huigong").rglob("*.py") for action in actions_in(path)}
    assert sorted(recorded - set(words.EVENTS)) == []


def actions_in(path):
    """Strings like `noun.verb` that are given to a call which records or moves."""
    if "tests" in path.parts or "migrations" in path.parts:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1]
        if name in {"record", "Entry", "Move", "advance", "advance_all", "_advance", "_entry"}:
            given = [*node.args, *(word.value for word in node.keywords)]
            for value in (one for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)):
                if re.fullmatch(r"[a-z]+\.[a-z_]+", value.value):
                    yield value.value


def test_an_event_without_words_shows_its_own_name():
    assert words.event_word("errand.sent") == "errand.sent"


def test_pages_speak_english_when_asked(signed_in, released, at):
    audit_actions.record(
        "chain.verified", subject="chain", officer="huang", at=at, payload={"events": 1, "rows": 1, "holds": 1}
    )
    client = signed_in(released.qin)
    client.cookies["django_language"] = "en"
    code = released.campaign.code
    told = {
        "/": "to be settled by a leader",
        reverse("campaign", args=[code]): "Places and money add up",
        reverse("applications", args=[code]): "Amount (yuan)",
        reverse("application", args=["SA-450422-2017-00001"]): "Finding by finding",
        reverse("downloads", args=[code]): "What register.xlsx is for",
        "/history/": "What happened last",
    }
    for address, english in told.items():
        assert english in unescape(client.get(address).content.decode()), address
