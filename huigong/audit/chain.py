"""The formula of the chain, and what a payload may hold. Plain enough to be rebuilt by an outsider (house.md, History)."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
_PREFIX = b"huigong.audit.v1\n"
# Codes, references, dates, figures and digests: what may be told for ever. No Chinese, no run of 11 to 20 digits.
_TELLABLE = re.compile(r"[A-Za-z0-9_.,:;/+\-〔〕()（）一二三四五六七八九十附件号\[\] ]{0,200}")
_PERSONAL = re.compile(r"(?<![0-9a-fA-F-])(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9}|62\d{14,17})(?![0-9a-fA-F-])")


class PersonalDataInEventError(ValueError):
    """A payload holds something that an event may not tell for ever: put a reference or a keyed digest instead."""


def body(*, sequence: int, at: datetime, actor: str, action: str, subject: str, payload: Mapping[str, Any]) -> str:
    """The canonical JSON of an event: keys sorted, no spaces, UTF-8, integers and strings only, UTC with six decimals."""
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    told = {"sequence": sequence, "at": stamp, "actor": actor, "action": action, "subject": subject, "payload": payload}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(previous: str, text: str) -> str:
    return hashlib.sha256(_PREFIX + previous.encode() + b"\n" + text.encode()).hexdigest()


def tellable(payload: Mapping[str, Any]) -> None:
    """Raises PersonalDataInEventError unless every value is an integer, a code, or a list or mapping of such."""
    for value in payload.values():
        _tellable(value)


def _tellable(value: Any) -> None:
    if value is None or isinstance(value, int):
        return
    if isinstance(value, str):
        if not _TELLABLE.fullmatch(value) or _PERSONAL.search(value):
            raise PersonalDataInEventError(f"an event may not tell {value[:4]!r}…")
        return
    if isinstance(value, Mapping):
        for inner in value.values():
            _tellable(inner)
        return
    if isinstance(value, list | tuple):
        for inner in value:
            _tellable(inner)
        return
    raise PersonalDataInEventError(f"an event holds integers, codes and digests, not {type(value).__name__}")
