"""The table of permissions is whole and is what happens: every address × every role × every relation."""

import itertools

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse

from huigong.organisations.models import Appointment
from huigong.organisations.relations import RELATIONS
from huigong.web import owners, roles
from huigong.web.console.campaigns import working
from huigong.web.gate import PermissionMiddleware
from huigong.web.permissions import PERMISSIONS, asked, known
from huigong.web.roles import ADMINISTRATORS, ANYBODY, Of
from huigong.web.tests.campaign_at_work import campaign_at_work
from huigong.web.tests.permission_samples import SAMPLES, WORDS, officer_in, offices

ROLES = tuple(Appointment.Role.values)
BACKEND = "django.contrib.auth.backends.ModelBackend"
# An address with a word in it that is about no organisation's object.
OF_NOBODY = {"circular", "employer", "employer-reveal"}


def names():
    return [pattern.name for pattern in get_resolver().url_patterns]


def words_of(name):
    return {word for one in get_resolver().url_patterns if one.name == name for word in one.pattern.converters}


def unnamed(addresses, table):
    return sorted(set(addresses) - table.keys())


def without_owner(table):
    """Addresses with a word in them for which the table does not say whose object that is."""
    return sorted(
        name
        for name, asks in table.items()
        if not isinstance(asks, Of) and asks != ANYBODY and words_of(name) and name not in OF_NOBODY
    )


def test_every_address_is_in_the_table_and_the_table_names_no_other():
    assert unnamed(names(), PERMISSIONS) == []
    assert sorted(set(PERMISSIONS) - set(names())) == []


def test_an_address_that_the_table_does_not_name_is_found():
    assert unnamed([*names(), "payroll"], PERMISSIONS) == ["payroll"]
    less = {name: asks for name, asks in PERMISSIONS.items() if name != "form-take"}
    assert unnamed(names(), less) == ["form-take"]


def test_every_address_about_an_object_says_whose_it_is():
    assert without_owner(PERMISSIONS) == []
    kinds = {asks.kind for asks in PERMISSIONS.values() if isinstance(asks, Of)}
    assert kinds <= owners.OWNERS.keys()
    assert kinds <= SAMPLES.keys(), "a kind without a sample: web/tests/permission_samples.py"


def test_an_object_that_nobody_owns_is_found():
    assert without_owner(PERMISSIONS | {"form": roles.CASEWORK}) == ["form"]


def test_the_table_asks_only_for_roles_that_exist():
    assert {role for name in PERMISSIONS if PERMISSIONS[name] != ANYBODY for role in asked(name)} <= set(ROLES)


def test_the_three_administrators_open_nothing_about_a_case():
    """等保: who runs accounts, who gives roles and who reads the log see no family."""
    opened = {asks.kind for asks in PERMISSIONS.values() if isinstance(asks, Of) and asks.roles & ADMINISTRATORS}
    assert opened <= roles.OF_THE_TREE


def test_nobody_beside_or_outside_knows_of_a_case():
    for kind in ("campaign", "form", "application", "household"):
        assert not known(kind) & {"beside", "none"}, kind


@pytest.fixture
def work(db, at, on, monkeypatch):
    on(8, 16)
    monkeypatch.setattr(working, "apart", lambda do: do())  # a thread would not see what the test has not committed
    return campaign_at_work(at, up_to="shared")


def address(name, words):
    return reverse(name, kwargs={word: words.get(word, WORDS.get(word, "x")) for word in words_of(name)})


def verdict(method, path, officer):
    """What the middleware says, as the view would be called or not: 200, 403, 404 or 302."""
    request = getattr(RequestFactory(), method)(path)
    request.user, request.session = officer, {}
    request._messages = FallbackStorage(request)
    request.resolver_match = match = resolve(path)
    reader = PermissionMiddleware(lambda _request: HttpResponse())
    try:
        answer = reader.process_view(request, match.func, match.args, match.kwargs)
    except PermissionDenied:
        return 403
    except Http404:
        return 404
    return 200 if answer is None else answer.status_code


def expected(name, near, role):
    """The table in plain words, beside the code that reads it."""
    asks = PERMISSIONS[name]
    if not isinstance(asks, Of):
        return 200 if role in asks else 403
    if role in asks.by.get(near, ()):
        return 200
    return (
        403
        if any(near in other.by for other in PERMISSIONS.values() if getattr(other, "kind", "") == asks.kind)
        else 404
    )


