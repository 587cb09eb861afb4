"""Encrypted columns: masked when read, bound to their row, refused as text, unreadable without the key folder.

The sample table lives only in these tests.
"""

import shutil
import threading

import pytest
from django.db import connection, models, transaction

from huigong.values.uuid7 import uuid7
from huigong.vault import actions, blind, keys
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey

CARD = "6214673021573681932"


class Sample(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    note = EncryptedTextField()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT)
    card = EncryptedTextField(kind="card")

    class Meta:
        app_label = "vault"


@pytest.fixture
def table(table_of):
    table_of(Sample)


def sample(**values):
    return Sample(data_key=actions.new_data_key(), **values)


def test_a_value_comes_back_masked_and_opens_on_request(table):
    made = sample(card=CARD)
    made.save()
    kept = Sample.objects.get()
    assert (str(kept.card), kept.card.plain(), kept.note) == ("**** 1932", CARD, None)
    assert CARD not in repr(kept.card)


def test_many_rows_are_written_and_changed_at_once(table):
    rows = Sample.objects.bulk_create([sample(card=CARD, note=str(number)) for number in range(3)])
    for row in rows:
        row.note = "改"
    Sample.objects.bulk_update(rows, ["note"])
    assert {row.note.plain() for row in Sample.objects.all()} == {"改"}


def test_the_database_holds_no_plain_text(table):
    sample(card=CARD, note="住院").save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT card, note FROM vault_sample")
        raw = b"".join(bytes(value) for value in cursor.fetchone())
    assert CARD.encode() not in raw
    assert "住院".encode() not in raw


def test_a_ciphertext_moved_to_another_row_or_column_does_not_open(table):
    one, two = sample(card=CARD, note="甲"), sample(card="62170000000000000", note="乙")
    one.save()
    two.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE vault_sample SET note = card")
    with pytest.raises(keys.WrongKeyError):
        Sample.objects.get(pk=one.pk).note.plain()


def test_text_cannot_be_written_past_the_row(table):
    sample(card=CARD).save()
    with pytest.raises(TypeError, match="encrypted"):
        Sample.objects.update(card="6217")
    with pytest.raises(TypeError, match="encrypted"):
        Sample.objects.filter(card=CARD).exists()


def test_bytes_are_refused_since_they_would_stand_there_unencrypted(table):
    made = sample(card=CARD)
    made.save()
    with pytest.raises(TypeError, match="encrypted"), transaction.atomic():
        Sample.objects.update(card=CARD.encode())
    with pytest.raises(TypeError, match="encrypted"):
        made.card = CARD.encode()
    assert Sample.objects.get().card.plain() == CARD


def test_a_secret_given_to_another_row_opens_there(table):
    one = sample(card=CARD, note="甲")
    one.save()
    other = sample()
    other.card = other.note = Sample.objects.get(pk=one.pk).card
    other.save()
    kept = Sample.objects.get(pk=other.pk)
    assert (kept.card.plain(), kept.note.plain(), str(kept.note)) == (CARD, CARD, "****")
    assert Sample.objects.get(pk=one.pk).card.plain() == CARD


def test_a_secret_given_to_many_rows_at_once_opens_in_each(table):
    rows = Sample.objects.bulk_create([sample(card=CARD), sample()])
    first = Sample.objects.get(pk=rows[0].pk).card
    for row in rows:
        row.note = first
    Sample.objects.bulk_update(rows, ["note"])
    assert [row.note.plain() for row in Sample.objects.all()] == [CARD, CARD]


def test_text_assigned_before_the_data_key_is_sealed_under_it(table):
    made = Sample(card=CARD)
    assert str(made.card) == "**** 1932"
    made.data_key = actions.new_data_key()
    made.save()
    assert Sample.objects.get().card.plain() == CARD


def test_a_row_copied_under_another_id_is_refused_before_it_can_never_be_opened(table):
    sample(card=CARD).save()
    copy = Sample.objects.get()
    copy.pk, copy._state.adding = uuid7(), True
    with pytest.raises(keys.WrongKeyError), transaction.atomic():
        copy.save()
    copy = Sample.objects.get()
    assert copy.card
    copy.pk, copy._state.adding = uuid7(), True
    copy.save()
    assert [row.card.plain() for row in Sample.objects.all()] == [CARD, CARD]


def test_a_column_that_was_left_out_is_fetched_when_it_is_read(table):
    sample(card=CARD).save()
    assert Sample.objects.defer("card").get().card.plain() == CARD


@pytest.mark.parametrize(("text", "full"), [("", False), ("甲", True)])
def test_a_secret_of_no_text_is_false_without_being_opened(table, text, full):
    made = sample(card=CARD, note=text)
    assert bool(made.note) is full
    made.save()
    actions.forget()
    shutil.rmtree(keys.key_folder())
    assert bool(Sample.objects.get().note) is full


def test_another_key_folder_opens_nothing(table, settings):
    sample(card=CARD).save()
    shutil.rmtree(settings.HUIGONG_KEYS)
    keys.forget()
    actions.forget()
    with pytest.raises(keys.WrongKeyError, match="HUIGONG_KEYS"):
        Sample.objects.get().card.plain()


def lost(folder, *names):
    for name in names:
        (folder / name).unlink()
    keys.forget()
    actions.forget()


@pytest.mark.parametrize("names", [["master.key"], ["index.key"], ["master.key", "index.key"]])
def test_a_lost_key_is_never_made_anew_while_something_is_encrypted(db, settings, names):
    actions.new_data_key()
    lost(settings.HUIGONG_KEYS, *names)
    uses = {"master.key": actions.new_data_key, "index.key": keys.index_key}
    for name in names:
        with pytest.raises(keys.WrongKeyError, match="不见了"):
            uses[name]()
    assert not [name for name in names if (settings.HUIGONG_KEYS / name).exists()]


def test_the_index_key_is_there_before_anything_is_encrypted(db, settings):
    actions.new_data_key()
    assert blind.index("phone", "13800000000")


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_refused_and_left_as_it_is(db, settings, content):
    settings.HUIGONG_KEYS.mkdir()
    settings.HUIGONG_KEYS.joinpath("index.key").write_bytes(content)
    with pytest.raises(keys.WrongKeyError, match="坏的"):
        keys.index_key()
    assert settings.HUIGONG_KEYS.joinpath("index.key").read_bytes() == content


def test_many_who_make_a_key_at_once_get_the_same_one(tmp_path):
    file, got, begin = tmp_path / "new" / "a.key", [], threading.Barrier(8)

    def make(number):
        begin.wait()
        keys._lay_down(file, bytes([number]) * keys.KEY_BYTES, mode=0o600)
        got.append(file.read_bytes())

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1
    assert len(got[0]) == keys.KEY_BYTES
    assert [path.name for path in file.parent.iterdir()] == ["a.key"]


def test_keys_are_readable_by_their_owner_only(db, settings):
    keys.index_key()
    keys.signing_key()
    for file in settings.HUIGONG_KEYS.glob("*.key"):
        assert file.stat().st_mode & 0o077 == 0


def test_blind_indexes_find_a_value_however_it_is_typed(db):
    assert blind.index("resident_id", "45042219990101002x") == blind.index("resident_id", " 450422 19990101 002Ｘ")
    assert blind.index("resident_id", "1") != blind.index("card", "1")
    assert blind.index("card", "") == blind.index("card", None) == ""
