"""The one advance(): the only writer of a status. It refuses what NEXT does not list and records the move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huigong.audit import actions as audit
from huigong.lifecycle.models import Staged
from huigong.values.sentence import SaidError, Sentence

Next = Mapping[str, frozenset[str]]


class NotAllowedError(SaidError):
    """A move that the NEXT table does not list."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row to a status; `action` and `payload` become its event about `subject`."""

    row: Staged
    to: str
    subject: str
    action: str
    payload: Mapping[str, Any] = field(default_factory=dict)


def advance(
    row: Staged,
    to: str,
    *,
    next_table: Next,
    officer: str,
    at: datetime,
    action: str,
    subject: str,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Move one row and record it. Raises NotAllowedError."""
    advance_all([Move(row, to, subject, action, payload or {})], next_table=next_table, officer=officer, at=at)


@transaction.atomic
def advance_all(
    moves: Sequence[Move], *, next_table: Next, officer: str, at: datetime, also: Sequence[str] = ()
) -> None:
    """Move many rows of one model in few statements; `also` names other columns that were set with the move."""
    if not moves:
        return
    for move in moves:
        if move.to not in next_table.get(move.row.status, frozenset()):
            raise _not_allowed(move)
        _set(move.row, move.to, at)
    rows = [move.row for move in moves]
    type(rows[0])._default_manager.bulk_update(rows, ["status", "status_since", "version", *also], batch_size=400)
    audit.record_all(
        audit.Entry(move.action, move.subject, officer, at, {"to": move.to, **move.payload}) for move in moves
    )


def begin(row: Staged, status: str, *, at: datetime) -> None:
    """The first status of a row that is not written yet; its first event is the caller's."""
    _set(row, status, at)
    row.version = 0


def _set(row: Staged, status: str, at: datetime) -> None:
    row.status, row.status_since = status, at
    row.version += 1


def _not_allowed(move: Move) -> NotAllowedError:
    return NotAllowedError(
        Sentence(
            "move_not_allowed",
            f"{move.subject} 现在是“{move.row.status}”，不能直接变成“{move.to}”。请刷新后看现在该办哪一步。",
            f"{move.subject} is “{move.row.status}” and cannot become “{move.to}”. Reload and see which step is next.",
            {"subject": move.subject, "status": move.row.status, "to": move.to},
        )
    )
