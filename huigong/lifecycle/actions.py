"""The one advance(): the only writer of a status.

It refuses what NEXT does not list and what somebody else moved meanwhile, and records the move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from huigong.audit import actions as audit
from huigong.lifecycle.models import Staged
from huigong.values.sentence import SaidError, Sentence

_Read = tuple[str, int]


class Table(dict[str, frozenset[str]]):
    """A NEXT table: which status may follow which, and what people call each (Chinese, English)."""

    def __init__(self, following: Mapping[str, frozenset[str]], words: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(following)
        nameless = {*following, *(to for tos in following.values() for to in tos)} - words.keys()
        if nameless:
            raise ValueError(f"a status without a word: {', '.join(sorted(nameless))}")
        self.words = words


class NotAllowedError(SaidError):
    """A move that the NEXT table does not list, or of a row that is not what it was when it was read."""


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
    next_table: Table,
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
    moves: Sequence[Move], *, next_table: Table, officer: str, at: datetime, also: Sequence[str] = ()
) -> None:
    """Move many rows of one model in few statements; `also` names other columns that were set with the move.

    Raises NotAllowedError, and moves none, where NEXT does not list a move or a row is stale: moved since it was read,
    or named twice.
    """
    if not moves:
        return
    for move in moves:
        if move.to not in next_table.get(move.row.status, frozenset()):
            raise _not_allowed(move, next_table)
    read = [(move.row.status, move.row.version) for move in moves]
    for move in moves:
        _set(move.row, move.to, at)
    if _write(moves, read, also) != len(moves):
        for move, (status, version) in zip(moves, read, strict=True):
            _put_back(move.row, status, version)
        raise _stale(_first_stale(moves, read), next_table)
    audit.record_all(
        audit.Entry(move.action, move.subject, officer, at, {"to": move.to, **move.payload}) for move in moves
    )


def begin(row: Staged, status: str, *, at: datetime) -> None:
    """The first status of a row that is not written yet; its first event is the caller's."""
    _set(row, status, at)
    row.version = 0


def _write(moves: Sequence[Move], read: Sequence[_Read], also: Sequence[str]) -> int:
    """Write every row whose status and version are still those that were read; returns how many were written.

    One prepared UPDATE for all of them: bulk_update's CASE over every row and column took ten times as long for thirty
    thousand rows. Keys go in order, so that two callers never wait for each other.
    """
    model = type(moves[0].row)
    fields = [
        field for field in model._meta.concrete_fields if field.name in {"status", "status_since", "version", *also}
    ]
    name = connection.ops.quote_name
    columns = ", ".join(f"{name(str(field.column))} = %s" for field in fields)
    where = " AND ".join(f"{name(column)} = %s" for column in ("id", "status", "version"))
    statement = f"UPDATE {name(model._meta.db_table)} SET {columns} WHERE {where}"  # noqa: S608  names are the model's own
    rows = [
        [
            *(field.get_db_prep_save(field.pre_save(move.row, add=False), connection) for field in fields),
            move.row._meta.pk.get_db_prep_value(move.row.pk, connection),
            *was,
        ]
        for move, was in sorted(zip(moves, read, strict=True), key=lambda pair: pair[0].row.pk)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
        return int(cursor.rowcount)


def _first_stale(moves: Sequence[Move], read: Sequence[_Read]) -> Move:
    """The first move whose row was moved since it was read, or that stands behind another move of the same row."""
    manager, seen = type(moves[0].row)._default_manager, set()
    for move, was in zip(moves, read, strict=True):
        standing = manager.filter(pk=move.row.pk).values_list("version", flat=True).first()
        # Rows that this call wrote before it found the stale one are a version ahead.
        if move.row.pk in seen or standing not in {was[1], was[1] + 1}:
            return move
        seen.add(move.row.pk)
    return moves[-1]


def _put_back(row: Staged, status: str, version: int) -> None:
    """Nothing was written, so the row in hand is as it was read."""
    row.status, row.version = status, version


def _set(row: Staged, status: str, at: datetime) -> None:
    row.status, row.status_since = status, at
    row.version += 1


def _not_allowed(move: Move, table: Table) -> NotAllowedError:
    (zh, en), (to_zh, to_en) = _words(move.row.status, table), _words(move.to, table)
    again = move.to == move.row.status
    return NotAllowedError(
        Sentence(
            "move_not_allowed",
            f"{move.subject} 已经是“{zh}”了，不用再办一次。"
            if again
            else f"{move.subject} 现在是“{zh}”，不能直接变成“{to_zh}”。请刷新后看现在该办哪一步。",
            f"{move.subject} is “{en}” already: nothing is left to do."
            if again
            else f"{move.subject} is “{en}” and cannot become “{to_en}”. Reload and see which step is next.",
            _facts(move),
        )
    )


def _stale(move: Move, table: Table) -> NotAllowedError:
    zh, en = _words(move.row.status, table)
    return NotAllowedError(
        Sentence(
            "row_moved_meanwhile",
            f"{move.subject} 在您打开之后已被别人办过（打开时是“{zh}”），这次没有办。请刷新后看现在该办哪一步。",
            f"{move.subject} was moved by somebody since you opened it (it was “{en}”); nothing was done. "
            "Reload and see which step is next.",
            _facts(move),
        )
    )


def _words(status: str, table: Table) -> tuple[str, str]:
    """What people call a status; a code of no table for itself."""
    return table.words.get(status, (status, status))


def _facts(move: Move) -> dict[str, Any]:
    return {"subject": move.subject, "status": move.row.status, "to": move.to}
