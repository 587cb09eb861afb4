"""Encrypted columns. What is read prints masked; `.plain()` is for writers of bank files and forms.

Envelope: version 1 ‖ 12 bytes nonce ‖ ciphertext with tag, AES-256-GCM under the row's data key, bound to
table.column.row: a ciphertext moved to another row, column or table does not open.
"""

import os
import uuid
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from huigong.values import bank_card, phone, resident_id
from huigong.vault import keys
from huigong.vault.actions import secret_of

_VERSION = b"\x01"
_MASKS = {"resident_id": resident_id.masked, "card": bank_card.masked, "phone": phone.masked}


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

    @property
    def masked(self) -> str:
        mask = _MASKS.get(self.kind)
        return mask(self.plain()) if mask else "****"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<Secret {self.kind} {self.masked}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.plain() == other.plain()

    def __hash__(self) -> int:
        return hash(self.plain())


class _Seal:
    """The attribute of an encrypted column: takes text, gives a Secret."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        if row is None:
            return self
        value = row.__dict__.get(self.field.attname)
        if value is None or isinstance(value, Secret):
            return value
        secret = self.field.secret(row, value)
        row.__dict__[self.field.attname] = secret
        return secret

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text that is encrypted at rest under `row.data_key`. Null for no value. `kind` chooses the mask."""

    def __init__(self, *args: Any, kind: str = "text", **options: Any) -> None:
        self.kind = kind
        super().__init__(*args, **{"null": True, "blank": True, "editable": True} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"kind": self.kind}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002  Django's own signature
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Seal(self))

    def secret(self, row: models.Model, value: str | bytes | memoryview) -> Secret:
        """A Secret bound to this row's place, from text (new) or an envelope (from the database)."""
        binding = f"{row._meta.db_table}.{self.column}.{row.pk}".encode()
        key_id: uuid.UUID | None = getattr(row, "data_key_id")  # noqa: B009  every owner of an encrypted column has one
        if isinstance(value, str):
            return Secret(kind=self.kind, binding=binding, key_id=key_id, plain=value)
        return Secret(kind=self.kind, binding=binding, key_id=key_id, sealed=bytes(value))

    def pre_save(self, row: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001  Django's own signature
        value = getattr(row, self.attname)
        return None if value is None else value.sealed()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002  Django's own signature
        if isinstance(value, Secret):
            value = value.sealed()
        if isinstance(value, str):
            raise TypeError(
                f"{self.name} is encrypted: assign it to a row and save the row; it cannot be filtered or updated as text"
            )
        return super().get_db_prep_value(value, connection, prepared)
