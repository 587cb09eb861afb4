"""Verify Huigong's chain of events without Huigong: Python and its `cryptography` package are all it needs.

    python3 verify_chain.py huigong.sqlite3 [--public-key signing.pub] [CHECKPOINT…]

The database may be a copy; it is only read. Instead of it, a file of `huigong audit export` (a line an event) will do,
as on PostgreSQL. Prints what it found; exit code 0: the chain holds, 1: it does not. See docs/explanation/evidence.md.
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


def events(path: Path) -> Iterator[dict[str, Any]]:
    """Every event in order, with its time as the chain writes it: UTC, six decimals, Z."""
    if path.read_bytes()[:6] != b"SQLite":
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
        return
    database = sqlite3.connect(f"file:{path.resolve().as_posix()}?mode=ro", uri=True)
    for row in database.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_event ORDER BY sequence"):  # noqa: S608
        event = dict(zip(COLUMNS, row, strict=True))
        day, _, clock = event["at"].partition(" ")
        whole, _, part = clock.partition(".")
        yield event | {"at": f"{day}T{whole}.{part:0<6}Z"}


def digest_of(event: dict[str, Any]) -> str:
    told = {name: event[name] for name in ("sequence", "at", "actor", "action", "subject")}
    told["payload"] = json.loads(event["payload"])
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"huigong.audit.v1\n" + event["previous"].encode() + b"\n" + text.encode()).hexdigest()


def checkpoint(path: Path, key: Any) -> tuple[int, str]:
    """Size and hash of a checkpoint; its signature is checked where a key is given."""
    origin, size, head, signature = path.read_text(encoding="utf-8").splitlines()[:4]
    if key is not None:
        key.verify(base64.b64decode(signature), f"{origin}\n{size}\n{head}\n".encode())
    return int(size), head


def verify(path: Path, kept: dict[int, str]) -> str | None:
    """None where the chain holds, else what does not."""
    previous, count = "0" * 64, 0
    for count, event in enumerate(events(path), 1):
        link = (event["sequence"], event["previous"], event["digest"])
        if link != (count, previous, digest_of(event)):
            return f"event {count} does not hold ({event['action']} {event['subject']})"
        if kept.get(count, event["digest"]) != event["digest"]:
            return f"event {count} is not what the checkpoint says"
        previous = event["digest"]
    if short := [size for size in kept if size > count]:
        return f"the chain ends at {count}; a checkpoint knows {max(short)} events"
    print(f"{count} events, head {previous}")
    return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="*")
    parser.add_argument("--public-key", type=Path)
    given = parser.parse_args()
    public = load_pem_public_key(given.public_key.read_bytes()) if given.public_key else None
    wrong = verify(given.database, dict(checkpoint(path, public) for path in given.checkpoints))
    print(wrong or "the chain holds")
    sys.exit(bool(wrong))
