"""Everything that stands in the database, as bytes: what must not be readable there is looked for in it."""

from django.db import connection


def everything_stored():
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [_as_bytes(value) for row in cursor.fetchall() for value in row if value is not None]
    return b"\n".join(found)


def _as_bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
