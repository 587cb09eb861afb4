"""`huigong audit verify --database`: a copy of the books is verified, its altered row named, and the copy left as it is."""

import json
import sqlite3

import pytest
from django.db import connection

from huigong import commands
from huigong.audit import queries as audit
from huigong.figures.tests.test_books_verify import posted

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only an SQLite database is one file to copy"),
]


@pytest.fixture
def copy(city, at, tmp_path):
    posted(city, at)
    path = tmp_path / "a copy #1.sqlite3"
    # As the test's open transaction sees it; Connection.backup would wait for its end for ever.
    path.write_bytes(connection.connection.serialize())
    return path


def altered(path, *statements):
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def verified(path, capsys, *words):
    before = path.read_bytes()
    code = commands.main(["audit", "verify", "--database", str(path), *words])
    assert (path.read_bytes(), [file.name for file in path.parent.glob("*sqlite3*")]) == (before, [path.name])
    return code, capsys.readouterr()


def test_an_untouched_copy_holds(copy, capsys):
    code, told = verified(copy, capsys, "--json")
    said = json.loads(told.out)
    assert (code, said["holds"], said["head"], said["books"]["rows"]) == (0, True, audit.head().digest, 7)


def test_an_altered_amount_in_a_copy_is_named(copy, capsys):
    altered(copy, "DROP TRIGGER ledger_transfer_no_update", "UPDATE ledger_transfer SET fen = 900000")
    code, told = verified(copy, capsys)
    assert code == 1
    assert "验链通过" in told.out
    assert "case:1:pending" in told.out
    assert "900000" in told.out


def test_a_broken_chain_in_a_copy_is_named_and_its_books_are_not_held_against_it(copy, capsys):
    altered(copy, "DROP TRIGGER audit_event_no_update", "UPDATE audit_event SET payload = '{' WHERE sequence = 3")
    code, told = verified(copy, capsys, "--json")
    said = json.loads(told.out)
    assert (code, said["holds"], said["broken_at"], "books" in said) == (1, False, 3, False)


def test_a_copy_in_wal_mode_is_read_without_a_file_beside_it(copy, capsys):
    altered(copy, "PRAGMA journal_mode=WAL")
    assert verified(copy, capsys)[0] == 0


@pytest.mark.parametrize("content", [b"", b"unit,federation_code"])
def test_what_is_no_database_is_told(tmp_path, content, capsys):
    path = tmp_path / "x.sqlite3"
    path.write_bytes(content)
    assert commands.main(["audit", "verify", "--database", str(path)]) == 1
    assert "x.sqlite3" in capsys.readouterr().err


def test_a_database_of_something_else_is_told(tmp_path, capsys):
    path = tmp_path / "x.sqlite3"
    altered(path, "CREATE TABLE something (else_ TEXT)")
    code, told = verified(path, capsys)
    assert code == 1
    assert "数据库读不了" in told.err
