"""Database guards: triggers that refuse to rewrite history, whoever asks. Declared once per app, installed after migrations.

Django drops triggers silently when it rebuilds an SQLite table, so they are installed again after every migration and
`missing()` is asked at every start.
"""

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses statements on a table. `when` is an SQL condition over OLD (update, delete) that narrows the refusal."""

    name: str
    table: str
    statement: str  # INSERT of an id that exists, UPDATE or DELETE
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
    """Names of guards that are declared and not in the database."""
    source = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger"
    )
    with connection.cursor() as cursor:
        cursor.execute(source)
        there = {row[0] for row in cursor.fetchall()}
    return sorted({guard.name for guard in declared()} - there)


def _sql(guard: Guard) -> list[str]:
    return _sqlite(guard) if connection.vendor == "sqlite" else _postgresql(guard)


def _sqlite(guard: Guard) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, 'huigong guard {guard.name}')"
    if guard.statement == "REPLACE":
        # With recursive_triggers=ON a REPLACE fires delete triggers too; this one also holds where that is off.
        event, when = "INSERT", f"EXISTS (SELECT 1 FROM {guard.table} WHERE id = NEW.id)"  # noqa: S608  names are declared in code
    else:
        event, when = guard.statement, guard.when
    condition = f"WHEN {when}" if when else ""
    return [
        f"DROP TRIGGER IF EXISTS {guard.name}",
        f"CREATE TRIGGER {guard.name} BEFORE {event} ON {guard.table} FOR EACH ROW {condition} BEGIN {refuse}; END",
    ]


def _postgresql(guard: Guard) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION huigong_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'huigong guard %', TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    # PostgreSQL knows no REPLACE (the primary key refuses a second insert); its TRUNCATE is what would empty a table.
    event, each = ("TRUNCATE", "STATEMENT") if guard.statement == "REPLACE" else (guard.statement, "ROW")
    condition = f"WHEN ({guard.when})" if guard.when else ""
    return [
        function,
        f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
        f"CREATE TRIGGER {guard.name} BEFORE {event} ON {guard.table} FOR EACH {each} {condition} EXECUTE FUNCTION huigong_refuse()",
    ]


GUARDS = append_only("audit_event")
