"""Look at a bank's result file before it counts: what each line would do, or every fault. Nothing of it is applied."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huigong.audit import actions as audit
from huigong.documents import actions as documents
from huigong.documents.models import Document
from huigong.organisations.models import Officer
from huigong.payments.actions.replying import held_against, refuse_not_taken
from huigong.payments.hands import refuse_who_decided
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.reply_files import ReplyRefusedError
from huigong.payments.reply_whose import Answer


@dataclass(frozen=True, slots=True)
class Looked:
    """A result file that fits its batch: the kept original, and what would become of each payment that it moves."""

    document: Document
    moves: Sequence[tuple[Payment, Answer]]


def look_at_reply(batch: PaymentBatch, content: bytes, *, name: str, officer: Officer, at: datetime) -> Looked:
    """Raises ReplyRefusedError with every fault; that is recorded, as a refusal always is."""
    refuse_who_decided(batch, officer, at=at)
    refuse_not_taken(batch)
    try:
        moves = _moves(batch, content, at=at)
    except ReplyRefusedError as refused:
        told = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "codes": [one.sentence.code for one in refused.faults[:20]],
        }
        audit.record("reply.refused", subject=batch.number, officer=officer.username, at=at, payload=told)
        raise
    kept = documents.store(content, name=name, media_type="application/octet-stream", officer=officer.username, at=at)
    return Looked(kept, moves)


def _moves(batch: PaymentBatch, content: bytes, *, at: datetime) -> list[tuple[Payment, Answer]]:
    rows = {row.position: row for row in batch.payments.select_related("reply").order_by("position")}
    found, _dated = held_against(batch, list(rows.values()), content, at=at)
    return [(rows[one.position], one) for one in found]
