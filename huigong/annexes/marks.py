"""The marks that annotating leaves in a user's file, and finding them again when the file comes back."""

import hashlib
from collections.abc import Iterable, Sequence

from huigong.annexes.contents import CellValue, Marks, as_text

MARKS_SHEET = "_huigong"
HELP_SHEET = "怎么改"
REMARKS_HEADING = "系统提示"


def fingerprint(cells: Iterable[CellValue]) -> str:
    """Sixteen hex digits of what a row says, whatever its spaces: tells a row that was not touched from one that was."""
    said = "\x1f".join("".join(as_text(cell).split()) for cell in cells)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def marks_from_rows(rows: Sequence[Sequence[CellValue]]) -> Marks | None:
    """The marks sheet: `batch` and its name in the first row, a fingerprint in each row below."""
    if not rows or len(rows[0]) < 2 or rows[0][0] != "batch":
        return None
    return Marks(batch=as_text(rows[0][1]), fingerprints=frozenset(as_text(row[1]) for row in rows[1:] if len(row) > 1))
