"""Encrypted columns: masked when read, bound to their row, refused as text, unreadable without the key folder.

The sample table lives only in these tests.
"""

import shutil

import pytest
from django.db import connection, models

from huigong.values.uuid7 import uuid7
from huigong.vault import actions, blind, keys
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey

CARD = "6214673021573681932"


class Sample(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT)
    card = EncryptedTextField(kind="card")
    note = EncryptedTextField()

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


def test_another_key_folder_opens_nothing(table, settings):
    sample(card=CARD).save()
    shutil.rmtree(settings.HUIGONG_KEYS)
    keys.forget()
    actions.forget()
    with pytest.raises(keys.WrongKeyError, match="HUIGONG_KEYS"):
        Sample.objects.get().card.plain()


def test_keys_are_readable_by_their_owner_only(settings):
    keys.index_key()
    assert settings.HUIGONG_KEYS.joinpath("index.key").stat().st_mode & 0o077 == 0


def test_blind_indexes_find_a_value_however_it_is_typed():
    assert blind.index("resident_id", "45042219990101002x") == blind.index("resident_id", " 450422 19990101 002Ｘ")
    assert blind.index("resident_id", "1") != blind.index("card", "1")
    assert blind.index("card", "") == blind.index("card", None) == ""
