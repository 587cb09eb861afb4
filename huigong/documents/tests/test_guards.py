"""The database keeps the row of a paper, whoever asks: no action alters one, and none deletes one."""

import pytest
from django.db import DatabaseError, connection, transaction

from huigong.audit import guards
from huigong.documents.actions import store

STATEMENTS = {
    "documents_document_no_update": "UPDATE documents_document SET name = 'b.jpg'",
    "documents_document_no_delete": "DELETE FROM documents_document",
}


@pytest.fixture
def kept(db, at):
    return store(b"visit", name="a.jpg", media_type="image/jpeg", officer="lu", at=at)


def test_the_guards_of_papers_are_installed(db):
    assert [name for name in guards.missing() if name.startswith("documents_")] == []


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_database_refuses(kept, name):
    with pytest.raises(DatabaseError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name])


def test_a_paper_is_not_replaced_either(kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_document")
        row = cursor.fetchone()
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    places = ", ".join(["%s"] * len(row))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO documents_document VALUES ({places})", row)
