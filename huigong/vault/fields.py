"""Encrypted columns. What is read prints masked; `.plain()` is for writers of bank files and forms.

Envelope: version 1 ‖ 12 bytes nonce ‖ ciphertext with tag, AES-256-GCM under the row's data key, bound to
table.column.row: a ciphertext moved to another row, column or table does not open. A Secret that is assigned to another
row is sealed anew for it.
"""

import os
import uuid
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from huigong.values import bank_card, phone, resident_id
from huigong.vault import keys
from huigong.vault.actions import secret_of

_VERSION = b"\x01"
_TAG_BYTES = 16
_MASKS = {"resident_id": resident_id.masked, "card": bank_card.masked, "phone": phone.masked}


class _Envelope(bytes):
    """What the database holds, as distinct from bytes that somebody assigns."""

    __slots__ = ()


class Secret:
    """A value that is stored encrypted: opened only when `.plain()` is called, printed masked."""

    __slots__ = ("_binding", "_key_id", "_plain", "_sealed", "kind")

    def __init__(
        self,
        *,
        kind: str,
        binding: bytes,
        key_id: uuid.UUID | None,
        plain: str | None = None,
        sealed: bytes | None = None,
    ) -> None:
        self.kind, self._binding, self._key_id, self._plain, self._sealed = kind, binding, key_id, plain, sealed

    def plain(self) -> str:
        """The value itself. Raises WrongKeyError where it cannot be opened."""
        if self._plain is None:
            assert self._sealed is not None
            nonce, sealed = self._sealed[1 : 1 + keys.NONCE_BYTES], self._sealed[1 + keys.NONCE_BYTES :]
            assert self._key_id is not None
            try:
                self._plain = AESGCM(secret_of(self._key_id)).decrypt(nonce, sealed, self._binding).decode()
            except InvalidTag:
                raise keys.wrong_key() from None
        return self._plain

    def sealed(self) -> bytes:
        """The envelope to store; made once for a value."""
        if self._sealed is None:
            assert self._plain is not None
            assert self._key_id is not None, "an encrypted field needs the row's data key before it is written"
            nonce = os.urandom(keys.NONCE_BYTES)
            self._sealed = (
                _VERSION + nonce + AESGCM(secret_of(self._key_id)).encrypt(nonce, self._plain.encode(), self._binding)
            )
        return self._sealed

    def bound_to(self, *, kind: str, binding: bytes, key_id: uuid.UUID | None) -> "Secret":
        """The same value for a place: itself where it is bound there already, else a new one that is sealed for it."""
        if (self._binding, self._key_id) == (binding, key_id):
            return self
        return Secret(kind=kind, binding=binding, key_id=key_id, plain=self.plain())

    @property
    def masked(self) -> str:
        mask = _MASKS.get(self.kind)
        return mask(self.plain()) if mask else "****"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<Secret {self.kind} {self.masked}>"

    def __bool__(self) -> bool:
        """Whether there is any text: told from the envelope's length, without opening it."""
        if self._plain is not None:
            return bool(self._plain)
        return self._sealed is not None and len(self._sealed) > len(_VERSION) + keys.NONCE_BYTES + _TAG_BYTES

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.plain() == other.plain()

    def __hash__(self) -> int:
        return hash(self.plain())


class _Seal(DeferredAttribute):
    """The attribute of an encrypted column: takes text or a Secret, gives a Secret bound to its row."""

    field: "EncryptedTextField"

    def __get__(self, row: models.Model | None, owner: type[models.Model] | None = None) -> Any:
        value = super().__get__(row, owner)  # fetches a deferred column
        if row is None or value is None:
            return value
        # Bound when it is read, not when it is assigned: the row's id and data key may be assigned after the text.
        secret = self.field.secret(row, value)
        row.__dict__[self.field.attname] = secret
        return secret

    def __set__(self, row: models.Model, value: object) -> None:
        if value is not None and not isinstance(value, str | Secret | _Envelope):
            raise TypeError(
                f"{self.field.name} is encrypted: assign text or a Secret, not {type(value).__name__} (bytes would stand there unencrypted)"
            )
        row.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text that is encrypted at rest under `row.data_key`. Null for no value. `kind` chooses the mask."""

    descriptor_class = _Seal

    def __init__(self, *args: Any, kind: str = "text", **options: Any) -> None:
        self.kind = kind
        super().__init__(*args, **{"null": True, "blank": True, "editable": True} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"kind": self.kind}

    def from_db_value(self, value: bytes | memoryview | None, *_: Any) -> _Envelope | None:
        return None if value is None else _Envelope(value)

    def secret(self, row: models.Model, value: str | Secret | _Envelope) -> Secret:
        """A Secret bound to this row's place, from text (new), an envelope (from the database) or another Secret."""
        binding = f"{row._meta.db_table}.{self.column}.{row.pk}".encode()
        key_id: uuid.UUID | None = getattr(row, "data_key_id")  # noqa: B009  every owner of an encrypted column has one
        if isinstance(value, Secret):
            return value.bound_to(kind=self.kind, binding=binding, key_id=key_id)
        if isinstance(value, str):
            return Secret(kind=self.kind, binding=binding, key_id=key_id, plain=value)
        return Secret(kind=self.kind, binding=binding, key_id=key_id, sealed=value)

    def pre_save(self, row: models.Model, add: bool) -> Any:  # noqa: FBT001  Django's own signature
        untouched = isinstance(row.__dict__.get(self.attname), _Envelope)
        secret = getattr(row, self.attname)
        if add and untouched:
            # A loaded row that is inserted anew may have another id by now: its envelope must open here, else it never will.
            secret.plain()
        return secret

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002  Django's own signature
        if isinstance(value, Secret):
            value = value.sealed()
        elif value is not None:
            raise TypeError(
                f"{self.name} is encrypted: assign it to a row and save the row; it cannot be filtered or updated as text or bytes"
            )
        return super().get_db_prep_value(value, connection, prepared)
