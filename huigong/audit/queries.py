"""Ask the chain: what happened to a reference, and where its head stands."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from huigong.audit import beginning  # noqa: F401  makes `subject__begins` known
from huigong.audit.chain import GENESIS
from huigong.audit.models import ChainHead, Event

_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a reader may see it."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    sequence: int
    digest: str


def head() -> Head:
    found = ChainHead.objects.filter(pk=1).first()
    return Head(found.sequence, found.digest) if found else Head(0, GENESIS)


def history(subject: str) -> list[Told]:
    """Everything that happened to one reference, oldest first."""
    return [_told(event) for event in Event.objects.filter(subject=subject)]


def told_of(*actions: str) -> Iterator[Told]:
    """Every event of these actions, oldest first."""
    for event in Event.objects.filter(action__in=actions).order_by("sequence").iterator():
        yield _told(event)


def actors(subjects: Collection[str], *actions: str) -> set[str]:
    """Who did any of these to any of these references."""
    wanted, found = sorted(subjects), set[str]()
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = Event.objects.filter(subject__in=wanted[start : start + _AT_A_TIME], action__in=actions)
        found |= set(rows.values_list("actor", flat=True).distinct())
    return found


def told_about(subjects: Collection[str], *actions: str) -> Iterator[Told]:
    """What any of these actions told of any of these references."""
    wanted = sorted(subjects)
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = Event.objects.filter(subject__in=wanted[start : start + _AT_A_TIME], action__in=actions)
        yield from map(_told, rows.order_by("sequence"))


def count() -> int:
    return Event.objects.count()


def _told(event: Event) -> Told:
    return Told(event.sequence, event.at, event.actor, event.action, event.subject, json.loads(event.payload))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader narrows history to: some actors, some actions, what a reference begins with, moments, an event to end before.

    None is any; an empty collection is none.
    """

    actors: Collection[str] | None = None
    actions: Collection[str] | None = None
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


ANYTHING = Asked()


def latest(naming: Sequence[str], *, actor: str, limit: int, asked: Asked = ANYTHING) -> list[Told]:
    """The last events about references that hold one of these codes, and those of one actor; newest first."""
    mine = Q(actor=actor)
    for code in naming:
        mine |= (
            Q(subject=code)
            | Q(subject__contains=f"-{code}-")
            | Q(subject__startswith=f"{code}-")
            | Q(subject__startswith=f"{code}:")
        )
    wanted = {
        "actor__in": asked.actors,
        "action__in": asked.actions,
        "subject__startswith": asked.about or None,
        "at__gte": asked.since,
        "at__lt": asked.until,
        "sequence__lt": asked.before,
    }
    rows = Event.objects.filter(mine, **{name: value for name, value in wanted.items() if value is not None})
    return [_told(event) for event in rows.order_by("-sequence")[:limit]]


def looks(reference: str) -> list[Told]:
    """Who looked at which sensitive field of a reference, for what, newest first."""
    found = Event.objects.filter(action="field.revealed", subject__begins=f"{reference}:")
    return [_told(event) for event in found.order_by("-sequence")]
