"""Load many rows quickly: wide indexes are made once at the end, and the database need not reach the disk at every step.

What is lost when the machine fails in between is made again. An index that a load itself reads by is left where it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from huigong.registry.models import FileMark, SearchKey

_LATER = {FileMark: {index.name for index in FileMark._meta.indexes}, SearchKey: {"registry_key_is_found"}}


@contextmanager
def loading() -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET synchronous_commit = off")
        else:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -400000")
    _each(lambda editor, model, index, stands: stands and editor.remove_index(model, index))
    try:
        yield
    finally:
        _each(lambda editor, model, index, stands: stands or editor.add_index(model, index))
        with connection.cursor() as cursor:
            # As PostgreSQL's own housekeeping does within minutes of so many new rows, and `PRAGMA optimize` on SQLite.
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        connection.close()  # whoever measures has the product's own settings of a connection


def _each(change) -> None:
    for model, names in _LATER.items():
        with connection.cursor() as cursor:
            standing = connection.introspection.get_constraints(cursor, model._meta.db_table)
        with connection.schema_editor() as editor:
            for index in model._meta.indexes:
                if index.name in names:
                    change(editor, model, index, index.name in standing)
