"""Identity numbers as columns: eighteen characters in two halves of nine, four bits a digit, so that errors are bits."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from huigong.matching.texts import Column, each, words_of
from huigong.values import resident_id

NO_ID, VALID, INVALID, MASKED = 0, 1, 2, 3
_FULL_WIDTH, _OLD_WIDTH = 18, 15
_MASKED_SHAPE = re.compile(r"([0-9]{4})[0-9]*[*Xx#＊]+[0-9]*?([0-9]{3}[0-9X])")
_SHORTEST_MASKED = 8
_FIRST_OLD_YEAR = 25  # an old number of a younger year is a list's own shortening of a student's (decision 501)
_X = ord("X")
_EIGHTS = np.dtype([("first", "<u8"), ("second", "<u8"), ("ends", "u1", 2)])
_STARRED = np.isin(np.arange(256), np.frombuffer(b"*Xx#", np.uint8))
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # keeps halves of one district apart in 64 bits


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of identity numbers: kind, both halves (of a masked one, what it shows), the birth date inside. 0: nothing."""

    kind: np.ndarray
    head: np.ndarray
    tail: np.ndarray

    @classmethod
    def read(cls, column: Column) -> "Numbers":
        """Every number of a column, whatever its spelling."""
        rest = column.filled()
        made = cls(np.zeros(len(rest), np.uint8), np.zeros(len(rest), np.uint64), np.zeros(len(rest), np.uint64))
        for rows, signs in column.words(_FULL_WIDTH, _OLD_WIDTH):
            rest[rows] = ~made._take(rows, signs)
        odd = np.flatnonzero(rest)
        if len(odd):
            plain = each(column.said(odd), resident_id.normalise)
            for rows, signs in words_of(odd, plain, _FULL_WIDTH, _OLD_WIDTH):
                rest[rows] = ~made._take(rows, signs)
            made._take_masked(odd, plain, rest)
        return made

    @property
    def code(self) -> np.ndarray:
        """One number for a whole identity number; 0 where there is none."""
        return (self.head * _SPREAD + self.tail) * ((self.kind == VALID) | (self.kind == INVALID))

    @property
    def born(self) -> np.ndarray:
        """The birth date inside, as the number yyyymmdd; 0 where it is none."""
        is_full = (self.kind == VALID) | (self.kind == INVALID)
        return _born(self.head, self.tail) * is_full

    def _take(self, rows: np.ndarray, signs: np.ndarray) -> np.ndarray:
        """Read plain bytes at these rows; returns which of them were identity numbers."""
        if signs.shape[1] == _OLD_WIDTH:
            head, tail, right = _halves(_lengthened(signs))
            tail |= _check_digit(head, tail)
        else:
            head, tail, right = _halves(signs)
        valid = (_born(head, tail) != 0) & (_check_digit(head, tail) == tail % 16)
        kind = np.where(right, np.where(valid, VALID, INVALID), NO_ID)
        if signs.shape[1] == _FULL_WIDTH and not right.all():
            _show_ends(signs, ~right, kind, head, tail)
        taken = kind != NO_ID
        self.kind[rows], self.head[rows], self.tail[rows] = kind, head * taken, tail * taken
        return taken

    def _take_masked(self, odd: np.ndarray, plain: list[str], rest: np.ndarray) -> None:
        """Masked numbers of any length, one by one."""
        for row, text in zip(odd, plain, strict=True):
            if rest[row] and len(text) >= _SHORTEST_MASKED and (shown := _MASKED_SHAPE.fullmatch(text)):
                self.kind[row] = MASKED
                self.head[row], self.tail[row] = int(shown[1], 16) << 20, int(shown[2].replace("X", "A"), 16)


def is_date(number: np.ndarray) -> np.ndarray:
    """Whether yyyymmdd can be a day; the thirty-first of a short month passes, as a slip of the pen would."""
    month, day = number // 100 % 100, number % 100
    return (number >= 19000101) & (number <= 20991231) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)


