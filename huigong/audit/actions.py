"""Record what happened, inside the caller's transaction: the one writer of history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huigong.audit import chain
from huigong.audit.models import ChainHead, Event
from huigong.vault.fields import Secret


@dataclass(frozen=True, slots=True)
class Entry:
    """One event to be: what (`noun.verb`), about which reference, by whom, when; payload holds codes and figures only."""

    action: str
    subject: str
    officer: str
    at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)


def record(action: str, *, subject: str, officer: str, at: datetime, payload: Mapping[str, Any] | None = None) -> None:
    """Add one event to the chain. Raises PersonalDataInEventError for a payload that tells too much."""
    record_all([Entry(action, subject, officer, at, payload or {})])


@transaction.atomic
def record_all(entries: Iterable[Entry]) -> None:
    """Add many events under one lock on the chain's head, in the given order."""
    head, made = _lock_head(), []
    sequence, previous = head.sequence, head.digest
    for entry in entries:
        chain.tellable(subject=entry.subject, actor=entry.officer, payload=entry.payload)
        sequence, payload = sequence + 1, chain.canonical(entry.payload)
        text = chain.body(
            sequence=sequence,
            at=entry.at,
            actor=entry.officer,
            action=entry.action,
            subject=entry.subject,
            payload=payload,
        )
        digest = chain.digest(previous, text)
        made.append(
            Event(
                sequence=sequence,
                at=entry.at,
                actor=entry.officer,
                action=entry.action,
                subject=entry.subject,
                payload=payload,
                previous=previous,
                digest=digest,
            )
        )
        previous = digest
    Event.objects.bulk_create(made, batch_size=1000)
    ChainHead.objects.filter(pk=1).update(sequence=sequence, digest=previous)


def take_turn() -> None:
    """Wait until whoever writes history now has ended, and let nobody else write it before this transaction does.

    For what is numbered or counted: a lock on the rows that are there holds nobody off who is about to add the first one.
    The head of the chain is always there, and every action locks it before it ends.
    """
    _lock_head()


def reveal(secret: Secret, *, officer: str, purpose: str, at: datetime, subject: str) -> str:
    """Show a sensitive value to a person: recorded first, with the kind of field and the purpose's code."""
    record("field.revealed", subject=subject, officer=officer, at=at, payload={"kind": secret.kind, "purpose": purpose})
    return secret.plain()


def _lock_head() -> ChainHead:
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is not None:
        return head
    ChainHead.objects.get_or_create(pk=1)  # the very first event, of which two may come at once
    return ChainHead.objects.select_for_update().get(pk=1)
