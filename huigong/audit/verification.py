"""Recompute the chain and hold it against checkpoints that were kept outside.

A cut tail leaves a shorter chain that is right in itself: only a checkpoint from outside shows it.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from django.db import DatabaseError

from huigong.audit import chain
from huigong.audit.models import Event
from huigong.audit.queries import Head, head
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import keys

ORIGIN = "huigong audit chain"
_UNREADABLE = (DatabaseError, ValueError, TypeError, AttributeError)  # how a column that holds another type fails


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found: how many events, the head, and the first broken link where there is one."""

    events: int
    head: Head
    broken_at: int | None
    sentence: Sentence

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def verify(*, against: Sequence[Head] = (), looked: Callable[[int], None] = lambda _count: None) -> Report:
    """Recompute every digest in order; name the first link that does not hold. `looked` is told how far it is."""
    previous, expected = chain.GENESIS, 0
    kept: dict[int, set[str]] = {}  # two that say different things of one place can never both hold
    for checkpoint in against:
        kept.setdefault(checkpoint.sequence, set()).add(checkpoint.digest)
    for event in _events():
        expected += 1
        looked(expected)
        if event is None:
            return _broken(expected, "读不出 / unreadable")
        if not _follows(event, expected, previous):
            return _broken(expected, f"{event.action} {event.subject}")
        if kept.get(event.sequence, {event.digest}) != {event.digest}:
            return _broken(expected, "checkpoint")
        previous = event.digest
    if any(checkpoint.sequence > expected for checkpoint in against):
        return _broken(expected + 1, "checkpoint")
    # A chain that has a link has a head: who cut the chain may have thrown the head away with the tail.
    if head() != Head(expected, previous):
        return _broken(expected + 1, "head")
    return Report(
        expected,
        Head(expected, previous),
        None,
        Sentence(
            "chain_holds",
            f"验链通过：{expected} 条留痕，链头 {previous[:12]}。",
            f"The chain holds: {expected} events, head {previous[:12]}.",
        ),
    )


def _events() -> Iterator[Event | None]:
    """Every event in order; none, and then no more, where the database holds what is no event (a date that is no date)."""
    last = -1
    try:
        for event in Event.objects.order_by("sequence").iterator(chunk_size=5000):
            last = event.sequence
            yield event
    except _UNREADABLE:
        yield from _one_by_one(last)


def _one_by_one(last: int) -> Iterator[Event | None]:
    """The events after one: a whole chunk fails where one row cannot be read, and it is that row that is to be named."""
    try:
        while event := Event.objects.filter(sequence__gt=last).order_by("sequence").first():
            last = event.sequence
            yield event
    except _UNREADABLE:
        yield None


def _follows(event: Event, sequence: int, previous: str) -> bool:
    """Whether this is the link after `previous`. Its payload is taken as the very text that was hashed.

    A text that says the same to a JSON reader, as one with a doubled key does, is another text.
    """
    if not isinstance(event.at, datetime):  # SQLite keeps whatever somebody wrote there
        return False
    try:
        text = chain.body(
            sequence=event.sequence,
            at=event.at,
            actor=event.actor,
            action=event.action,
            subject=event.subject,
            payload=event.payload,
        )
        digest = chain.digest(previous, text)
    except (ValueError, TypeError):
        return False
    return (event.sequence, event.previous, event.digest) == (sequence, previous, digest)


def exported() -> Iterator[str]:
    """Every event as it stands, a line of JSON each: what a verifier outside needs of a database that it cannot open."""
    for event in Event.objects.order_by("sequence").iterator(chunk_size=5000):
        stamp = event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        told = {name: getattr(event, name) for name in ("sequence", "actor", "action", "subject", "payload")}
        yield chain.canonical(told | {"at": stamp, "previous": event.previous, "digest": event.digest})


def checkpoint() -> str:
    """Three lines (origin, size, hash) and a line with their Ed25519 signature, to be kept outside."""
    at = head()
    told = f"{ORIGIN}\n{at.sequence}\n{at.digest}\n"
    return told + base64.b64encode(keys.signing_key().sign(told.encode())).decode() + "\n"


def read_checkpoint(file: Path, *, public_key: Path | None = None) -> Head:
    """A checkpoint written by `checkpoint()`, checked with a public key that was kept, else the one in the key folder.

    Raises SaidError where it is none or its signature is another's.
    """
    key = keys.public_key(public_key)
    try:
        lines = [*file.read_text(encoding="utf-8").splitlines(), "", "", "", ""]
        # The first line is ours whatever the file says: a signature made for another use is none here.
        key.verify(base64.b64decode(lines[3]), "\n".join([ORIGIN, *lines[1:3], ""]).encode())
        return Head(int(lines[1]), lines[2])
    except (OSError, ValueError, InvalidSignature):
        raise SaidError(
            Sentence(
                "not_a_checkpoint",
                f"{file.name} 不是这把钥匙签发的检查点，或被改过。请核对文件和公钥（signing.pub）。",
                f"{file.name} is no checkpoint signed by this key, or it was altered: compare the file and the public key (signing.pub).",
            )
        ) from None


def _broken(sequence: int, what: str) -> Report:
    sentence = Sentence(
        "chain_broken",
        f"验链不过：第 {sequence} 条（{what}）与前后不符。请停止使用，取出最近的检查点和备份核对。",
        f"The chain is broken at event {sequence} ({what}). Stop using this database and compare with the last checkpoint and backup.",
    )
    return Report(sequence - 1, head(), sequence, sentence)
