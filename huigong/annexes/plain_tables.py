"""The tables of a file from outside as texts, read in a child process with limits: for files that are no form of a circular."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from huigong.annexes.containers.opening import open_contents
from huigong.annexes.contents import as_text
from huigong.annexes.problems import UnreadableError, of_file
from huigong.annexes.readings import FileProblem
from huigong.values.confined import ChildDiedError, TooHeavyError, confined

MEMORY_BYTES = 1_500_000_000
SECONDS = 60


@dataclass(frozen=True, slots=True)
class PlainTable:
    """One sheet: its name and its rows, every cell as the text that it shows."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PlainTables:
    """What a file holds, or the problem with it."""

    tables: tuple[PlainTable, ...] = ()
    problem: FileProblem | None = None


def plain_tables(content: bytes, *, suffix: str) -> PlainTables:
    try:
        return confined(_tables_in, (content, suffix), memory_bytes=MEMORY_BYTES, seconds=SECONDS)
    except (TooHeavyError, ChildDiedError):
        return PlainTables(problem=of_file("too_large", "读它花的时间或内存太多", "reading it takes too much"))


def _tables_in(given: tuple[bytes, str]) -> PlainTables:
    content, suffix = given
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / f"tables{suffix}"
        path.write_bytes(content)
        try:
            contents = open_contents(path)
        except UnreadableError as error:
            return PlainTables(problem=error.problem)
        except MemoryError:
            return PlainTables(problem=of_file("too_large", "读它要的内存太多", "reading it takes too much memory"))
    return PlainTables(
        tuple(
            PlainTable(table.name, tuple(tuple(as_text(cell).strip() for cell in row) for row in table.rows))
            for table in contents.tables
        )
    )
