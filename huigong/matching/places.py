"""Executing stages on one machine: places are sorted numbers, so who shares one stands side by side.

A place is the key mixed into the upper bits of a number, the row in the lower ones. Two keys that fall on one place make a
pair more to compare, never an answer.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from huigong.matching.stages import STAGES, Key, Stage, sides
from huigong.matching.texts import Columns

_MIX = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F))
_SIEVE, _SIEVE_MORE = (
    22,
    2,
)  # at most so many bits of a place tell whether anybody knocks at it, these more than a row has
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of row numbers, each once, left below right; and the crowded places left out."""

    pairs: pl.DataFrame
    crowded: dict[str, int]


@dataclass(frozen=True, slots=True)
class Doors:
    """Sorted places with their rows, `bits` of them for the row."""

    sorted: np.ndarray
    bits: np.uint64

    @property
    def places(self) -> np.ndarray:
        return self.sorted >> self.bits

    def rows(self, at: np.ndarray) -> np.ndarray:
        return self.sorted[at] & ((np.uint64(1) << self.bits) - np.uint64(1))


def arrays(prepared: pl.DataFrame) -> Columns:
    return {name: prepared[name].to_numpy() for name in prepared.columns}


def row_bits(rows: int) -> np.uint64:
    return np.uint64(max(rows - 1, 1).bit_length())


def mixed(columns: Columns, key: Key) -> np.ndarray:
    """The key of every row as one number; 0 where it has none."""
    first = columns[key.parts[0]]
    number, has = first * _MIX[0], first != 0
    for part, odd in zip(key.parts[1:], _MIX[1:], strict=False):
        value = columns[part]
        number += value * odd
        has &= value != 0
    if key.only:
        has &= columns[key.only]
    return number * has


def doors(columns: Columns, key: Key, bits: np.uint64, *, asked: np.ndarray | None = None) -> Doors:
    """Who lives where; with a sieve only at places where somebody may knock."""
    number = mixed(columns, key)
    rows = np.flatnonzero(number if asked is None else asked[number >> _sieve_shift(bits)] & (number != 0))
    return Doors(np.sort(number[rows] >> bits << bits | rows.astype(np.uint64)), bits)


def within(prepared: pl.DataFrame, *, boundary: int = 0) -> Candidates:
    """Pairs inside one table; with a boundary only those of a row above it and a row from it on (two lists in one table)."""
    columns, bits = sides(arrays(prepared)), row_bits(prepared.height)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # sorting and searching let other threads run
        found = list(pool.map(lambda stage: _stage(columns, stage, bits, np.uint64(boundary)), STAGES))
    once = _once([part for parts, _ in found for part in parts])
    table = pl.DataFrame({"left": (once >> _HALF).astype(np.uint32), "right": once.astype(np.uint32)})
    return Candidates(table, {stage.name: crowd for stage, (_, crowd) in zip(STAGES, found, strict=True) if crowd})


def _once(found: Sequence[np.ndarray]) -> np.ndarray:
    pairs = np.sort(np.concatenate([np.zeros(0, np.uint64), *found]))
    return np.concatenate([pairs[:1], pairs[1:][pairs[1:] != pairs[:-1]]])


def _stage(columns: Columns, stage: Stage, bits: np.uint64, boundary: np.uint64) -> tuple[list[np.ndarray], int]:
    callers = [doors(columns, knock, bits) for knock in stage.knocks]
    asked = _sieve(callers, _sieve_shift(bits)) if stage.only_knocks else None
    if asked is not None and not asked.any():
        return [], 0
    homes = doors(columns, stage.key, bits, asked=asked)
    found, crowded = ([], 0) if stage.only_knocks else _side_by_side(homes, stage.most)
    for one in callers:
        if len(one.sorted):
            left, right, crowd = _visits(one, homes, stage.most)
            found.append((np.minimum(left, right), np.maximum(left, right)))
            crowded += crowd
    return [_numbered(left, right, boundary) for left, right in found], crowded


def _sieve_shift(bits: np.uint64) -> np.uint64:
    return np.uint64(64 - min(_SIEVE, int(bits) + _SIEVE_MORE))


def _sieve(callers: Sequence[Doors], shift: np.uint64) -> np.ndarray:
    asked = np.zeros(1 << (64 - int(shift)), bool)
    for one in callers:
        asked[one.sorted >> shift] = True
    return asked


def _numbered(left: np.ndarray, right: np.ndarray, boundary: np.uint64) -> np.ndarray:
    """Pairs as one number each, the lower row on top; nobody with itself, and nobody on one side of a boundary."""
    kept = left != right
    if boundary:
        kept &= (left < boundary) & (right >= boundary)
    return (left << _HALF | right)[kept]


def _side_by_side(homes: Doors, most: int) -> tuple[list[tuple[np.ndarray, np.ndarray]], int]:
    """Pairs of rows that live in one place: neighbours first, then the next but one, and so on."""
    places, crowd = homes.places, np.zeros(0, np.uint64)
    if len(places) > most:
        crowd = np.unique(places[most:][places[most:] == places[:-most]])
    at = np.flatnonzero(places[1:] == places[:-1])
    if len(crowd):
        at = at[~np.isin(places[at], crowd)]
    found, apart = [], 1
    while len(at):
        found.append((homes.rows(at), homes.rows(at + apart)))
        apart += 1
        at = at[at + apart < len(places)]
        at = at[places[at + apart] == places[at]]
    return found, len(crowd)


def _visits(callers: Doors, homes: Doors, most: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Who knocks and who lives there, and how many places were too crowded."""
    places, asked = homes.places, callers.places
    first = np.searchsorted(places, asked)
    found = np.flatnonzero(places.take(first, mode="clip") == asked) if len(places) else np.zeros(0, np.intp)
    asked, first = asked[found], first[found]
    many = np.searchsorted(places, asked, "right") - first
    crowd = many > most
    many[crowd] = 0
    home = np.repeat(first - np.cumsum(many) + many, many) + np.arange(many.sum())
    return callers.rows(np.repeat(found, many)), homes.rows(home), len(np.unique(asked[crowd]))


def visited(numbers: np.ndarray, homes: Doors, most: int) -> tuple[np.ndarray, np.ndarray]:
    """For keys as numbers (0: none): which of them finds somebody at home, and whom; crowded places left out."""
    asked = np.flatnonzero(numbers if len(homes.sorted) else [])
    if len(asked) > 1:  # in order, since neighbours look in the same stretch
        asked = asked[np.argsort(numbers[asked])]
    lowest = numbers[asked] >> homes.bits << homes.bits
    first = np.searchsorted(homes.sorted, lowest)
    found = np.flatnonzero(homes.sorted.take(first, mode="clip") >> homes.bits == lowest >> homes.bits)
    if not len(found):
        return found, np.zeros(0, np.uint64)
    first, highest = first[found], lowest[found] | ((np.uint64(1) << homes.bits) - np.uint64(1))
    many = np.searchsorted(homes.sorted, highest, "right") - first
    many[many > most] = 0
    home = np.repeat(first - np.cumsum(many) + many, many) + np.arange(many.sum())
    return np.repeat(asked[found], many), homes.rows(home)
