"""Recompute the chain and hold it against checkpoints that were kept outside.

A cut tail leaves a shorter chain that is right in itself: only a checkpoint from outside shows it.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature

from huigong.audit import chain
from huigong.audit.models import ChainHead, Event
from huigong.audit.queries import Head, head
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import keys

ORIGIN = "huigong audit chain"


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


def verify(*, against: Sequence[Head] = ()) -> Report:
    """Recompute every digest in order; name the first link that does not hold."""
    previous, expected = chain.GENESIS, 0
    kept = {checkpoint.sequence: checkpoint.digest for checkpoint in against}
    for event in Event.objects.order_by("sequence").iterator(chunk_size=5000):
        expected += 1
        text = chain.body(
            sequence=event.sequence,
            at=event.at,
            actor=event.actor,
            action=event.action,
            subject=event.subject,
            payload=json.loads(event.payload),
        )
        if event.sequence != expected or event.previous != previous or chain.digest(previous, text) != event.digest:
            return _broken(expected, f"{event.action} {event.subject}")
        if kept.get(event.sequence, event.digest) != event.digest:
            return _broken(expected, "checkpoint")
        previous = event.digest
    if any(checkpoint.sequence > expected for checkpoint in against):
        return _broken(expected + 1, "checkpoint")
    stored = ChainHead.objects.filter(pk=1).first()
    if stored and (stored.sequence, stored.digest) != (expected, previous):
        return _broken(expected + 1, "head")
    found = Head(expected, previous)
    return Report(
        expected,
        found,
        None,
        Sentence(
            "chain_holds",
            f"验链通过：{expected} 条留痕，链头 {previous[:12]}。",
            f"The chain holds: {expected} events, head {previous[:12]}.",
        ),
    )


def checkpoint() -> str:
    """Three lines (origin, size, hash) and a line with their Ed25519 signature, to be kept outside."""
    at = head()
    told = f"{ORIGIN}\n{at.sequence}\n{at.digest}\n"
    return told + base64.b64encode(keys.signing_key().sign(told.encode())).decode() + "\n"


def read_checkpoint(file: Path) -> Head:
    """A checkpoint written by `checkpoint()`. Raises SaidError where it is none or its signature is another's."""
    lines = [*file.read_text(encoding="utf-8").splitlines(), "", "", "", ""]
    told = "\n".join(lines[:3]) + "\n"
    try:
        keys.signing_key().public_key().verify(base64.b64decode(lines[3]), told.encode())
    except (binascii.Error, InvalidSignature):
        raise SaidError(
            Sentence(
                "not_a_checkpoint",
                f"{file.name} 不是本机签发的检查点，或被改过。",
                f"{file.name} is no checkpoint signed here, or it was altered.",
            )
        ) from None
    return Head(int(lines[1]), lines[2])


def _broken(sequence: int, what: str) -> Report:
    sentence = Sentence(
        "chain_broken",
        f"验链不过：第 {sequence} 条（{what}）与前后不符。请停止使用，取出最近的检查点和备份核对。",
        f"The chain is broken at event {sequence} ({what}). Stop using this database and compare with the last checkpoint and backup.",
    )
    return Report(sequence - 1, head(), sequence, sentence)
