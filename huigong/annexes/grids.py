"""The lines of a printed table on a scan: where its columns and rows lie, so that one cell can be cut out and shown.

A row is as high as its text made it, so nothing is computed from how many there are: lines are long dark runs on a page
that was put upright. What does not fit the columns of the form, or has a line that nothing explains, is no grid: a wrong
cell shown beside a right one would accuse somebody (decision 317).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise

import numpy as np
from PIL import Image, ImageFilter

Bits = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
Counts = np.ndarray[tuple[int, int], np.dtype[np.int32]]

_ACROSS = 2400  # pixels: what is larger is looked at smaller
_COARSE, _FINE = 0.25, 0.05  # degrees
_ASKEW = 3.5
_DARKER = 22  # than what is around it, of 255
_UNBROKEN = 0.88  # of a run: ink that did not take, grains of a scanner
_OFF = 0.007  # of the table's width: how far a line may stand from where the form puts it
_LOST = 2  # lines between columns that may have been lost and are put where the form has them
_LOWEST_ROW = 0.016  # of the table's width: half of the lowest row that is ever printed
_MOST_LINES = 90


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines as parts of the width and height of the page once it was turned by `turn` degrees (anticlockwise)."""

    turn: float
    columns: tuple[float, ...]
    rows: tuple[float, ...]


def turned(page: Image.Image, degrees: float) -> Image.Image:
    """The page upright: the same for whoever looks for lines and whoever cuts out between them."""
    return page.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def grid_of(page: Image.Image, widths: Sequence[float], *, lying: float = 0.0) -> Grid | None:
    """The table whose columns are in these proportions; `lying` is the turn that a code on the page told, in degrees."""
    turn = round(lying + _askew(_dark(_smaller(turned(page, lying), 1000))), 2)
    dark = _dark(_smaller(turned(page, turn), _ACROSS))
    found = _table(dark, widths)
    if found is None:
        return None
    height, width = dark.shape
    columns, rows = found
    return Grid(turn, tuple(round(x / width, 5) for x in columns), tuple(round(y / height, 5) for y in rows))


def _smaller(page: Image.Image, across: int) -> Image.Image:
    if page.width <= across:
        return page
    return page.resize((across, round(page.height * across / page.width)), Image.Resampling.BOX)


def _dark(page: Image.Image) -> Bits:
    """What is darker than its surroundings, in its lightest colour: a red seal hides no line and makes none."""
    light = np.asarray(page.convert("RGB")).max(axis=2)
    around = np.asarray(Image.fromarray(light).filter(ImageFilter.BoxBlur(max(8, page.width // 100))))
    dark: Bits = light.astype(np.int16) < around.astype(np.int16) - _DARKER
    return dark


def _askew(dark: Bits) -> float:
    """By how much to turn the page so that dark falls into rows: the sharper the steps between rows, the straighter."""
    page = Image.fromarray(dark.astype(np.uint8) * 255)

    def sharp(degrees: float) -> float:
        steps = np.diff(np.asarray(page.rotate(degrees)).sum(axis=1, dtype=np.int64))
        return float((steps * steps).sum())

    near = max(np.arange(-_ASKEW, _ASKEW + _COARSE, _COARSE), key=sharp)
    return float(max(np.arange(near - _COARSE, near + _COARSE + _FINE, _FINE), key=sharp))


def _runs(dark: Bits, length: int) -> Bits:
    """Where a row is dark for so many pixels on end, a pixel up or down and little gaps forgiven."""
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    full = _window(thick, length) >= length * _UNBROKEN
    wide = np.pad(full, ((0, 0), (length - 1, length - 1)))
    return _window(wide, length) > 0


def _window(marks: Bits, length: int) -> Counts:
    """How many of so many pixels on end are marked, for each place at which they begin."""
    summed = np.pad(marks.cumsum(axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    counted: Counts = summed[:, length:] - summed[:, :-length]
    return counted


def _table(dark: Bits, widths: Sequence[float]) -> tuple[list[float], list[float]] | None:
    """Columns and rows in pixels; None where they are not a table of these columns."""
    width = dark.shape[1]
    across, tall = _runs(dark, width // 30), width // 60
    down = _runs(dark.T, tall).T
    columns = _fitted(_lines(down.sum(axis=0), least=2 * tall), widths)
    if columns is None:
        return None
    left, right = round(columns[0]), round(columns[-1])
    lying = _lines(across[:, left:right].sum(axis=1), least=(right - left) * 0.6)
    rows = _joined(lying, down, left, right)
    if len(rows) < 2 or min(below - above for above, below in pairwise(rows)) < (right - left) * _LOWEST_ROW:
        return None
    return columns, rows


def _lines(covered: np.ndarray[tuple[int], np.dtype[np.int64]], *, least: float) -> list[float]:
    """The middles of what is covered by at least so many pixels; a double stroke of one line is one."""
    places = np.flatnonzero(covered >= least)
    if not len(places):
        return []
    parts = np.split(places, np.flatnonzero(np.diff(places) > 4) + 1)
    return [float((part * covered[part]).sum() / covered[part].sum()) for part in parts]


def _fitted(standing: Sequence[float], widths: Sequence[float]) -> list[float] | None:
    """The lines between columns, among all that stand: two outer ones between which the others stand where the form puts them."""
    if len(standing) < 2 or len(standing) > _MOST_LINES:
        return None
    ends, lines = [0.0, *accumulate(widths)], np.array(standing)
    parts = np.array(ends) / ends[-1]
    best: tuple[int, float, list[float]] = (0, 0.0, [])
    for left, right in combinations(standing, 2):
        wanted = left + (right - left) * parts
        nearest = lines[np.abs(lines[None, :] - wanted[:, None]).argmin(axis=1)]
        off = np.abs(nearest - wanted)
        there = off <= (right - left) * _OFF
        score = (int(there.sum()), -float(off[there].sum()) / (right - left))
        if score > best[:2]:
            best = (*score, [float(x) for x in np.where(there, nearest, wanted)])
    return best[2] if best[0] >= max(4, len(ends) - _LOST) else None


def _joined(lying: Sequence[float], down: Bits, left: int, right: int) -> list[float]:
    """The longest chain of lines that both outer lines of the table join: a heading's underline is not joined to it."""
    chain, longest = list(lying[:1]), list[float]()
    for above, below in pairwise(lying):
        if not (_stands(down, above, below, left) and _stands(down, above, below, right)):
            longest, chain = max(longest, chain, key=len), []
        chain.append(below)
    return max(longest, chain, key=len)


def _stands(down: Bits, above: float, below: float, place: int) -> bool:
    aside = max(0, place - 4)
    between = down[math.ceil(above) : math.floor(below), aside : place + 5]
    return bool(len(between)) and float(between.any(axis=1).mean()) >= 0.6
