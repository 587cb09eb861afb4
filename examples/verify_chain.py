"""Verify Huigong's chain of events without Huigong: Python and its `cryptography` package are all it needs.

    python3 verify_chain.py huigong.sqlite3 [--public-key signing.pub] [CHECKPOINT…]

The database is only read; a file of `huigong audit export` (a line an event) will do too, as on PostgreSQL.
Prints what it found; exit code 0: the chain holds, 1: it does not. See docs/explanation/evidence.md.
"""

import argparse
import base64
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_public_key

COLUMNS = ("sequence", "at", "actor", "action", "subject", "payload", "previous", "digest")
AT = "replace(substr(at || '.000000', 1, 26), ' ', 'T') || 'Z'"
written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def events(path: Path) -> Iterator[dict[str, Any]]:
    """Every event in order, of a database (which holds times without T and Z) or of an export."""
    with path.open("rb") as file:
        if file.read(6) != b"SQLite":
            file.seek(0)
            yield from (json.loads(line) for line in file)
            return
    database = sqlite3.connect(f"file:{path.resolve().as_posix()}?mode=ro", uri=True)
    for row in database.execute(f"SELECT sequence, {AT}, {', '.join(COLUMNS[2:])} FROM audit_event ORDER BY sequence"):  # noqa: S608
        yield dict(zip(COLUMNS, row, strict=True))


def holds(event: dict[str, Any], sequence: int, previous: str) -> bool:
    """Whether it is the next link. Its payload is the very text that was hashed, not one that reads alike."""
    try:
        told = {name: event[name] for name in COLUMNS[:5]} | {"payload": json.loads(event["payload"])}
        digest = hashlib.sha256(f"huigong.audit.v1\n{previous}\n{written(told)}".encode()).hexdigest()
        found = (event["sequence"], event["previous"], event["digest"], event["payload"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False
    return found == (sequence, previous, digest, written(told["payload"]))


def checkpoint(path: Path, key: Any) -> tuple[int, str]:
    """Size and hash of a checkpoint; its signature is checked where a key is given."""
    _, size, head, signature = path.read_text(encoding="utf-8").splitlines()[:4]
    if key is not None:
        key.verify(base64.b64decode(signature), f"huigong audit chain\n{size}\n{head}\n".encode())
    return int(size), head


def verify(path: Path, kept: list[tuple[int, str]]) -> str | None:
    """None where the chain holds, else what does not."""
    previous, count = "0" * 64, 0
    for count, event in enumerate(events(path), 1):
        if not holds(event, count, previous):
            return f"event {count} does not hold ({event.get('action')} {event.get('subject')})"
        previous = event["digest"]
        if any(size == count and head != previous for size, head in kept):
            return f"event {count} is not what the checkpoint says"
    if (most := max([0, *(size for size, _ in kept)])) > count:
        return f"the chain ends at {count}; a checkpoint knows {most} events"
    print(f"{count} events, head {previous}")
    return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="*")
    parser.add_argument("--public-key", type=lambda name: load_pem_public_key(Path(name).read_bytes()))
    given = parser.parse_args()
    wrong = verify(given.database, [checkpoint(path, given.public_key) for path in given.checkpoints])
    print(wrong or "the chain holds")
    sys.exit(bool(wrong))
