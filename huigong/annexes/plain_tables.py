"""The tables of a file from outside as texts: for files that are no form of a circular."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from huigong.annexes.containers.outside import open_outside
from huigong.annexes.contents import as_text


@dataclass(frozen=True, slots=True)
class PlainTable:
    """One sheet: its name and its rows, every cell as the text that it shows."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def plain_tables(content: bytes, *, suffix: str) -> tuple[PlainTable, ...]:
    """Raises SaidError as `open_outside` does."""
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / f"tables{suffix}"
        path.write_bytes(content)
        contents = open_outside(path)
    return tuple(
        PlainTable(table.name, tuple(tuple(as_text(cell).strip() for cell in row) for row in table.rows))
        for table in contents.tables
    )
