"""Random tamperings with the chain, each as somebody with the database in hand would do it: found and named, all of them."""

import json
import time
from collections import Counter
from datetime import timedelta
from random import Random

from django.db import connection, transaction

from benchmarks.proof.machine import AT
from huigong.audit import actions, chain, verification
from huigong.audit.models import ChainHead, Event
from huigong.audit.queries import Head, head

_EVENTS, _EVERY = 300, 50
KINDS = ("edit", "delete", "insert", "swap", "re-date", "cut the tail", "forge to the end")


def run(tamperings: int, first_seed: int) -> int:
    chance, began = Random(first_seed), time.monotonic()
    entries = [
        actions.Entry("payment.paid", f"SA-450422-2017-{number:05d}", "chen", AT, {"fen": 300_000, "line": number})
        for number in range(_EVENTS)
    ]
    kept = []
    for start in range(0, _EVENTS, _EVERY):
        actions.record_all(entries[start : start + _EVERY])
        kept.append(head())
    assert verification.verify(against=kept).holds
    found, kinds = 0, Counter[str]()
    for number in range(tamperings):
        kind = KINDS[number % len(KINDS)]
        with transaction.atomic():
            _disarm()
            expected = _tamper(kind, chance, kept)
            report = verification.verify(against=kept)
            transaction.set_rollback(True)
        assert report.broken_at == expected, (kind, report.broken_at, expected)
        found += 1
        kinds[kind] += 1
    assert verification.verify(against=kept).holds
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    print(f"seed {first_seed}: {tamperings} tamperings ({told}) in {time.monotonic() - began:.0f} s")
    print(f"{found} of {tamperings} found, each at the event where it first shows")
    return 0


def _disarm() -> None:
    with connection.cursor() as cursor:
        for statement in ("update", "delete", "replace"):
            on = "" if connection.vendor == "sqlite" else " ON audit_event"
            cursor.execute(f"DROP TRIGGER audit_event_no_{statement}{on}")


def _tamper(kind: str, chance: Random, kept: list[Head]) -> int:
    """Do it; returns the event at which it must be named."""
    at = chance.randint(2, _EVENTS - 2)
    one = Event.objects.get(sequence=at)
    if kind == "edit":
        column = chance.choice(("payload", "actor", "action", "subject", "digest", "previous"))
        changed = '{"fen":1}' if column == "payload" else f"{getattr(one, column)[:-1]}0x"[-64:]
        Event.objects.filter(sequence=at).update(**{column: changed})
    elif kind == "delete":
        Event.objects.filter(sequence=at).delete()
    elif kind == "insert":
        # A false event with a right digest of its own; all that follow are moved on by one.
        _shift(at)
        _write(at, one.previous, {"fen": 1}, "mo", one)
        return at if at in {checkpoint.sequence for checkpoint in kept} else at + 1
    elif kind == "swap":
        other = Event.objects.get(sequence=at + 1)
        for row, values in ((at, other), (at + 1, one)):
            Event.objects.filter(sequence=row).update(subject=values.subject, payload=values.payload)
    elif kind == "re-date":
        Event.objects.filter(sequence=at).update(at=one.at + timedelta(seconds=chance.randint(1, 10**6)))
    elif kind == "cut the tail":
        Event.objects.filter(sequence__gt=at).delete()
        ChainHead.objects.update(sequence=at, digest=one.digest)
        return at + 1
    else:
        return _forge(at, one, kept)
    return at


def _shift(at: int) -> None:
    for number in range(_EVENTS, at - 1, -1):
        Event.objects.filter(sequence=number).update(sequence=number + 1)


def _write(sequence: int, previous: str, payload: dict[str, object], actor: str, like: Event) -> str:
    text = chain.body(
        sequence=sequence, at=like.at, actor=actor, action=like.action, subject=like.subject, payload=payload
    )
    digest = chain.digest(previous, text)
    Event.objects.filter(sequence=sequence).delete()
    Event.objects.create(
        sequence=sequence,
        at=like.at,
        actor=actor,
        action=like.action,
        subject=like.subject,
        payload=chain.canonical(payload),
        previous=previous,
        digest=digest,
    )
    return digest


def _forge(at: int, one: Event, kept: list[Head]) -> int:
    """One event rewritten and the whole chain after it made anew, head and all: only a checkpoint from outside tells."""
    previous = _write(at, one.previous, {"fen": 1}, "mo", one)
    for row in Event.objects.filter(sequence__gt=at).order_by("sequence"):
        previous = _write(row.sequence, previous, json.loads(row.payload), row.actor, row)
    ChainHead.objects.update(digest=previous)
    return next(checkpoint.sequence for checkpoint in kept if checkpoint.sequence >= at)
