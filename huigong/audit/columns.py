"""What an event tells of a row: a keyed digest over its columns, so that an altered row shows and nothing is told.

An action tells the columns that it writes in the event that it records anyway; `huigong books verify` holds the row
against it. Names are only ever added at the end: an event tells how many there were, so an older one still holds.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from huigong.vault import keys
from huigong.vault.fields import Secret

_TRACE = 4  # hex digits that say which column differs; that one does is said by the digest over all of them
_CHUNK = 32  # the chain takes digits for a digest where 32 of them stand together


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of one kind of row by attribute, its id always among them; `kind` keeps equal values of two kinds apart."""

    kind: str
    names: tuple[str, ...]

    def told(self, *rows: Any) -> str:
        """How many columns there are, the digest over these rows in their order, and a trace of each column."""
        return self._told(rows, len(self.names))

    def differing(self, told: str, *rows: Any) -> tuple[str, ...]:
        """Columns that are not what was told; all of them where the traces do not say which."""
        count = int(told.partition(":")[0])
        now = self._told(rows, count)
        if now == told:
            return ()
        pairs = zip(self.names[:count], _traces(told), _traces(now), strict=False)
        return tuple(name for name, before, after in pairs if before != after) or self.names[:count]

    def differing_in_the_open(self, told: str, closed: Collection[str], *rows: Any) -> tuple[str, ...]:
        """The same where the key of these rows was erased in its time, so that the columns `closed` open no more: the others,
        by their traces alone, which one altered value in 65,536 would slip through.
        """
        count = int(told.partition(":")[0])
        blind_to = {name for name in self.names[:count] if name in closed}
        now = self._told(rows, count, without=blind_to)
        pairs = zip(self.names[:count], _traces(told), _traces(now), strict=False)
        return tuple(name for name, before, after in pairs if name not in blind_to and before != after)

    def _told(self, rows: Sequence[Any], count: int, *, without: Collection[str] = ()) -> str:
        key = keys.index_key()
        owners = "".join(row.pk.hex for row in rows)
        # With their lengths, so that nothing can be moved from the end of one value to the beginning of the next.
        texts = [
            "" if name in without else "".join(_measured(getattr(row, name)) for row in rows)
            for name in self.names[:count]
        ]
        body = "\n".join(f"{len(text)}:{text}" for text in (self.kind, owners, *texts))
        whole = hmac.digest(key, body.encode(), "sha256").hex()
        # Bound to the row, so that equal values of two rows leave no equal traces.
        salt = f"{self.kind} {owners[:32]} ".encode()
        traces = "".join(
            hashlib.blake2b(salt + f"{place} {text}".encode(), key=key, digest_size=_TRACE // 2).hexdigest()
            for place, text in enumerate(texts)
        )
        return f"{count}:{whole}{_chunked(traces)}"


def _chunked(traces: str) -> str:
    return "".join(f".{traces[start : start + _CHUNK]:0<{_CHUNK}}" for start in range(0, len(traces), _CHUNK))


def _traces(told: str) -> list[str]:
    digits = "".join(told.split(".")[1:])
    return [digits[start : start + _TRACE] for start in range(0, len(digits), _TRACE)]


def _measured(value: Any) -> str:
    text = _text(value)
    return f"{len(text)}:{text}"


def _text(value: Any) -> str:  # noqa: PLR0911  one line a type
    """A value as an action holds it and as the database gives it back: the same for both. None is no text."""
    if type(value) is str:
        return value
    if value is None:
        return "\0"
    if isinstance(value, Secret):
        return value.plain()
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