def walk(kinds, samples, at):
    """Every (address, method, role, relation) with what the table says and what the middleware does."""
    for kind in kinds:
        words, owner = samples[kind]
        for near, office in offices_of(owner).items():
            for role in ROLES:
                officer = officer_in(office, role, at)
                for name in named(kind):
                    for method in ("get", "post"):
                        path = address(name, words)
                        yield (name, method, role, near), expected(name, near, role), verdict(method, path, officer)


def named(kind):
    return [name for name, asks in PERMISSIONS.items() if isinstance(asks, Of) and asks.kind == kind]


def offices_of(owner):
    owner.refresh_from_db()
    return offices(owner)


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_every_address_role_and_relation_is_answered_as_the_table_says(work, at, kind):
    sample = {kind: SAMPLES[kind](work)}
    walked = list(walk([kind], sample, at))
    assert [(case, want, got) for case, want, got in walked if want != got] == []
    assert {case[3] for case, _, _ in walked} == (set(RELATIONS) if named(kind) else set())


def test_a_row_that_is_opened_too_wide_is_found(work, at, monkeypatch):
    """The walk itself: a table in which approvers may take rows, read by a middleware that still has the right one."""
    words, owner = SAMPLES["form"](work)
    officer = officer_in(offices_of(owner)["own"], "approver", at)
    right = verdict("post", address("form-take", words), officer)
    monkeypatch.setitem(PERMISSIONS, "form-take", roles.line("form", roles.HANDS_IN | {"approver"}))
    assert (right, expected("form-take", "own", "approver")) == (403, 200)


def test_pages_of_the_house_open_to_the_roles_of_the_table(city, at):
    house = [name for name, asks in PERMISSIONS.items() if not isinstance(asks, Of) and asks != ANYBODY]
    for role, name in itertools.product(ROLES, house):
        officer = officer_in(city, role, at)
        path = address(name, {"slug": "x"})
        assert verdict("get", path, officer) == expected(name, "own", role), (role, name)


def test_without_a_role_and_without_signing_in_nothing_is_told(work, at, client):
    for kind in sorted(SAMPLES):
        words, owner = SAMPLES[kind](work)
        idle = officer_in(owner, "verifier", at)
        idle.appointments.update(valid_until="2017-08-08")
        for name in named(kind):
            assert verdict("get", address(name, words), idle) == 403
            assert client.get(address(name, words)).status_code == 302


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_views_answer_whom_the_table_lets_through(work, at, client, kind):
    """Through the whole of the server: who is let through finds the page, and nobody gets one by another method."""
    words, owner = SAMPLES[kind](work)
    for near, office in offices_of(owner).items():
        for name in named(kind):
            for role in _one_of_each(name, near):
                client.force_login(officer_in(office, role, at), backend=BACKEND)
                for method in (client.get, client.post):
                    mark = transaction.savepoint()
                    code = method(address(name, words)).status_code
                    transaction.savepoint_rollback(mark)
                    want = expected(name, near, role)
                    # What is posted here is empty: a view may find nothing of that name (404) or ask for a second factor (428).
                    good = {200, 204, 302, 405, 422, 428} if want == 200 else {want}
                    assert code in good | ({404} if method == client.post and want == 200 else set()), (
                        name,
                        near,
                        role,
                        method,
                    )


def _one_of_each(name, near):
    """One role that the table lets through and one that it does not."""
    let = [role for role in ROLES if expected(name, near, role) == 200]
    kept = [role for role in ROLES if expected(name, near, role) != 200]
    return [*let[:1], *kept[:1]]


def test_an_object_of_another_city_is_not_there_in_any_address(work, at, client, mo):
    """Every address with a foreign object, by somebody who holds every role at home."""
    for role in ROLES:
        Appointment.objects.get_or_create(
            officer=mo, role=role, organisation=mo.organisation, defaults={"valid_from": at.date()}
        )
    client.force_login(mo, backend=BACKEND)
    for kind in sorted(SAMPLES):
        words, _ = SAMPLES[kind](work)
        for name in named(kind):
            assert client.get(address(name, words)).status_code == 404, name
            assert client.post(address(name, words)).status_code == 404, name
