"""Make data keys, and keep the unwrapped ones at hand while a process works."""

import os
import uuid
from collections import OrderedDict
from collections.abc import Iterable

from huigong.values.uuid7 import uuid7
from huigong.vault import keys
from huigong.vault.models import DataKey

_AT_HAND = 50_000
_unwrapped: OrderedDict[uuid.UUID, bytes] = OrderedDict()


def new_data_key() -> DataKey:
    return new_data_keys(1)[0]


def new_data_keys(count: int) -> list[DataKey]:
    """So many fresh keys, written in one statement."""
    fresh = []
    for _ in range(count):
        key, secret = DataKey(id=uuid7()), os.urandom(keys.KEY_BYTES)
        key.wrapped = keys.wrap(secret, name=key.id.bytes)
        _keep(key.id, secret)
        fresh.append(key)
    return DataKey.objects.bulk_create(fresh, batch_size=1000)


def secret_of(key_id: uuid.UUID) -> bytes:
    """The unwrapped key. Raises WrongKeyError where the key folder is another one or the key was destroyed."""
    secret = _unwrapped.get(key_id)
    if secret is None:
        warm([key_id])
        secret = _unwrapped.get(key_id)
    if secret is None:
        raise keys.wrong_key()
    return secret


def warm(key_ids: Iterable[uuid.UUID]) -> None:
    """Fetch many keys in few statements, before many fields are read. One that opens no more is told when it is asked for."""
    wanted = [key_id for key_id in set(key_ids) if key_id not in _unwrapped]
    for start in range(0, len(wanted), 500):
        for key in DataKey.objects.filter(id__in=wanted[start : start + 500]):
            secret = keys.unwrap(bytes(key.wrapped), name=key.id.bytes)
            if secret is not None:
                _keep(key.id, secret)


def opens(key_id: uuid.UUID) -> bool:
    """Whether what is sealed under a key can still be read: no more once it was made noise."""
    warm([key_id])
    return key_id in _unwrapped


def destroy(key_id: uuid.UUID) -> None:
    """Throw a key away: what it opened opens no more. The database refuses while a row still needs it (IntegrityError)."""
    rows = DataKey.objects.filter(pk=key_id)
    rows._raw_delete(rows.db)  # one statement: Django would first look for such rows in every table of the house
    _unwrapped.pop(key_id, None)


def shred(key_id: uuid.UUID) -> None:
    """Make a key that rows still name unreadable for ever: what it opened opens no more. Backups made before still hold it."""
    DataKey.objects.filter(pk=key_id).update(wrapped=os.urandom(keys.NONCE_BYTES + keys.KEY_BYTES + 16))
    _unwrapped.pop(key_id, None)


def forget() -> None:
    """Drop every unwrapped key from memory (tests, key changes)."""
    _unwrapped.clear()


def _keep(key_id: uuid.UUID, secret: bytes) -> None:
    _unwrapped[key_id] = secret
    if len(_unwrapped) > _AT_HAND:
        _unwrapped.popitem(last=False)
