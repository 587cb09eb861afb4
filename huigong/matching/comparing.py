"""What two records agree in: a level for each comparison, and all levels of a pair as one number, its pattern.

Millions of pairs fall on a few thousand patterns. What a pattern means (probability, answer, words) is worked out once.
"""

import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from huigong.matching import differences
from huigong.matching.numbers import INVALID, MASKED
from huigong.matching.texts import Columns

COLUMNS = ("name", "sound", "other_sound", "masked", "kind", "head", "tail", "born", "born_said", "id_born", "father", "mother", "father_id",
           "mother_id", "phone", "school", "unit", "name_count", "id")  # fmt: skip
BEARERS = (2, 4, 16, 64, 256, 1024)
_AT_ONCE = 1 << 15  # pairs whose columns stay in the processor's cache
_GROWN_UP_APART = 150_000  # yyyymmdd: fifteen years


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question about two records, the possible answers in the order of their numbers, and which of them hold.

    The first answer that holds counts, and the last one where none does.
    """

    name: str
    levels: tuple[str, ...]
    answers: Callable[["Both"], Sequence[np.ndarray]]


class Both:
    """Some pairs: the columns of the left and of the right records, side by side."""

    def __init__(self, left: Columns, right: Columns) -> None:
        self.left, self.right = left, right
        self.masked = left["masked"] | right["masked"]
        self.name_apart = left["name"] ^ right["name"]

    def has(self, name: str) -> np.ndarray:
        return (self.left[name] != 0) & (self.right[name] != 0)

    def same(self, name: str, other: str = "") -> np.ndarray:
        """Whether left and right agree in it, or the one's column in the other's other column."""
        if other:
            return _known_same(self.left[name], self.right[other]) | _known_same(self.left[other], self.right[name])
        return _known_same(self.left[name], self.right[name])


def _known_same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one == other) & (one != 0)


def _number(both: Both) -> Sequence[np.ndarray]:
    left, right = both.left, both.right
    kinds = left["kind"], right["kind"]
    full = (kinds[0] - 1 < MASKED - 1) & (kinds[1] - 1 < MASKED - 1)  # unsigned: no number is far above
    broken = (kinds[0] == INVALID) | (kinds[1] == INVALID)
    errors, swapped = differences.of_numbers(left["head"] ^ right["head"], left["tail"] ^ right["tail"], full & broken)
    equal = (left["head"] == right["head"]) & (left["tail"] == right["tail"])
    of_parent = both.same("id", "father_id") | both.same("id", "mother_id")
    for side in (left, right):
        of_parent |= _known_same(side["id"], side["father_id"]) | _known_same(side["id"], side["mother_id"])
    born = left["id_born"], right["id_born"]
    grown_up = (np.maximum(*born) - np.minimum(*born) >= _GROWN_UP_APART) & both.has("id_born")
    masked = (kinds[0] == MASKED) | (kinds[1] == MASKED)
    has = (kinds[0] != 0) & (kinds[1] != 0)
    fits = ((left["head"] ^ right["head"]) >> np.uint64(20) == 0) & (
        (left["tail"] ^ right["tail"]) & np.uint64(0xFFFF) == 0
    )
    return (
        full & equal,
        full & broken & ((errors == 1) | swapped),
        full & broken & (errors <= 4),
        of_parent | (full & grown_up),
        masked & has & fits,
        masked & has,
        full & ~broken,
        full,
    )  # fmt: skip


def _name(both: Both) -> Sequence[np.ndarray]:
    left, right = both.left, both.right
    alike = both.same("sound") | both.same("sound", "other_sound")
    one_sign, last_differs, third = differences.of_names(left["name"], right["name"])
    one_sign &= both.has("name") & ~both.masked
    starred = np.zeros(len(alike), bool)
    at = np.flatnonzero(both.masked & both.has("name"))
    if len(at):
        starred[at] = differences.starred(left["name"][at], right["name"][at], left["masked"][at], right["masked"][at])
    surname = ((left["sound"] ^ right["sound"]) >> np.uint64(48) == 0) & both.has("sound")
    return (
        both.same("name") & ~left["masked"],
        alike & ~both.masked,
        starred,
        one_sign & last_differs,
        one_sign & third,
        surname,
        both.has("name"),
    )


def _birth(both: Both) -> Sequence[np.ndarray]:
    left, right = both.left, both.right
    has = both.has("born")
    near = np.zeros(len(has), bool)
    at = np.flatnonzero(has & (left["born"] != right["born"]))
    near[at] = differences.near_dates(left["born"][at], right["born"][at])
    same = has & (left["born"] == right["born"])
    return (
        both.same("born_said"),
        both.same("born_said", "id_born"),
        both.same("id_born") & ((left["born_said"] == 0) | (right["born_said"] == 0)),
        near | same,
        has,
    )


def _own_number(both: Both) -> Sequence[np.ndarray]:
    """Whether the birth date beside a number is the one inside it: then it is hardly somebody else's number."""
    contradicted, confirmed = [], []
    for side in (both.left, both.right):
        known = (side["born_said"] != 0) & (side["id_born"] != 0)
        equal = side["born_said"] == side["id_born"]
        contradicted.append(known & ~equal)
        confirmed.append(known & equal)
    return contradicted[0] | contradicted[1], confirmed[0] & confirmed[1], confirmed[0] | confirmed[1]


