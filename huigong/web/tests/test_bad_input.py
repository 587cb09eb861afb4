"""Whatever is written into whatever field of whatever page: an answer in words, no error of the server, and nothing that it should not do.

Driven from the table of addresses, so a new page is here by itself. A page is opened by somebody who may; the fields of its
forms and every name that its view asks for are found by looking, not listed here. Everything is taken back after each post.
"""

import html
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import resolve

from huigong.audit import queries as history
from huigong.organisations.models import Officer, Organisation
from huigong.registry.models import Household, Member
from huigong.web import factors
from huigong.web.console.campaigns import working
from huigong.web.permissions import PERMISSIONS
from huigong.web.roles import ANYBODY, Of
from huigong.web.tests.campaign_at_work import campaign_at_work
from huigong.web.tests.permission_samples import SAMPLES, officer_in
from huigong.web.tests.test_permissions import BACKEND, address

WRITTEN = {
    "combining": "韦" + "\u0301\u0489" * 2000,
    "turned": "韦\u202e小雨\u2066",
    "rare": "𠮷𪛖𫝀𫠝𬺡𰀀𰻞䶮",
    "dots": "买买提·阿卜杜拉•托‧合・提∙江",
    "nothing": "韦\x00小雨",
    "number": "9" * 400,
    "other digits": "-१२٣",
    "way": "../a/b?c=d#e",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
}
NAMES_SOMETHING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{2}-[\w-]+|[0-9a-f]{64}|\d{6}")
FOREIGN = str(UUID(int=7))
"""An id of nothing that is here."""
REFUSED = {400, 403, 404, 405, 409, 410, 422, 429}
ANSWERS = {200, 204, 302} | REFUSED
ROUNDS = 3


class Forms(HTMLParser):
    """The forms of a page that post: where they go, what their fields hold, and which of those the page chose for itself."""

    def __init__(self):
        super().__init__()
        self.forms, self.now, self.chosen = [], None, ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form" and (told.get("method") or "").lower() == "post":
            self.now = (told.get("action") or "", {}, set())
            self.forms.append(self.now)
        if self.now is None or not told.get("name") or tag not in {"input", "select", "textarea", "button"}:
            if tag == "option" and self.now and self.chosen and told.get("value") and not self.now[1][self.chosen]:
                self.now[1][self.chosen] = told["value"]
            return
        kind, name = told.get("type", "text") if tag == "input" else tag, told["name"]
        self.chosen = name if tag == "select" else ""
        filled = {"date": "2017-08-10", "checkbox": "on", "number": "1", "select": "", "file": ""}
        self.now[1][name] = told.get("value") or filled.get(kind, "测试")
        if kind in {"hidden", "select", "radio", "button"} and name != "csrfmiddlewaretoken":
            self.now[2].add(name)

    def handle_endtag(self, tag):
        if tag == "form":
            self.now = None
        if tag == "select":
            self.chosen = ""


def forms_of(text):
    parser = Forms()
    parser.feed(text)
    return parser.forms


@pytest.fixture
def work(db, at, on, monkeypatch):
    on(8, 16)
    monkeypatch.setattr(working, "apart", lambda do: do())
    monkeypatch.setattr(factors, "is_fresh", lambda *_args, **_words: True)
    return campaign_at_work(at, up_to="shared")


@pytest.fixture
def asked_for(monkeypatch):
    """Every name that a view asks a post or an address for, as it asks."""
    names = set()
    for reads in ("get", "getlist", "__getitem__"):
        real = getattr(QueryDict, reads)

        def read(self, key, *args, real=real, **words):
            names.add(key)
            return real(self, key, *args, **words)

        monkeypatch.setattr(QueryDict, reads, read)
    return names


