"""What tests begin with is put back as it was made, to each test alone."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection, transaction

from huigong.audit import actions
from huigong.audit.models import Event
from huigong.audit.tests import kept
from huigong.audit.verification import verify
from huigong.vault import actions as vault
from huigong.vault import keys
from huigong.vault.models import DataKey

pytestmark = pytest.mark.django_db
AT = datetime(2017, 8, 7, 1, 30, tzinfo=UTC)


@pytest.fixture
def made():
    """How often it was made in earnest."""
    return []


@pytest.fixture
def state(made):
    @kept.kept
    def make(name, folder):
        made.append(name)
        (folder / "word.txt").write_text(name, encoding="utf-8")
        key = vault.new_data_key()
        actions.record("key.made", subject=name, officer="lu", at=AT)
        return [key], folder

    return make


@pytest.fixture
def begin(tmp_path, settings):
    """A test within this one: a folder of its own, and nothing in the database that another left."""

    class Test:
        def __init__(self, name):
            self.folder = tmp_path / name

        def __enter__(self):
            self.folder.mkdir()
            settings.HUIGONG_HOME, settings.HUIGONG_KEYS = self.folder / "home", self.folder / "keys"
            vault.forget()
            keys.forget()
            kept.begin(self.folder)
            self.inner = transaction.atomic()
            self.inner.__enter__()
            return self.folder

        def __exit__(self, *_):
            transaction.set_rollback(True)
            self.inner.__exit__(None, None, None)

    return Test


def everything():
    return {model: list(rows.values()) for model, rows in kept._rows().items() if rows}


def test_the_second_test_gets_the_same_rows_and_files_without_their_being_made(begin, state, made):
    with begin("one") as folder:
        (key,), there = state("表一", folder)
        first = everything(), kept._files(), key.pk, vault.secret_of(key.pk)
        assert there == folder
    with begin("two") as folder:
        (key,), there = state("表一", folder)
        vault.forget()
        assert (everything(), kept._files(), key.pk, vault.secret_of(key.pk)) == first
        assert there == folder
        assert verify().holds
    assert made == ["表一"]


def test_what_one_test_does_with_it_no_other_sees(begin, state):
    with begin("one") as folder:
        state("表一", folder)
    with begin("two") as folder:
        (key,), _ = state("表一", folder)
        key.wrapped = b""
        actions.record("paper.read", subject="x", officer="lu", at=AT)
        (folder / "word.txt").write_text("改过", encoding="utf-8")
    with begin("three") as folder:
        (key,), _ = state("表一", folder)
        assert bytes(key.wrapped) == bytes(DataKey.objects.get().wrapped)
        assert (folder / "word.txt").read_text(encoding="utf-8") == "表一"
        assert not Event.objects.filter(action="paper.read").exists()


def test_another_argument_is_another_state(begin, state, made):
    for name in ("表一", "表二"):
        with begin(name) as folder:
            state(name, folder)
            assert Event.objects.get().subject == name
    assert made == ["表一", "表二"]


def test_where_a_test_did_something_before_it_is_made_by_its_actions(begin, state, made):
    with begin("one") as folder:
        state("表一", folder)
    with begin("two") as folder:
        actions.record("paper.read", subject="x", officer="lu", at=AT)
        state("表一", folder)
        assert [one.sequence for one in Event.objects.order_by("sequence")] == [1, 2]
        assert verify().holds
    assert len(made) == 2


def test_where_keys_lie_already_it_is_made_with_them(begin, state, made):
    for name in ("one", "two"):
        with begin(name) as folder:
            keys.index_key()
            state("表一", folder)
    assert len(made) == 2


def test_a_state_stands_on_another(begin, state, made):
    @kept.kept
    def more(key):
        made.append("more")
        actions.record("paper.read", subject="x", officer="lu", at=AT)
        DataKey.objects.filter(pk=key.pk).update(wrapped=b"shredded")
        return key

    for name in ("one", "two"):
        with begin(name) as folder:
            (key,), _ = state("表一", folder)
            assert more(key) is key
            assert bytes(DataKey.objects.get().wrapped) == b"shredded"
            assert Event.objects.count() == 2
    assert made == ["表一", "more"]


def test_outside_tests_everything_is_made_in_earnest(begin, state, made):
    with begin("one") as folder:
        state("表一", folder)
    with begin("two") as folder:
        kept.begin(None)
        state("表一", folder)
        assert settings.HUIGONG_KEYS.exists()
        assert connection.in_atomic_block
    assert len(made) == 2
