"""Each page opens for whom the table names, in both languages, and shows no other city's matters."""

import ast
import gettext
import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as installed
from django.urls import get_resolver, reverse
from django.utils import timezone

from huigong.circulars import actions as circulars
from huigong.circulars import queries
from huigong.organisations import actions as organisations
from huigong.web.permissions import PERMISSIONS, asked
from huigong.web.roles import ANYBODY

FOLDER = Path(installed.BASE_DIR) / "circulars" / "2017-wuzhou-21"
WEB = Path(installed.BASE_DIR) / "huigong" / "web"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def campaign(city, at):
    version = circulars.publish(FOLDER, [FOLDER / "supplement-example.toml"], officer="system", at=at)
    return circulars.open_campaign(
        version,
        queries.circular_of_version(version),
        city,
        received_on=date(2017, 8, 7),
        notice_from=None,
        officer="system",
        at=at,
    )


@pytest.fixture
def signed_in(client):
    def as_(officer):
        client.force_login(officer, backend=BACKEND)
        return client

    return as_


def addresses(campaign):
    """An address for every name: of this campaign and its circular where it asks for one, else of nothing that exists."""
    known = {"code": campaign.code, "slug": campaign.version.slug}
    made_up = {"UUIDConverter": UUID(int=0), "IntConverter": 1}
    return {
        pattern.name: reverse(
            pattern.name,
            kwargs={
                word: known.get(word) or made_up.get(type(converter).__name__, "x")
                for word, converter in pattern.pattern.converters.items()
            },
        )
        for pattern in get_resolver().url_patterns
    }


def opens_without_an_object(name):
    """Pages of the house and of a campaign that 审核 opens; those of one form or one application are tested with theirs."""
    words = {
        word for pattern in get_resolver().url_patterns if pattern.name == name for word in pattern.pattern.converters
    }
    return "verifier" in asked(name) and words <= {"code", "slug"}


def test_without_signing_in_only_the_door_opens(client, campaign):
    for name, address in addresses(campaign).items():
        answer = client.get(address)
        if PERMISSIONS[name] != ANYBODY:
            assert (answer.status_code, answer.url.split("?")[0]) == (302, "/sign-in/"), name


def test_an_officer_opens_every_page(signed_in, huang, campaign):
    client = signed_in(huang)
    for name, address in addresses(campaign).items():
        if opens_without_an_object(name):
            # 405: it does something, and only when asked to; no step is being done and no list came that could be looked at.
            nothing = {"step-now": 302, "events-now": 302, "list-back": 404}
            expected = {nothing[name]} if name in nothing else {200, 405}
            assert client.get(address).status_code in expected, name


def test_somebody_without_an_appointment_is_refused(signed_in, huang, campaign):
    huang.appointments.update(valid_until=date(2017, 8, 31))
    assert signed_in(huang).get("/").status_code == 403


def test_an_officer_of_another_city_finds_no_campaign(signed_in, mo, campaign):
    client = signed_in(mo)
    assert client.get(reverse("campaign", args=[campaign.code])).status_code == 404
    assert campaign.code not in client.get("/").content.decode()


def test_every_clause_of_a_circular_has_its_anchor(signed_in, huang, campaign):
    page = signed_in(huang).get(reverse("circular", args=["2017-wuzhou-21"])).content.decode()
    for clause in queries.circular_of(campaign).clauses:
        assert f'id="{clause.id}"' in page


def test_an_unknown_circular_is_not_there(signed_in, huang, campaign):
    assert signed_in(huang).get(reverse("circular", args=["2018-nowhere"])).status_code == 404


def test_a_link_lets_in_once(client, huang, city):
    token = organisations.one_time_sign_in(huang, by="system", at=timezone.now())
    address = reverse("sign-in-once", args=[token])
    assert client.get(address).status_code == 200
    assert client.post(address).url == "/"
    assert client.get("/").status_code == 200
    client.post(reverse("sign-out"))
    assert client.post(address).status_code == 410


def test_five_wrong_passwords_close_the_door(client, huang):
    for _ in range(5):
        answer = client.post("/sign-in/", {"username": huang.username, "password": "wrong"})
    assert answer.status_code == 429
    assert "一刻钟" in answer.content.decode()


def test_the_page_speaks_english_when_asked(signed_in, huang, campaign):
    client = signed_in(huang)
    client.post(reverse("language"), {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert "Nothing to do today" in page
    assert 'lang="en"' in page


def test_a_page_is_not_kept_and_runs_only_our_own(client, db):
    answer = client.get("/sign-in/")
    assert answer["Cache-Control"] == "no-store"
    assert "script-src 'self'; style-src 'self'" in answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert "style=" not in page
    assert "<script" not in page


def test_today_asks_the_database_so_often_for_a_campaign_and_files(
    signed_in, huang, campaign, django_assert_max_num_queries
):
    client = signed_in(huang)
    with django_assert_max_num_queries(20):
        client.get("/")


def test_chinese_stands_whatever_the_browser_asks_for(client, db):
    page = client.get("/sign-in/", headers={"accept-language": "en-US,en"}).content.decode()
    assert 'lang="zh-CN"' in page
    assert "登录名" in page


def test_every_word_of_the_pages_has_its_english():
    missing = sorted(words_of_pages() - set(translations()))
    assert missing == []


def test_a_word_without_english_is_found(tmp_path):
    (tmp_path / "page.html").write_text(
        '{% trans "没有译" %}{% blocktrans with n=1 %}共 {{ n }} 只{% endblocktrans %}', "utf-8"
    )
    (tmp_path / "view.py").write_text('tell(_("也没有译"))', "utf-8")
    assert words_of_pages(tmp_path) - set(translations()) == {"没有译", "共 %(n)s 只", "也没有译"}


def words_of_pages(folder=WEB):
    """Every source string that templates and modules ask a translation of."""
    words = set()
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        words |= {a or b for a, b in re.findall(r"""{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)')""", text)}
        for body in re.findall(r"{%\s*blocktrans.*?%}(.*?){%\s*endblocktrans\s*%}", text, re.DOTALL):
            # A percent sign in the text is doubled, as Django asks the catalogue.
            text = body.split("{% plural %}")[0].replace("%", "%%")
            words.add(re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text))
    for module in folder.rglob("*.py"):
        if "tests" not in module.relative_to(folder).parts:
            words |= {
                call.args[0].value
                for call in ast.walk(ast.parse(module.read_text("utf-8")))
                if isinstance(call, ast.Call)
                and getattr(call.func, "id", "") in {"_", "gettext", "gettext_noop", "ngettext"}
                and isinstance(call.args[0], ast.Constant)
            }
    return words


def translations():
    catalogue = gettext.translation("django", WEB / "locale", ["en"])._catalog
    return {key[0] if isinstance(key, tuple) else key for key, english in catalogue.items() if english}


def test_an_unknown_language_in_the_cookie_means_chinese(client, db):
    client.cookies["django_language"] = "xx"
    assert 'lang="zh-CN"' in client.get("/sign-in/").content.decode()
