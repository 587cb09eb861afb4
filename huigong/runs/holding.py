"""A lock that one holder has at a time: it stands as long as its connection is open, and is lost with its process."""

import sqlite3
from pathlib import Path


def taken(path: Path) -> sqlite3.Connection | None:
    """The lock of that file, to be closed; None where it is held."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        return None
    return lock


def is_taken(path: Path) -> bool:
    if not path.exists():
        return False
    lock = taken(path)
    if lock is None:
        return True
    lock.close()
    return False