def _halves(signs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of eighteen bytes as two numbers, and whether they are seventeen digits (no leading 0) and a digit or X."""
    parts = signs.view(_EIGHTS).ravel()
    first, second = parts["first"].copy(), parts["second"].copy()
    last, check = signs[:, 16] - np.uint8(48), signs[:, 17] - np.uint8(48)
    is_x = signs[:, 17] == _X
    right = _all_digits(first) & _all_digits(second) & (last <= 9) & ((check <= 9) | is_x) & (signs[:, 0] != 48)
    front, back = _packed(first), _packed(second)
    head = front << np.uint64(4) | back >> np.uint64(28)
    tail = (back & np.uint64(0x0FFFFFFF)) << np.uint64(8) | (last & np.uint8(15)).astype(np.uint64) << np.uint64(4)
    return head, tail | np.where(is_x, 10, check & np.uint8(15)).astype(np.uint64), right


def _all_digits(eight: np.ndarray) -> np.ndarray:
    """Whether eight bytes are digits: what is above 9 shows in the upper half of a byte."""
    digits = eight ^ np.uint64(0x3030303030303030)
    return ((digits | (digits + np.uint64(0x0606060606060606))) & np.uint64(0xF0F0F0F0F0F0F0F0)) == 0


def _packed(eight: np.ndarray) -> np.ndarray:
    """Eight digits as bytes (the first one lowest) as eight half bytes, the first one on top."""
    wide = eight.byteswap() & np.uint64(0x0F0F0F0F0F0F0F0F)
    wide = (wide | wide >> np.uint64(4)) & np.uint64(0x00FF00FF00FF00FF)
    wide = (wide | wide >> np.uint64(8)) & np.uint64(0x0000FFFF0000FFFF)
    return (wide | wide >> np.uint64(16)) & np.uint64(0xFFFFFFFF)


def _lengthened(signs: np.ndarray) -> np.ndarray:
    """Fifteen digits as eighteen characters with 0 for the check digit."""
    year = (signs[:, 6] - np.uint8(48)) * np.uint8(10) + (signs[:, 7] - np.uint8(48))
    longer = np.full((len(signs), _FULL_WIDTH), 48, np.uint8)
    longer[:, :6], longer[:, 8:17] = signs[:, :6], signs[:, 6:]
    longer[:, 6:8] = np.where((year < _FIRST_OLD_YEAR)[:, None], (50, 48), (49, 57))
    return longer


def _show_ends(signs: np.ndarray, odd: np.ndarray, kind: np.ndarray, head: np.ndarray, tail: np.ndarray) -> None:
    """Of the odd rows those that are masked (digits, one run of stars, digits): their first and last four characters."""
    at = np.flatnonzero(odd)
    some = signs[at]
    starred = _STARRED[some]
    starred[:, -1] = False
    digit = (some - np.uint8(48)) <= 9
    runs = (starred[:, 1:] & ~starred[:, :-1]).sum(axis=1)
    ends = digit[:, :4].all(axis=1) & digit[:, -4:-1].all(axis=1) & (digit[:, -1] | (some[:, -1] == _X))
    masked = ends & (digit | starred)[:, :-1].all(axis=1) & (runs == 1)
    at, some = at[masked], some[masked]
    ends_only = np.full((len(some), _FULL_WIDTH), 48, np.uint8)
    ends_only[:, :4], ends_only[:, -4:] = some[:, :4], some[:, -4:]
    shown_head, shown_tail, _ = _halves(ends_only)
    kind[at], head[at], tail[at] = MASKED, shown_head, shown_tail


def _born(head: np.ndarray, tail: np.ndarray) -> np.ndarray:
    """The date at the seventh to fourteenth place as yyyymmdd; 0 where there can be no such day."""
    date = (head & np.uint64(0xFFF)) << np.uint64(20) | tail >> np.uint64(16)
    table = _tables()[0]
    number = table[date >> np.uint64(16)] * np.uint32(10_000) + table[date & np.uint64(0xFFFF)]
    return number * is_date(number)


def _check_digit(head: np.ndarray, tail: np.ndarray) -> np.ndarray:
    """GB 11643's check digit over columns, with 10 for X (`values.resident_id.check_digit`, held against it by a test)."""
    _, one, two, three, four = _tables()
    total = one[head >> np.uint64(20)] + two[head >> np.uint64(4) & np.uint64(0xFFFF)]
    total += three[tail >> np.uint64(20)] + four[tail >> np.uint64(4) & np.uint64(0xFFFF)]
    total += (head & np.uint64(15)).astype(np.uint16) * np.uint16(resident_id.WEIGHTS[8])
    return ((12 - total % 11) % 11).astype(np.uint64)


@lru_cache(maxsize=1)
def _tables() -> tuple[np.ndarray, ...]:
    """Of four digits with four bits each: their number, and their share of the check sum at places 1, 5, 10 and 14."""
    packed = np.arange(1 << 16, dtype=np.uint32)
    digits = [packed >> shift & 15 for shift in (12, 8, 4, 0)]
    numbers = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
    sums = [
        sum(digit * resident_id.WEIGHTS[at + place] for place, digit in enumerate(digits)).astype(np.uint16)  # type: ignore[union-attr]
        for at in (0, 4, 9, 13)
    ]
    return numbers.astype(np.uint32), *sums
