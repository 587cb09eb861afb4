"""`subject__begins`: a beginning of text as a range of its index.

PostgreSQL reads `LIKE 'x%'` from the pattern index that Django makes beside a CharField's own; SQLite compares LIKE
without case and reads the whole table. There the same question is a range: its own order of text is that of the bytes.
"""

from typing import Any

from django.db.models import CharField
from django.db.models.lookups import StartsWith

_LAST = "\U0010ffff"


@CharField.register_lookup
class Begins(StartsWith):
    """Text that begins so, letter for letter."""

    lookup_name = "begins"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return str(connection.operators["startswith"] % rhs)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[object]]:
        column, told = self.process_lhs(compiler, connection)
        assert isinstance(self.rhs, str), "a beginning is given, not asked for"
        return f"{column} >= %s AND {column} < %s", [*told, self.rhs, *told, self.rhs + _LAST]
