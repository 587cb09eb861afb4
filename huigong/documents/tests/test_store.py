"""Papers: once for the same bytes, unreadable on disk, an altered file is refused."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from huigong.documents import actions, queries, storage
from huigong.documents.models import Document
from huigong.values.sentence import SaidError
from huigong.vault.keys import WrongKeyError

pytestmark = pytest.mark.django_db
LETTER = "录取通知书：韦小雨".encode()


def store(at, content=LETTER, name="通知书.txt"):
    return actions.store(content, name=name, media_type="text/plain", officer="huang", at=at)


def test_the_same_bytes_are_one_document(at):
    assert store(at) == store(at, name="另一个名字.txt")
    assert Document.objects.count() == 1
    assert queries.content(store(at)) == LETTER


def test_the_same_bytes_that_come_twice_at_once_are_one_document_and_no_error(at, monkeypatch):
    first = store(at)
    monkeypatch.setattr(QuerySet, "first", lambda _: None)  # the second one looked before the first was there
    assert store(at) == first
    assert (Document.objects.count(), queries.content(first)) == (1, LETTER)


def test_the_file_on_disk_says_nothing(at):
    assert LETTER not in storage.path_of(store(at)).read_bytes()


def test_an_altered_file_is_refused(at):
    path = storage.path_of(store(at))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(WrongKeyError):
        queries.content(Document.objects.get())


def test_bytes_that_were_erased_in_their_time_are_not_stored_into_nothing(at):
    actions.erase(store(at), actions.Kept("会计凭证：30年", at.date() - timedelta(days=1)), officer="qin", at=at)
    with pytest.raises(SaidError, match="请重新扫描"):
        store(at)
    assert queries.content(store(at, content=LETTER + b" "))
