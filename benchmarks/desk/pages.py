"""Ask each page of the desk many times through the whole stack of one process, and print how long it took.

Each page is asked with other words and numbers every time, after one round that is not counted, and the keys of families
are forgotten before each, so that nothing is open from the time before. Beside the time of the wall stands the processor's
(this process alone, without PostgreSQL's): on a machine that does other work only the least of it can be compared. The
stock admin's list of the same files is asked in turns with our own, so that whatever else the machine does falls on both.
"""

import json
import os
import platform
import sqlite3
import statistics
import time
from dataclasses import dataclass
from importlib.metadata import version

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from huigong.casework.models import CaseAssignee
from huigong.circulars.models import Campaign
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry import waiting
from huigong.registry.models import Household
from huigong.studentaid.models import Application
from huigong.values.spoken import readings
from huigong.vault import actions as vault
from huigong.web import often

_FAR = 1000
_COUNTY = "450422"


@dataclass(frozen=True)
class Page:
    """One page to be asked: what it is, and the address of each time."""

    name: str
    addresses: tuple[str, ...]


def measure(*, times, out):
    often.A_MINUTE = often.A_DAY = 10**9  # the benchmark asks faster than anybody may
    desks = {"city": _client("450400"), "county": _client(_COUNTY)}
    print(_machine())
    print("| page | officer | p50 ms | p95 ms | max ms | least ms | least of the processor | questions | KB |")
    print("|---|---|---|---|---|---|---|---|---|")
    told = []
    for who, client in desks.items():
        for page in _pages(client, who, times):
            told += [_told(who, *answer) for answer in _asked(client, [page])]
    for far in (1, _FAR):
        told += [_told("city", *answer) for answer in _asked(desks["city"], _side_by_side(times, far))]
        ours, *others = told[-3:]
        for other in others:
            print(
                f"\n{other['page']}: {other['p50'] / ours['p50']:.1f} times ours at p50, {other['p95'] / ours['p95']:.1f} "
                f"at p95, {other['least'] / ours['least']:.1f} at the least, {other['cpu'] / ours['cpu']:.1f} of the "
                "processor\n"
            )
    if out:
        out.write_text(json.dumps({"machine": _machine(), "pages": told}, indent=1))
    return 0


def _machine():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = f"PostgreSQL {cursor.fetchone()[0]}"
    else:
        database = f"SQLite {sqlite3.sqlite_version}"
    load = os.getloadavg()[0]
    return (
        f"{platform.machine()}, {os.cpu_count()} cores (load {load:.1f} as it began), Python {platform.python_version()}, "
        f"Django {version('Django')}, {database}"
    )


def _client(code):
    office, name = Organisation.objects.get(code=code), f"desk{code}"
    officer = Officer.objects.filter(organisation=office, name=name).first()
    if officer is None:
        officer = organisations.add_officer(name, role="verifier", organisation=office, by="system", at=timezone.now())
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _told(who, page, taken, cpu, questions, size):
    p95 = sorted(taken)[max(0, round(0.95 * len(taken)) - 1)]
    told = {"page": page.name, "officer": who, "p50": statistics.median(taken), "p95": p95, "max": max(taken)}
    told |= {"least": min(taken), "cpu": min(cpu), "questions": questions}
    times = " | ".join(f"{told[name]:.1f}" for name in ("p50", "p95", "max", "least", "cpu"))
    print(f"| {page.name} | {who} | {times} | {questions} | {size / 1024:.0f} |", flush=True)
    return told


def _asked(client, pages):
    """Of each page the milliseconds of each time, those of the processor, the questions and the size of one answer.

    Pages are asked in turns; each is asked once before it counts.
    """
    found = {page.name: ([], [], 0) for page in pages}
    for turn in range(-1, len(pages[0].addresses)):
        for page in pages:
            vault.forget()
            begun, spent = time.perf_counter(), time.process_time()
            answer = client.get(page.addresses[max(0, turn)])
            spent, taken = time.process_time() - spent, time.perf_counter() - begun
            assert answer.status_code == 200, f"{page.addresses[max(0, turn)]}: {answer.status_code}"
            if turn >= 0:
                walls, cpu, _ = found[page.name]
                found[page.name] = ([*walls, 1000 * taken], [*cpu, 1000 * spent], len(answer.content))
    for page in pages:
        connection.force_debug_cursor = True
        before = len(connection.queries)
        client.get(page.addresses[-1])
        questions = len(connection.queries) - before
        connection.force_debug_cursor = False
        connection.queries_log.clear()
        walls, cpu, size = found[page.name]
        yield page, walls, cpu, questions, size