@pytest.fixture
def doors(work, at, client):
    """(name, path) of every address, each with a real object and a client that somebody who may has signed in with."""
    objects = {kind: sample(work) for kind, sample in SAMPLES.items()}
    sessions = {}

    client.raise_request_exception = False  # so that one run tells every page that breaks

    def walk():
        for name, asks in PERMISSIONS.items():
            words, office = objects[asks.kind] if isinstance(asks, Of) else ({"token": "x"}, work.city)
            roles = asks if not isinstance(asks, Of) else asks.by.get("own", frozenset())
            role = min(roles, default="")
            if not role:
                continue
            if asks != ANYBODY:
                if (role, office.pk) not in sessions:
                    client.cookies.clear()  # signing in over somebody else's session would end it
                    client.force_login(officer_in(office, role, at), backend=BACKEND)
                    sessions[role, office.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
                # What a post did to its session is taken back with everything else: signing in once is enough.
                client.cookies[settings.SESSION_COOKIE_NAME] = sessions[role, office.pk]
            if name not in NOT_WALKED:
                yield name, address(name, words)

    return walk


NOT_WALKED = {"sign-out", "demo-reset", "demo-altered", "demo-step-in"}
"""They end the session, or build a city; the demo's are there only in the demo and have tests of their own."""


def posted(client, path, data):
    """One post that is taken back: the answer, and names that hold what no name holds, where that was written at all."""
    mark = transaction.savepoint()
    sent = client.post(path, data)
    faulty = turned_names() if any("\u202e" in str(value) for value in data.values()) else []
    transaction.savepoint_rollback(mark)
    return sent, faulty


def turned_names():
    kept = ((Officer, "name"), (Organisation, "name"), (Household, "worker_name"), (Member, "name"))
    return [
        one
        for model, field in kept
        for one in model.objects.filter(**{f"{field}__contains": "\u202e"}).values_list(field, flat=True)
    ]


def recorded(client, path, data):
    """One post that is taken back: the answer, and the events that it recorded for whoever is signed in."""
    before, mark = history.count(), transaction.savepoint()
    by = Officer.objects.filter(pk=client.session.get("_auth_user_id")).values_list("username", flat=True).first()
    sent = client.post(path, data)
    told = history.latest([], actor=by or "", limit=history.count() - before)
    transaction.savepoint_rollback(mark)
    return sent, told


def in_words(sent):
    """What a refusal says to its reader, less its marks."""
    text = sent.content.decode(errors="replace")
    return re.sub(r"<[^>]+>|\s", "", html.unescape(text.split("<main", 1)[-1]))


def faults_of(name, sent, faulty):
    found = []
    if sent.status_code not in ANSWERS:
        found.append((name, sent.status_code, ""))
    if sent.status_code in REFUSED - {405} and len(in_words(sent)) < 8:
        found.append((name, sent.status_code, "says nothing"))
    return found + [(name, "kept a name that is turned about", one) for one in faulty]


def test_whatever_is_written_into_whatever_is_asked_for_is_answered_in_words(doors, client, asked_for):
    """Every name that a view asks for, whether a page offers it or not; names that it asks for only then, too."""
    faults, walked, values = [], 0, list(WRITTEN.values())
    for name, path in doors():
        known = set()
        for turn in range(ROUNDS):
            data = {key: values[(place + turn * 3) % len(values)] for place, key in enumerate(sorted(known))}
            asked_for.clear()
            sent, faulty = posted(client, path, data)
            known |= asked_for
            faults += faults_of(name, sent, faulty)
        walked += bool(known)
    assert sorted(set(faults)) == []
    assert walked > 60


def test_what_is_typed_into_forms_is_kept_as_text_or_refused_and_what_a_page_names_is_not_believed(
    doors, client, asked_for
):
    """One walk over every form of every page, since opening the pages takes most of the time.

    Texts: each is answered in words. Hidden ids and versions, each in its turn another: whatever else the form says, nothing
    is done.
    """
    faults, believed, typed_into, tampered = [], [], 0, 0
    for name, path, fields, chosen in every_form(doors, client):
        texts = [one for one in fields if one not in chosen and fields[one] == "测试"]
        typed_into += bool(texts)
        for value in WRITTEN.values() if texts else ():
            sent, faulty = posted(client, path, fields | dict.fromkeys(texts, value))
            faults += faults_of(name, sent, faulty)
        for field in sorted(one for one in chosen if NAMES_SOMETHING.fullmatch(fields[one]) or one == "version"):
            asked_for.clear()
            sent, told = recorded(client, path, fields | {field: "999" if field == "version" else FOREIGN})
            tampered += field in asked_for
            if field in asked_for and (told or sent.status_code not in ANSWERS):
                believed.append((name, field, sent.status_code, *(one.action for one in told)))
    assert sorted(set(faults)) == []
    assert believed == []
    assert (typed_into > 15, tampered > 10) == (True, True), (typed_into, tampered)


def every_form(doors, client):
    """Each form of every page that opens, once: its address's name, its path, its fields as the page filled them, its choices."""
    seen = set()
    for _, page in doors():
        answer = client.get(page)
        if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
            continue
        for action, fields, chosen in forms_of(answer.content.decode()):
            path = urlsplit(action).path or page
            name = resolve(path).url_name
            if (name, frozenset(fields)) in seen or name in NOT_WALKED:
                continue
            seen.add((name, frozenset(fields)))
            yield name, path, fields, chosen
