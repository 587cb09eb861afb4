"""Database guards: triggers that refuse to rewrite history, whoever asks. Declared once per app, installed after migrations.

Django drops triggers silently when it rebuilds an SQLite table, so they are installed again after every migration and
`missing()` is asked at every start.
"""

import importlib
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses statements on a table. `when` is an SQL condition over OLD (update, delete) that narrows the refusal."""

    name: str
    table: str
    statement: str  # UPDATE, DELETE, or REPLACE: an INSERT that would take an existing row's place
    when: str = ""


def append_only(table: str) -> tuple[Guard, ...]:
    """The three guards of a table whose rows are never changed, deleted or replaced."""
    return tuple(
        Guard(f"{table}_no_{statement.lower()}", table, statement) for statement in ("UPDATE", "DELETE", "REPLACE")
    )


def declared() -> Iterator[Guard]:
    """Every guard of every app (`GUARDS` in its guards.py)."""
    for config in apps.get_app_configs():
        if config.name.startswith("huigong.") and importlib.util.find_spec(f"{config.name}.guards"):
            yield from importlib.import_module(f"{config.name}.guards").GUARDS


def install() -> None:
    """(Re)install every declared guard whose table exists."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in declared():
            if guard.table in tables:
                for statement in _sql(guard):
                    cursor.execute(statement)


def missing() -> list[str]:
    """Names of guards that are declared and not in the database, or not as they would be installed now."""
    there = _there()
    if connection.vendor == "sqlite":
        return sorted(guard.name for guard in declared() if there.get(guard.name) != _sqlite(guard)[-1])
    # PostgreSQL keeps no text of a trigger and never rebuilds a table behind one's back: that the trigger of that name
    # stands on its table, is not disabled, and calls the function that refuses, is what can be lost.
    return sorted(guard.name for guard in declared() if there.get(guard.name) != f"{guard.table} {_REFUSE}")


def _there() -> dict[str, str]:
    """The triggers of the database by name: their text (SQLite), or their table and what their function does."""
    source = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else (
            "SELECT tgname, relname || ' ' || prosrc FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgenabled IN ('O', 'A') AND pg_table_is_visible(tgrelid)"
        )
    )
    with connection.cursor() as cursor:
        cursor.execute(source)
        return dict(cursor.fetchall())


def _sql(guard: Guard) -> list[str]:
    return _sqlite(guard) if connection.vendor == "sqlite" else _postgresql(guard)


def _sqlite(guard: Guard) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, 'huigong guard {guard.name}')"
    if guard.statement == "REPLACE":
        # With recursive_triggers=ON a REPLACE fires delete triggers too; this one also holds where that is off.
        event, when = "INSERT", " OR ".join(_taken(guard.table))
    else:
        event, when = guard.statement, guard.when
    condition = f"WHEN {when}" if when else ""
    return [
        f"DROP TRIGGER IF EXISTS {guard.name}",
        f"CREATE TRIGGER {guard.name} BEFORE {event} ON {guard.table} FOR EACH ROW {condition} BEGIN {refuse}; END",
    ]


def _taken(table: str) -> Iterator[str]:
    """For each way in which a REPLACE can hit a row, the condition that one stands there: its rowid and unique indexes.

    Asked of the database, so that no constraint is forgotten that a model will have one day.
    """
    yield f"EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid)"  # noqa: S608  names are declared in code
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, partial FROM pragma_index_list('{table}') WHERE \"unique\" ORDER BY name")  # noqa: S608
        indexes = cursor.fetchall()
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")  # noqa: S608
        every = [row[0] for row in cursor.fetchall()]
        for index, partial in indexes:
            cursor.execute(f"SELECT name FROM pragma_index_info('{index}') ORDER BY seqno")  # noqa: S608
            columns = [row[0] for row in cursor.fetchall()]
            assert None not in columns, f"{index}: a guarded table has no unique index over an expression"
            same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
            if not partial:
                yield f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
                continue
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = %s", [index])
            condition = re.split(r"\bWHERE\b", cursor.fetchone()[0], maxsplit=1)[1].strip()
            # The condition names plain columns: it is asked of the row that stands, and of the new one as a table of one row.
            new = ", ".join(f'NEW."{column}" AS "{column}"' for column in every)
            yield (
                f"(EXISTS (SELECT 1 FROM {table} WHERE {same} AND ({condition}))"  # noqa: S608
                f" AND EXISTS (SELECT 1 FROM (SELECT {new}) WHERE {condition}))"
            )


_REFUSE = " BEGIN RAISE EXCEPTION 'huigong guard %', TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END "


def _postgresql(guard: Guard) -> list[str]:
    function = f"CREATE OR REPLACE FUNCTION huigong_refuse() RETURNS trigger LANGUAGE plpgsql AS $${_REFUSE}$$"
    # PostgreSQL knows no REPLACE (the primary key refuses a second insert); its TRUNCATE is what would empty a table.
    event, each = ("TRUNCATE", "STATEMENT") if guard.statement == "REPLACE" else (guard.statement, "ROW")
    condition = f"WHEN ({guard.when})" if guard.when else ""
    return [
        function,
        f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
        f"CREATE TRIGGER {guard.name} BEFORE {event} ON {guard.table} FOR EACH {each} {condition} EXECUTE FUNCTION huigong_refuse()",
    ]


GUARDS = append_only("audit_event")