def _parents(both: Both) -> Sequence[np.ndarray]:
    father, mother = both.same("father"), both.same("mother")
    return (
        both.same("father_id") | both.same("mother_id") | both.same("father_id", "mother_id"),
        father & mother,
        father | mother | both.same("father", "mother"),
        both.has("father") | both.has("mother"),
    )


def _bearers(both: Both) -> Sequence[np.ndarray]:
    most = np.maximum(both.left["name_count"], both.right["name_count"])
    return [most <= number for number in BEARERS]


def _plain(name: str) -> Callable[[Both], Sequence[np.ndarray]]:
    return lambda both: (both.same(name), both.has(name))


COMPARISONS = (
    Comparison("id", ("equal", "one_error", "two_errors", "of_parent", "masked_fits", "masked_differs", "far", "broken_far", "missing"), _number),
    Comparison("name", ("equal", "sounds_alike", "starred", "last_sign_differs", "one_sign_differs", "surname_only", "different", "missing"), _name),
    Comparison("birth", ("both_say", "said_and_in_number", "in_both_numbers", "near", "different", "missing"), _birth),
    Comparison("own_number", ("contradicted", "both_confirmed", "one_confirmed", "unknown"), _own_number),
    Comparison("phone", ("equal", "different", "missing"), _plain("phone")),
    Comparison("parents", ("id_equal", "both_names", "one_name", "different", "missing"), _parents),
    Comparison("school", ("equal", "different", "missing"), _plain("school")),
    Comparison("unit", ("equal", "different", "missing"), _plain("unit")),
    Comparison("bearers", ("two", "four", "some", "tens", "scores", "hundreds", "thousands"), _bearers),
)  # fmt: skip


POSSIBLE = math.prod(len(comparison.levels) for comparison in COMPARISONS)
"""How many patterns there are; a pattern is a number below it."""


def patterns(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """The pattern of every pair: `pairs` holds row numbers of the left and of the right table."""
    ours, theirs = ({name: table[name].to_numpy() for name in COLUMNS} for table in (left, right))
    return patterns_of(ours, theirs, pairs)


def patterns_of(left: Columns, right: Columns, pairs: pl.DataFrame) -> pl.Series:
    rows, others = (
        pairs[side].to_numpy().astype(np.intp) for side in ("left", "right")
    )  # numpy looks up by these at once

    def part(start: int) -> np.ndarray:
        some = slice(start, start + _AT_ONCE)
        return _patterns(
            Both(
                {name: column.take(rows[some]) for name, column in left.items()},
                {name: column.take(others[some]) for name, column in right.items()},
            )
        )

    starts = range(0, max(len(rows), 1), _AT_ONCE)
    if len(starts) == 1:
        return pl.Series("pattern", part(0))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return pl.Series("pattern", np.concatenate(list(pool.map(part, starts))))


def _patterns(both: Both) -> np.ndarray:
    number = np.zeros(len(both.masked), np.uint32)
    for comparison in COMPARISONS:
        number = number * np.uint32(len(comparison.levels)) + _first_that_holds(comparison, both)
    return number


def _first_that_holds(comparison: Comparison, both: Both) -> np.ndarray:
    """The number of the first answer that holds, and of the last one where none does."""
    level = np.full(len(both.masked), len(comparison.levels) - 1, np.uint8)
    for at, holds in reversed(list(enumerate(comparison.answers(both)))):
        level ^= (level ^ np.uint8(at)) & -holds.view(
            np.uint8
        )  # all bits of a byte or none: many times as quick as a mask
    return level


def levels(patterns: np.ndarray) -> dict[str, np.ndarray]:
    """The number of the level in each comparison, of many patterns at once."""
    rest, found = patterns.astype(np.int64), {}
    for comparison in reversed(COMPARISONS):
        rest, found[comparison.name] = np.divmod(rest, len(comparison.levels))
    return dict(reversed(found.items()))


@lru_cache(maxsize=65_536)
def read(pattern: int) -> dict[str, str]:
    """A pattern in words: comparison and level."""
    levels = {}
    for comparison in reversed(COMPARISONS):
        pattern, number = divmod(pattern, len(comparison.levels))
        levels[comparison.name] = comparison.levels[number]
    return dict(reversed(levels.items()))
