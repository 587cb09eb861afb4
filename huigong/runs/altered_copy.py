"""One amount altered in a copy of the books, past its guards, and what `huigong audit verify` says of it.

The copy lies in a temporary folder and goes when the answer is there; the books themselves are only read.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from huigong.values import money
from huigong.values.sentence import SaidError, Sentence

TABLE = "ledger_transfer"
MORE_FEN = 100_000


@dataclass(frozen=True, slots=True)
class Altered:
    """What was altered, and what the verification said: of the chain, and of the books held against it."""

    reference: str
    before: str
    after: str
    holds: bool
    chain: Sentence
    books: Sentence


def altered_copy() -> Altered:
    """Copy, alter, verify. Raises SaidError where the books are empty or are no SQLite file."""
    if connection.vendor != "sqlite":
        raise _not_here(
            "账册不在 SQLite 文件里，这里不能复制一份来改。", "The books are in no SQLite file to be copied."
        )
    with tempfile.TemporaryDirectory(prefix="huigong-copy-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        with (
            closing(sqlite3.connect(f"{_file().as_uri()}?mode=ro", uri=True)) as books,
            closing(sqlite3.connect(copy)) as own,
        ):
            books.backup(own)
            reference, fen = _alter(own)
        told = _verified(copy)
    return Altered(
        reference,
        money.for_people(fen),
        money.for_people(fen + MORE_FEN),
        bool(told["holds"]),
        Sentence("chain", told["zh"], told["en"]),
        Sentence("books", told["books"]["zh"], told["books"]["en"]) if "books" in told else Sentence("", "", ""),
    )


def _file() -> Path:
    return Path(settings.HUIGONG_HOME) / "huigong.sqlite3"


def _alter(copy: sqlite3.Connection) -> tuple[str, int]:
    """The first transfer, a student's if there is one, is given a thousand yuan more: as somebody would who knows SQL."""
    first = f"SELECT reference, fen FROM {TABLE} ORDER BY reference NOT LIKE 'SA-%', reference LIMIT 1"  # noqa: S608
    row = copy.execute(first).fetchone()
    if row is None:
        raise _not_here(
            "账上还没有一笔，没有可改的数。", "There is no transfer in the books yet, and no amount to alter."
        )
    guards = copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [TABLE]).fetchall()
    for (guard,) in guards:
        copy.execute(f"DROP TRIGGER {guard}")
    copy.execute(f"UPDATE {TABLE} SET fen = fen + ? WHERE reference = ?", [MORE_FEN, row[0]])  # noqa: S608
    copy.commit()
    return str(row[0]), int(row[1])


def _verified(copy: Path) -> dict[str, Any]:
    """`huigong audit verify --database COPY --json`."""
    environment = os.environ | {
        "HUIGONG_HOME": str(settings.HUIGONG_HOME),
        "HUIGONG_KEYS": str(settings.HUIGONG_KEYS),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(  # noqa: S603  this product's own command
        [sys.executable, "-m", "huigong", "audit", "verify", "--database", str(copy), "--json"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise _not_here(f"没验成：{done.stderr.strip()}", f"It could not be verified: {done.stderr.strip()}") from None
    return told


def _not_here(zh: str, en: str) -> SaidError:
    return SaidError(Sentence("no_altered_copy", zh, en))
