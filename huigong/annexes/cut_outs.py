"""One cell of a stamped page as it stands on the paper: where each row lies on which page of a scan, and the piece cut out.

Nothing is kept: the places are found when the page is looked at, and each piece is cut from the scan anew, in a child
process with limits as every file that comes from outside.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from huigong.annexes import stamps
from huigong.annexes.grids import Grid, grid_of, turned
from huigong.values.confined import ChildDiedError, TooHeavyError, confined

HEAD_ROWS = 2
"""The two rows of headings above the first row of people."""
_AROUND = 0.0025  # of a page, so that the lines around a cell are seen
_WIDEST = 1600


@dataclass(frozen=True, slots=True)
class Seen:
    """The codes of a scan and the grid of each page, None where none was found. `fault` as of `stamps.Scan`."""

    codes: tuple[str, ...] = ()
    grids: tuple[Grid | None, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page (from 1): where it lies once the page was turned by so many degrees, in parts of its sides."""

    page: int
    turn: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of people lie, in the order of the paper: the page, its grid and the place in that grid."""

    places: tuple[tuple[int, Grid, int], ...]

    def cell(self, row: int, column: int) -> Piece:
        return self._piece(row, column, column + 1)

    def line(self, row: int) -> Piece:
        return self._piece(row, 0, -1)

    def _piece(self, row: int, first: int, last: int) -> Piece:
        page, grid, place = self.places[row]
        sides = grid.columns[first], grid.rows[place], grid.columns[last], grid.rows[place + 1]
        return Piece(page, grid.turn, *sides)


def seen_in(content: bytes, widths: Sequence[float]) -> Seen:
    """Codes and grids of a jpg, png or pdf; `widths` are the form's columns as it is printed."""
    told: Seen = _confined(_see, (content, tuple(widths)), Seen(fault="unreadable"))
    return told


def rows_of(seen: Seen, count: int) -> Rows | None:
    """Where so many rows of people lie; None unless the grids of all pages hold exactly those below the headings.

    A line that was lost anywhere makes it one row too few: then no row is sure, and none is shown as one.
    """
    found = [
        (page, grid, place)
        for page, grid in enumerate(seen.grids, 1)
        if grid is not None
        for place in range(len(grid.rows) - 1)
    ]
    return Rows(tuple(found[HEAD_ROWS:])) if count and len(found) == HEAD_ROWS + count else None


def cut(content: bytes, piece: Piece) -> bytes:
    """The piece as PNG; empty where the page is not there or nothing lies within it."""
    told: bytes = _confined(_cut, (content, piece), b"")
    return told


def _confined(work: Callable[[Any], Any], given: tuple[Any, ...], otherwise: Any) -> Any:
    try:
        return confined(work, given, memory_bytes=stamps.MEMORY_BYTES, seconds=stamps.SECONDS)
    except (TooHeavyError, ChildDiedError):
        return otherwise


def _see(given: tuple[bytes, tuple[float, ...]]) -> Seen:
    content, widths = given
    codes: dict[str, None] = {}
    grids = []
    try:
        for page in stamps.pages_in(content):
            found = stamps.codes_on(page)
            codes |= dict.fromkeys(one.text for one in found)
            grids.append(grid_of(page, widths, lying=found[0].turn if found else 0.0))
    except stamps.UNREADABLE:
        return Seen(fault="unreadable")
    return Seen(tuple(codes), tuple(grids))


def _cut(given: tuple[bytes, Piece]) -> bytes:
    content, piece = given
    try:
        page = next(islice(stamps.pages_in(content), piece.page - 1, None), None)
    except stamps.UNREADABLE:
        return b""
    if page is None:
        return b""
    upright = turned(page, piece.turn)
    across, down = upright.size
    box = (
        round(max(0.0, piece.left - _AROUND) * across),
        round(max(0.0, piece.top - _AROUND) * down),
        round(min(1.0, piece.right + _AROUND) * across),
        round(min(1.0, piece.bottom + _AROUND) * down),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return b""
    out = io.BytesIO()
    picture = upright.crop(box)
    picture.thumbnail((_WIDEST, _WIDEST))
    picture.save(out, "PNG")
    return out.getvalue()
