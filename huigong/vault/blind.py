"""Blind indexes and keyed digests: finding an encrypted value, and naming it in history, without showing it."""

import hmac
import json

from huigong.values import bank_card, names, phone, resident_id
from huigong.vault import keys

_JSON = json.JSONEncoder(ensure_ascii=False)
_NORMAL = {
    "resident_id": resident_id.normalise,
    "card": bank_card.normalise,
    "phone": phone.normalise,
    "name": names.normalise,
}


def index(kind: str, text: str | None) -> str:
    """64 hex digits, the same for the same value; empty for no value. `kind` separates the uses."""
    if not text:
        return ""
    normal = _NORMAL.get(kind, str.strip)(text)
    return _keyed(f"{kind}\n{normal}")


def digest(*parts: str | int | None) -> str:
    """A keyed digest over several values, for payloads of the audit chain."""
    return _keyed(_JSON.encode(["digest", *parts]))


def _keyed(text: str) -> str:
    return hmac.digest(keys.index_key(), text.encode(), "sha256").hex()
