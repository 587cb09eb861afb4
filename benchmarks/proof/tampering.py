"""Random tamperings with the chain, each as somebody with the database in hand would do it: found and named, all of them.

Two look at each: `huigong audit verify --against` as the product does it, and the stand-alone verifier over the exported
events. Both must name the same event.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from importlib import util
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from benchmarks.proof.office import AT
from benchmarks.proof.telling import Telling
from huigong.audit import actions, chain, verification
from huigong.audit.models import ChainHead, Event
from huigong.audit.queries import Head, head

_EVENTS, _EVERY = 300, 50
_VERIFIER = Path(__file__).resolve().parents[2] / "examples" / "verify_chain.py"
KINDS = ("edit", "delete", "insert", "swap", "re-date", "cut the tail", "forge to the end")


def run(tamperings: int, *, seed: int, told: Telling) -> None:
    chance, kept = Random(seed), _events()
    alone = _stand_alone()
    assert verification.verify(against=kept).holds
    assert alone(kept) is None
    kinds = Counter[str]()
    told.begin("tamperings", tamperings)
    for number in range(tamperings):
        kind = KINDS[number % len(KINDS)]
        with transaction.atomic():
            _disarm()
            expected = _tamper(kind, chance, kept)
            found = verification.verify(against=kept).broken_at, alone(kept)
            transaction.set_rollback(True)
        assert found == (expected, expected), f"{kind}: {found} was named, not {expected}"
        kinds[kind] += 1
        told.one()
    assert verification.verify(against=kept).holds
    done = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    print(f"{tamperings:,} tamperings ({done}) in {told.cost}:")
    print(f"{kinds.total():,} of {tamperings:,} found, each at the event where it first shows, by both verifiers")


def _events() -> list[Head]:
    """A chain to tamper with; returns the checkpoints that were kept outside."""
    entries = [
        actions.Entry("payment.paid", f"SA-450422-2017-{number:05d}", "chen", AT, {"fen": 300_000, "line": number})
        for number in range(_EVENTS)
    ]
    kept = []
    for start in range(0, _EVENTS, _EVERY):
        actions.record_all(entries[start : start + _EVERY])
        kept.append(head())
    return kept


def _stand_alone() -> Callable[[list[Head]], int | None]:
    """The verifier that needs nothing of Huigong, over what `huigong audit export` writes: the event that it names."""
    spec = util.spec_from_file_location("verify_chain", _VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    verifier: Any = util.module_from_spec(spec)
    spec.loader.exec_module(verifier)
    exported = Path(settings.HUIGONG_HOME) / "events.jsonl"

    def named(kept: list[Head]) -> int | None:
        exported.write_text("".join(f"{line}\n" for line in verification.exported()), encoding="utf-8")
        wrong = verifier.verify(exported, [(one.sequence, one.digest) for one in kept])
        if wrong is None:
            return None
        at = re.match(r"event (\d+)|the chain ends at (\d+)", wrong)
        assert at is not None, wrong
        return int(at[1]) if at[1] else int(at[2]) + 1

    return named


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
        Event.objects.filter(sequence=at).update(**_edited(one, chance))
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


def _edited(one: Event, chance: Random) -> dict[str, str]:
    """One column altered: a little, or its payload to another one, to one that reads alike, or to what nobody reads."""
    column = chance.choice(("payload", "actor", "action", "subject", "digest", "previous"))
    if column == "payload":
        return {column: chance.choice(('{"fen":1}', one.payload.replace(":", ": "), one.payload + " ", "{", ""))}
    kept = getattr(one, column)
    place = chance.randrange(len(kept))
    return {column: kept[:place] + ("y" if kept[place] == "x" else "x") + kept[place + 1 :]}


def _shift(at: int) -> None:
    for number in range(_EVENTS, at - 1, -1):
        Event.objects.filter(sequence=number).update(sequence=number + 1)


def _write(sequence: int, previous: str, payload: dict[str, object], actor: str, like: Event) -> str:
    written = chain.canonical(payload)
    text = chain.body(
        sequence=sequence, at=like.at, actor=actor, action=like.action, subject=like.subject, payload=written
    )
    digest = chain.digest(previous, text)
    Event.objects.filter(sequence=sequence).delete()
    Event.objects.create(
        sequence=sequence,
        at=like.at,
        actor=actor,
        action=like.action,
        subject=like.subject,
        payload=written,
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
