"""Names as numbers: sixteen bits a character, the surname's on top, once by the characters and once by their sounds."""

import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from huigong.matching import signs
from huigong.matching.texts import Column, each
from huigong.values import names

PLACES = 4
_HAN_WIDTHS = (6, 9, 12)  # two to four Han characters in UTF-8
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_MOST_REST = 65_521


@dataclass(frozen=True, slots=True)
class Names:
    """A column of names: characters (variants folded), sounds, the sounds that a stranger would read, starred ones."""

    form: np.ndarray
    sound: np.ndarray
    other_sound: np.ndarray
    is_masked: np.ndarray

    @classmethod
    def read(cls, column: Column) -> "Names":
        rest = column.filled()
        form, sound, other = np.zeros((3, len(rest)), np.uint64)
        made = cls(form, sound, other, np.zeros(len(rest), bool))
        for rows, some in column.words(*_HAN_WIDTHS):
            points, is_han = _points(some)
            taken = rows[is_han]
            rest[taken] = False
            made._put(taken, *signs.of_points(points[is_han]))
        odd = np.flatnonzero(rest)
        if len(odd):
            spelt = np.array(each(column.said(odd), _spelt), np.uint64).reshape(-1, 2, PLACES)
            made._put(odd, spelt[:, 0], spelt[:, 1])
        return made

    def _put(self, rows: np.ndarray, forms: np.ndarray, sounds: np.ndarray) -> None:
        own, other = _as_surnames(forms, sounds)
        sound, others = _together(own), _together(other)
        self.form[rows], self.sound[rows] = _together(forms), sound
        self.other_sound[rows] = others * (others != sound)
        self.is_masked[rows] = (forms[:, 1:] == signs.STAR).any(axis=1)

    @property
    def whole(self) -> np.ndarray:
        """The form, and 0 for a starred name, which could be anybody's."""
        starred = self.is_masked | (self.form >> np.uint64(48) == signs.STAR)
        return self.form * ~starred


def _points(some: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Code points of rows of bytes, three a character, and whether a row is Han characters throughout."""
    first, second, third = (some[:, at::3].astype(np.uint16) for at in range(3))
    points = (first & 15) << 12 | (second & 63) << 6 | third & 63
    is_han = (first >= 0xE4) & (first <= 0xE9) & (points >= _FIRST_HAN) & (points <= _LAST_HAN)
    return points, np.all(is_han, axis=1)


def _spelt(name: str) -> tuple[list[int], list[int]]:
    """Forms and sounds of a name's first places; what is longer is mixed into the last place."""
    plain = names.normalise(name).replace("·", "").replace(" ", "")
    found = [signs.sign(character) for character in plain]
    forms, sounds = ([getattr(one, part) for one in found[:PLACES]] for part in ("form", "sound"))
    forms, sounds = (part + [0] * (PLACES - len(part)) for part in (forms, sounds))
    if len(found) > PLACES:
        rest = zlib.crc32(repr([one.form for one in found[PLACES:]]).encode()) % _MOST_REST
        forms[-1], sounds[-1] = (forms[-1] + rest) % 65_536, (sounds[-1] + rest) % 65_536
    return forms, sounds


def _together(places: np.ndarray) -> np.ndarray:
    packed = np.zeros(len(places), np.uint64)
    for at in range(places.shape[1]):
        packed |= places[:, at] << np.uint64(48 - 16 * at)
    return packed


def _as_surnames(forms: np.ndarray, sounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sounds with a surname read as a surname, and as somebody would read it who does not know."""
    single, double = _readings()
    own, other = sounds.copy(), sounds.copy()
    read = single[:, forms[:, 0]]
    own[:, 0], other[:, 0] = (np.where(one > 0, one, sounds[:, 0]) for one in read)
    for surname, readings in double if forms.shape[1] > 1 else ():
        bears = np.flatnonzero((forms[:, 0] == surname[0]) & (forms[:, 1] == surname[1]))
        if len(bears):
            own[bears, :2], other[bears, :2] = readings
    return own, other


@lru_cache(maxsize=1)
def _readings() -> tuple[np.ndarray, list[tuple[tuple[int, ...], tuple[list[int], list[int]]]]]:
    """Of every character as a surname both readings (0 where it has one), and the surnames of two characters with theirs."""
    single, double = np.zeros((2, 65_536), np.uint64), []
    for surname, readings in signs.readings().items():
        own, common = ([signs.sound_code(syllable) for syllable in reading] for reading in readings)
        if len(surname) == 1:
            single[:, ord(surname)] = own[0], common[0]
        else:
            double.append((tuple(ord(one) for one in surname), (own, common)))
    return single, double
