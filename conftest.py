"""What every test of the house shares: a data folder and a key folder of its own, and the cast."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from huigong.audit.tests import kept
from huigong.organisations import actions as organisations
from huigong.vault import actions as vault
from huigong.vault import keys
from tests.second_database import uses_database


def pytest_addoption(parser):
    words = "only the tests that use a database: on a second database the others would be the same again"
    parser.addoption("--only-database", action="store_true", help=words)


def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-database"):
        others = [item for item in items if not uses_database(item)]
        items[:] = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=others)


AT = datetime(2017, 8, 7, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folders(tmp_path, settings):
    """No test touches the data or the keys of the checkout."""
    settings.HUIGONG_HOME = tmp_path / "home"
    settings.HUIGONG_KEYS = tmp_path / "keys"
    vault.forget()
    keys.forget()
    kept.begin(tmp_path)


@pytest.fixture
def at():
    return AT


@kept.kept
def founded(at):
    return organisations.found_city([("450400", "梧州市总工会本级"), ("450422", "藤县总工会")], officer="system", at=at)


@kept.kept
def verifier(name, organisation, at):
    return organisations.add_officer(name, role="verifier", organisation=organisation, by="system", at=at)


@pytest.fixture
def city(db, at):
    """梧州 with one county of its own; the codes are public, the rest is invented."""
    return founded(at)


@pytest.fixture
def other_city(db, at):
    return organisations.found_city([("450300", "桂林市总工会本级")], officer="system", at=at)


@pytest.fixture
def huang(city, at):
    """黄, who verifies at the aid centre."""
    return verifier("黄", city, at)


@pytest.fixture
def mo(other_city, at):
    """莫, of another city, who must see nothing."""
    return verifier("莫", other_city, at)


@pytest.fixture
def table_of(db):
    """Makes the table of a model that lives only in tests, inside the test's transaction (so it goes with it)."""

    def make(model):
        columns = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in model._meta.local_fields)
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE TABLE "{model._meta.db_table}" ({columns})')

    return make
