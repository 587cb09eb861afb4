"""How two numbers, names or dates differ, over columns of pairs: digits and characters are groups of bits."""

import numpy as np

_FOUR_BITS, _SIXTEEN_BITS = np.uint64(0x1111111111111111), np.uint64(0x0001000100010001)
_PLACES = (48, 32, 16, 0)
_STAR = 1
_MOST_ERRORS = 255


def of_numbers(head: np.ndarray, tail: np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many digits differ, and whether it is two neighbours that changed places. `head`, `tail`: left xor right."""
    errors, swapped = np.full(len(head), _MOST_ERRORS, np.uint8), np.zeros(len(head), bool)
    at = np.flatnonzero(asked)
    if len(at):
        halves = [(half, _digits(half)) for half in (head[at], tail[at])]
        errors[at] = sum(np.bitwise_count(apart) for _, apart in halves)
        swapped[at] = (errors[at] == 2) & np.logical_or.reduce([_swapped(*half) for half in halves])
    return errors, swapped


def _digits(apart: np.ndarray) -> np.ndarray:
    """The lowest bit of every four is set where they differ."""
    apart = apart | apart >> np.uint64(1)
    return (apart | apart >> np.uint64(2)) & _FOUR_BITS


def _swapped(apart: np.ndarray, digits: np.ndarray) -> np.ndarray:
    """Two neighbours changed places: both differ by the same bits."""
    lowest = digits & (~digits + np.uint64(1))
    by = apart // np.maximum(lowest, np.uint64(1))
    return (
        (digits != 0)
        & (digits == lowest * np.uint64(17))
        & ((by & np.uint64(15)) == (by >> np.uint64(4) & np.uint64(15)))
    )


def of_names(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whether one character differs, whether the third does, and whether both have a third.

    The third alone: siblings share the second (字辈), a slip of the pen may hit either.
    """
    apart = one ^ other
    folded = apart | apart >> np.uint64(1)
    for step in (2, 4, 8):
        folded |= folded >> np.uint64(step)
    thirds = [one >> np.uint64(16) & np.uint64(0xFFFF), other >> np.uint64(16) & np.uint64(0xFFFF)]
    both = (thirds[0] > 0) & (thirds[1] > 0)
    return np.bitwise_count(folded & _SIXTEEN_BITS) == 1, both & (thirds[0] != thirds[1]), both


def starred(one: np.ndarray, other: np.ndarray, one_masked: np.ndarray, other_masked: np.ndarray) -> np.ndarray:
    """A star stands for one or more characters: every place agrees, or one of the two is a star or nothing after it."""
    fits = one >> np.uint64(48) == other >> np.uint64(48)
    for shift in _PLACES[1:]:
        mine, theirs = (name >> np.uint64(shift) & np.uint64(0xFFFF) for name in (one, other))
        covered = (mine <= _STAR) & (one_masked | (mine == _STAR)) | (theirs <= _STAR) & (
            other_masked | (theirs == _STAR)
        )
        fits &= (mine == theirs) | covered
    return fits


def near_dates(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """One digit differs, or day and month are swapped."""
    digits = np.zeros(len(one), np.uint8)
    mine, theirs = one, other
    for _ in range(8):
        digits += mine % 10 != theirs % 10
        mine, theirs = mine // 10, theirs // 10
    swapped = (one // 10_000 == other // 10_000) & (one // 100 % 100 == other % 100) & (one % 100 == other // 100 % 100)
    return (digits <= 1) | swapped
