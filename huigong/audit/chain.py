"""The formula of the chain, and what a payload may hold. Plain enough to be rebuilt by an outsider (house.md, History)."""

import hashlib
import json
import re
import string
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
FORMAT = "huigong.audit.v1"
"""The formula below; one that changes takes another name."""
_PREFIX = f"{FORMAT}\n".encode()
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
# Codes, references, dates, figures and digests: what may be told for ever. No Chinese but what clauses are numbered with.
_TELLABLE = re.compile(r"[A-Za-z0-9_.,:;/+\-〔〕()（）一二三四五六七八九十附件号补\[\] ]{0,400}")
# What is a digest by its whole shape may hold any digits: SHA-256 and keyed digests, UUIDs, the digest of a form.
_DIGEST = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    r"|(?<=:form:)[0-9a-f]{16})(?![0-9A-Za-z])"
)
# A mobile number, an identity number, certificate or card, also in the groups in which people write them.
_PERSONAL = re.compile(
    r"(?<!\d)(?:(?:86)?1[3-9]\d(?:\d{8}|-\d{4}-\d{4})|\d{15,19}|\d{6}-\d{8}-\d{3,4}|62\d\d-\d{4}-\d{4}-\d{4}(?:-\d{1,3})?)(?!\d)"
)
_BETWEEN_DIGITS = str.maketrans("", "", string.ascii_letters + string.whitespace)
_SHORTEST = 11  # digits of a mobile number: what is shorter tells nobody's
# Amounts of money are figures whatever their size: 150 million yuan in fen look like a mobile number.
_AMOUNTS = frozenset({"fen"})


class PersonalDataInEventError(ValueError):
    """A payload holds something that an event may not tell for ever: put a reference or a keyed digest instead."""


def body(*, sequence: int, at: datetime, actor: str, action: str, subject: str, payload: str) -> str:
    """The canonical JSON of an event: keys sorted, no spaces, UTF-8, integers and strings only, UTC with six decimals.

    Its payload is canonical JSON already, and stands in it as it is: to another text, however alike a reader takes it,
    belongs another digest.
    """
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    names = f'"action":{canonical(action)},"actor":{canonical(actor)},"at":"{stamp}"'
    return f'{{{names},"payload":{payload},"sequence":{sequence:d},"subject":{canonical(subject)}}}'


def canonical(told: Mapping[str, Any] | str) -> str:
    """The one way in which the chain writes JSON."""
    return _JSON.encode(told)


def digest(previous: str, text: str) -> str:
    return hashlib.sha256(_PREFIX + previous.encode() + b"\n" + text.encode()).hexdigest()


def tellable(*, subject: str, actor: str, payload: Mapping[str, Any]) -> None:
    """Raises PersonalDataInEventError unless an event tells references, codes, figures and digests only.

    Subject and actor may be in any script (a list's name, a sign-in name); numbers of people are refused there too.
    """
    _refuse_numbers(subject)
    _refuse_numbers(actor)
    _tellable(payload)


def _tellable(value: Any) -> None:
    if value is None:
        return
    if isinstance(value, int):
        _refuse_figure(value)
    elif isinstance(value, str):
        if not _TELLABLE.fullmatch(value):
            raise PersonalDataInEventError(f"an event may not tell {value[:4]!r}…")
        _refuse_numbers(value)
    elif isinstance(value, Mapping):
        _tellable_names(value)
    elif isinstance(value, list | tuple):
        for inner in value:
            _tellable(inner)
    else:
        raise PersonalDataInEventError(f"an event holds integers, codes and digests, not {type(value).__name__}")


def _tellable_names(told: Mapping[Any, Any]) -> None:
    for key, inner in told.items():
        if not isinstance(key, str):
            raise PersonalDataInEventError(f"an event names its facts by codes, not by {type(key).__name__}")
        _tellable(key)
        if not (key in _AMOUNTS and isinstance(inner, int)):
            _tellable(inner)


def _refuse_figure(value: int) -> None:
    if not -(10**10) < value < 10**10:
        _refuse_numbers(str(abs(value)))


def _refuse_numbers(text: str) -> None:
    """Refuse a text that holds somebody's number, also with letters or spaces put between its digits."""
    if len(text) < _SHORTEST or _DIGEST.fullmatch(text):
        return
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if _PERSONAL.search(_DIGEST.sub("", plain).translate(_BETWEEN_DIGITS)):
        raise PersonalDataInEventError(f"an event may not tell {text[:4]!r}…")
