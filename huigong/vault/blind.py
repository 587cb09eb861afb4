"""Blind indexes and keyed digests: finding an encrypted value, and naming it in history, without showing it."""

import hmac
import json

from huigong.values import bank_card, names, phone, resident_id
from huigong.vault import keys

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O, which are read as figures
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


def letters(*parts: str | int, count: int = 8) -> str:
    """A short code to be read from paper, made under the installation's key: no table keeps it, nobody can make one up."""
    number, made = int(digest(*parts), 16), []
    for _ in range(count):
        number, place = divmod(number, len(_LETTERS))
        made.append(_LETTERS[place])
    return "".join(made)


def are_letters(said: str, *parts: str | int, count: int = 8) -> bool:
    """Whether somebody read that code: in small letters, with spaces or hyphens too."""
    typed = "".join(said.split()).replace("-", "").upper()
    return hmac.compare_digest(typed.encode(), letters(*parts, count=count).encode())


def _keyed(text: str) -> str:
    return hmac.digest(keys.index_key(), text.encode(), "sha256").hex()
