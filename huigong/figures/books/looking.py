"""One row beside the event that told it: what is compared, and how rows that are gone are found."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huigong.audit import queries as audit
from huigong.audit.columns import Columns
from huigong.audit.queries import Told

# What a row says now and what the event told, by name. Codes, figures and times only: they are printed.
Pairs = Callable[[Told], Iterable[tuple[str, Any, Any]]]
# Columns that an event told by digest, under which name of its payload, over which rows.
Sealed = tuple[Columns, str, tuple[Any, ...]]


def nothing(_: Told) -> Iterable[tuple[str, Any, Any]]:
    return ()


def payload(**now: Any) -> Pairs:
    """Values that the payload of the event holds under the same names."""
    return lambda told: [(name, value, told.payload.get(name)) for name, value in now.items()]


def stands(status: str, since: datetime | None = None) -> Pairs:
    """Where a row stands, and since when if that is asked. Batches from before told no status: they are released."""
    return lambda told: [
        ("to", status, told.payload.get("to", "released")),
        *([("status_since", since, told.at)] if since else []),
    ]


def recorded(*, at: datetime | None = None, **actor: str) -> Pairs:
    """The time and the officer of the event itself, under the name of the column that keeps the officer."""
    return lambda told: [
        *((name, value, told.actor) for name, value in actor.items()),
        *([("at", at, told.at)] if at else []),
    ]


def said(*pairs: tuple[str, Any, Any]) -> Pairs:
    """What follows from other events or rows than the one that is looked at."""
    return lambda _: pairs


def together(*several: Pairs) -> Pairs:
    return lambda told: [pair for one in several for pair in one(told)]


def is_erased(row: Any, erased: Collection[str]) -> bool:
    """Whether the key of a row is one of those that were destroyed in their time."""
    return str(getattr(row, "data_key_id", "")) in erased


def is_forgotten(row: Any, erased: Collection[str]) -> bool:
    """The same of a row whose names go with the key of its family, though what was sealed of it lay under another."""
    family = getattr(row, "household", None)
    return is_erased(row, erased) or (family is not None and is_erased(family, erased))


@dataclass(frozen=True, slots=True)
class Now:
    """A row as it stands. `key` finds its event."""

    key: Hashable
    subject: str
    pairs: Pairs = nothing
    sealed: tuple[Sealed, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """A row and its event; without a row it is gone, without an event nobody told it. `again`: counted already."""

    subject: str
    zh: str
    en: str
    now: Now | None
    told: Told | None
    again: bool = False


def last(*actions: str, key: Callable[[Told], Any] = lambda told: told.subject) -> dict[Any, Told]:
    """The last event of these actions for each key."""
    return {key(told): told for told in audit.told_of(*actions)}


def beside(
    told: Mapping[Any, Told], rows: Iterable[Now], zh: str, en: str, *, again: str = "", gone: str = "named"
) -> Iterator[Look]:
    """Each row beside its event, then the events whose row is gone."""
    seen = set[Hashable]()
    for now in rows:
        seen.add(now.key)
        yield Look(now.subject, zh, en, now, told.get(now.key), again=bool(again))
    if gone == "named":
        for key in sorted(told.keys() - seen, key=str):
            yield Look(told[key].subject, zh, en, None, told[key])
