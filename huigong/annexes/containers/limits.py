"""How much of a file is too much for a registration form. One place, so that a page can print them."""

from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 20_000_000
MAX_MEMBERS: Final = 2_000
MAX_UNPACKED: Final = 64_000_000
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 256
MAX_CELLS: Final = 300_000
MAX_MERGES: Final = 5_000
MAX_TEXT: Final = 4_000
"""Characters of one cell that are looked at; nobody writes a name that long."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a workbook may reach before it is refused unread: a form by default, a registry is allowed more."""

    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    cells: int = MAX_CELLS
    unpacked: int = MAX_UNPACKED


FORM: Final = Reach()
