"""What many tests begin with is made once and put back for each: a city, an office, a campaign on its notice.

`@kept` stands on a function or fixture that makes a state by actions. The first test of a process that asks for it has it
made; the rows that this left in the database and the files in the test's folder are noted. Every later test gets the same
rows and files inside its own transaction and folder, and copies of its own of what was returned: it has the state to itself,
whoever came before.

What a state stands on is told by the head of the chain, since history names a state. Where a test did something of its own
before, the head is another one, and the state is made by its actions as ever. Only what tests begin with is kept, never a
verb that they are about.
"""

import functools
import io
import pickle
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from huigong.audit.models import ChainHead
from huigong.rules.circular import Circular
from huigong.vault import actions as vault
from huigong.vault.models import DataKey

NOTHING_YET = ""


class _Shelf:
    """The states of this process by what was asked, the heads of the chain that they end in, and where the test runs."""

    folder: Path | None = None
    states: dict = {}
    heads = {NOTHING_YET}


def begin(folder):
    """A test begins in a folder of its own. Outside tests everything is made in earnest."""
    _Shelf.folder = folder


def kept(make):
    @functools.wraps(make)
    def made(*given, **named):
        head = _head()
        if head is None:
            return make(*given, **named)
        asked = (make, head, _named(given), _named(named))
        state = _Shelf.states.get(asked)
        told = [*given, *named.values()]
        if state:
            return state.put_back(told)
        rows, files = _rows(), _files()
        returned = make(*given, **named)
        _Shelf.states[asked] = State.since(rows, files, told, returned)
        _Shelf.heads.add(_last())
        return returned

    return made


@dataclass(frozen=True)
class State:
    """The rows of each table that are new, altered and gone, the files by their place, and what was returned, packed."""

    new: list
    altered: list
    gone: list
    files: dict
    packed: bytes
    circulars: list

    @classmethod
    def since(cls, before, files, told, returned):
        new, altered, gone = [], [], []
        for model, rows in _rows().items():
            were = before[model]
            new.append((model, [row for key, row in rows.items() if key not in were]))
            altered.append((model, [(*row, key) for key, row in rows.items() if key in were and were[key] != row]))
            gone.append((model, [(key,) for key in were if key not in rows]))
        changes = [[(model, rows) for model, rows in one if rows] for one in (new, altered, gone)]
        added = {place: content for place, content in _files().items() if files.get(place) != content}
        packer = _Packer(out := io.BytesIO(), told)
        packer.dump(returned)
        return cls(*changes, added, out.getvalue(), packer.circulars)

    def put_back(self, told):
        with connection.cursor() as cursor:
            for model, rows in self.gone:
                cursor.executemany(f"DELETE FROM {_table(model)} WHERE {_key(model)} = %s", rows)
            for model, rows in self.altered:
                sets = ", ".join(f"{column} = %s" for column in _columns(model))
                cursor.executemany(f"UPDATE {_table(model)} SET {sets} WHERE {_key(model)} = %s", rows)
            for model, rows in self.new:
                _insert(cursor, model, rows)
        for place, content in self.files.items():
            path = _Shelf.folder / place
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(content)
        vault.warm(DataKey.objects.values_list("pk", flat=True))  # they are at hand after making it, too
        return _Unpacker(self, told).load()


def _head():
    """The head of the chain where a kept state may stand on it, else None."""
    if _Shelf.folder is None or not connection.in_atomic_block:
        return None
    head = _last()
    if head == NOTHING_YET and Path(settings.HUIGONG_KEYS).exists():
        return None
    return head if head in _Shelf.heads else None


def _last():
    return ChainHead.objects.values_list("digest", flat=True).first() or NOTHING_YET


def _named(value):
    """What was given, as a key: rows by their key, paths by their place in the test's folder."""
    if isinstance(value, dict):
        return tuple((name, _named(one)) for name, one in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(map(_named, value))
    if isinstance(value, Circular):
        return value.digest
    if isinstance(value, Path) and value.is_relative_to(_Shelf.folder):
        return value.relative_to(_Shelf.folder)
    if is_dataclass(value):
        return type(value), *(_named(getattr(value, field.name)) for field in fields(value))
    return value


def _rows():
    """Every row of every table as the database itself writes it, by its key, in the order in which it stands there."""
    written, order = ("+{}", "rowid") if connection.vendor == "sqlite" else ("{}::text", "ctid")
    found, tables = {}, set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table not in tables:  # it lives in another test only
                continue
            columns = ", ".join(written.format(column) for column in [_key(model), *_columns(model)])
            cursor.execute(f"SELECT {columns} FROM {_table(model)} ORDER BY {order}")
            found[model] = {row[0]: row[1:] for row in cursor.fetchall()}
    return found


def _insert(cursor, model, rows):
    columns = ", ".join(_columns(model))
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {_table(model)} ({columns}) FROM STDIN") as lines:
            for row in rows:
                lines.write_row(row)
        return
    marks = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"INSERT INTO {_table(model)} ({columns}) VALUES ({marks})", rows)


def _table(model):
    return connection.ops.quote_name(model._meta.db_table)


def _key(model):
    return connection.ops.quote_name(model._meta.pk.column)


def _columns(model):
    return [connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields]


def _files():
    inside = _Shelf.folder.rglob("*")
    return {path.relative_to(_Shelf.folder): path.read_bytes() for path in inside if path.is_file()}


class _Packer(pickle.Pickler):
    """Names what is not copied: a circular, which nobody changes, a row that was given, a path in the test's folder."""

    def __init__(self, out, told):
        super().__init__(out)
        self.rows = {id(one): position for position, one in enumerate(told) if isinstance(one, models.Model)}
        self.circulars = []

    def persistent_id(self, value):
        if id(value) in self.rows:
            return "row", self.rows[id(value)]
        if isinstance(value, Circular):
            self.circulars.append(value)
            return "circular", len(self.circulars) - 1
        if isinstance(value, Path) and value.is_relative_to(_Shelf.folder):
            return "path", value.relative_to(_Shelf.folder)
        return None


class _Unpacker(pickle.Unpickler):
    def __init__(self, state, told):
        super().__init__(io.BytesIO(state.packed))
        self.state, self.told = state, told

    def persistent_load(self, named):
        kind, what = named
        return (
            _Shelf.folder / what
            if kind == "path"
            else (self.state.circulars if kind == "circular" else self.told)[what]
        )