def _pages(client, who, times):
    campaign = Campaign.objects.get().code
    homes = Household.objects.filter(file_number__startswith="DK")
    if who == "county":
        homes = homes.filter(federation__code=_COUNTY)
    people = list(homes.order_by("id_number_index")[:times])  # in no order of theirs: digests
    vault.warm(one.data_key_id for one in people)
    cases = Application.objects.order_by("student_index")
    if who == "county":
        cases = cases.filter(federation__code=_COUNTY)
    references = list(cases.values_list("reference", flat=True)[:times])
    yield Page("today", ("/",) * times)
    yield Page("queue of applications", (f"/campaigns/{campaign}/applications/",) * times)
    yield Page("queue, far page", tuple(f"/campaigns/{campaign}/applications/?page={n}" for n in _spread(times, 100)))
    yield Page("queue, by name", tuple(f"/campaigns/{campaign}/applications/?q={one.worker_name}" for one in people))
    yield Page(
        "queue, by pinyin",
        tuple(f"/campaigns/{campaign}/applications/?q={_pinyin(one)}" for one in people),
    )
    yield Page("queue, not verified", (f"/campaigns/{campaign}/applications/?verified=no",) * times)
    queue = f"/campaigns/{campaign}/applications/?assignee="
    loads = CaseAssignee.objects.values_list("assignee").annotate(n=Count("pk")).order_by("-n", "assignee")
    busy, *others = [name for name, _ in loads]
    yield Page("queue, of who has half", (f"{queue}{busy}",) * times)
    yield Page("queue, of who has half, far page", tuple(f"{queue}{busy}&page={100 + n}" for n in _spread(times, 100)))
    yield Page("queue, of one in twenty", tuple(f"{queue}{others[n % len(others)]}" for n in range(times)))
    yield Page("queue, of nobody", (f"{queue}-",) * times)
    yield Page("who has what", (f"/campaigns/{campaign}/assignments/",) * times)
    yield Page("application", tuple(f"/applications/{one}/" for one in references))
    yield Page("review desk", tuple(f"/desk/{one}/" for one in references))
    for name, words in (
        ("name", [one.worker_name for one in people]),
        ("given name", [one.worker_name[1:] for one in people]),
        ("pinyin", [_pinyin(one) for one in people]),
        ("initials", [_initials(one) for one in people]),
        ("last four of the identity number", [one.id_number.plain()[-4:] for one in people]),
        ("telephone", [one.phone.plain() for one in people]),
        ("surname alone", [one.worker_name[:1] for one in people]),
    ):
        yield Page(f"search, {name}", tuple(client.post("/search/", {"q": text})["Location"] for text in words))
    far = _FAR if who == "city" else 200
    yield Page("files, page 1", ("/households/",) * times)
    yield Page(f"files, page {far:,}", tuple(f"/households/?page={far + n}" for n in _spread(times, 40)))
    for mark in ("stale", "unaided", "incomplete"):
        yield Page(f"files, {mark}, page 1", (f"/households/?mark={mark}",) * times)
        yield Page(f"files, {mark}, page 100", (f"/households/?mark={mark}&page=100",) * times)
    yield Page("one file", tuple(f"/households/{one.pk}/" for one in people))
    left_out = f"/campaigns/{campaign}/left-out/"
    yield Page("left out", (left_out,) * times)
    if who == "city":
        codes = list(homes.order_by("federation__code").values_list("federation__code", flat=True).distinct())
        yield Page("left out, one county", tuple(f"{left_out}?office={codes[n % len(codes)]}" for n in range(times)))
    for which in waiting.WORDS:
        yield Page(f"files that wait, {which}", (f"/households/waiting/?list={which}",) * times)


def _side_by_side(times, far):
    """The same list of the same files: ours, the admin's as it comes, and the admin's told to join what it shows."""
    numbers = [far + n if far > 1 else 1 for n in _spread(times, 40)]
    return [
        Page(f"ours, page {far:,}", tuple(f"/households/?page={n}" for n in numbers)),
        Page(f"stock admin, page {far:,}", tuple(f"/admin/registry/household/?p={n}" for n in numbers)),
        Page(
            f"admin with list_select_related, page {far:,}", tuple(f"/tuned/registry/household/?p={n}" for n in numbers)
        ),
    ]


def _spread(times, most):
    return [n % most for n in range(times)]


def _pinyin(household):
    return readings(household.worker_name)[0].whole


def _initials(household):
    return readings(household.worker_name)[0].initials
