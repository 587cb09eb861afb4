"""Names as numbers: sixteen bits a character, the surname's on top, once by the characters and once by their sounds."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from huigong.matching import signs
from huigong.matching.texts import Column, each
from huigong.values import names

PLACES = 4
_HAN_LENGTHS = (2, 3, 4)
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
        for rows, forms in _han(column, rest):
            made._put(rows, forms, signs.sounds(forms))
        odd = np.flatnonzero(rest)
        made._put(odd, *_odd(column, odd))
        return made

    def _put(self, rows: np.ndarray, forms: np.ndarray, sounds: np.ndarray) -> None:
        self.form[rows], self.sound[rows] = _together(forms), _together(sounds)
        at = np.flatnonzero(_readings()[0].take(forms[0]))
        if len(at):
            own, other = (_together(read) for read in _as_surnames(forms[:, at], sounds[:, at]))
            self.sound[rows[at]], self.other_sound[rows[at]] = own, other * (other != own)
        self.is_masked[rows] = np.any(forms[1:] == signs.STAR, axis=0)


def whole_names(column: Column) -> np.ndarray:
    """The form of every name of a column, and 0 for a starred one, which could be anybody's."""
    rest = column.filled()
    found = np.zeros(len(rest), np.uint64)
    for rows, forms in _han(column, rest):
        found[rows] = _together(forms)
    odd = np.flatnonzero(rest)
    forms, _ = _odd(column, odd)
    found[odd] = _together(forms) * ~np.any(forms == signs.STAR, axis=0)
    return found


def _han(column: Column, rest: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows with two to four Han characters and their forms, a line each place; what is read is crossed off `rest`."""
    for rows, points in column.characters(*_HAN_LENGTHS):
        is_han = np.logical_and.reduce((points >= _FIRST_HAN) & (points <= _LAST_HAN) & ~signs.is_star(points))
        taken = rows[is_han]
        rest[taken] = False
        yield taken, signs.forms(points if len(taken) == len(rows) else points[:, is_han])


def _odd(column: Column, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Forms and sounds of names that are written otherwise, each different one once."""
    spelt = np.array(each(column.said(rows), _spelt) if len(rows) else [], np.uint16).reshape(-1, 2, PLACES)
    return tuple(np.ascontiguousarray(spelt[:, part].T) for part in (0, 1))  # type: ignore[return-value]


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
    """A number for the lines of places, the first one on top."""
    packed = places[0].astype(np.uint64) << np.uint64(48)
    for at, place in enumerate(places[1:], 1):
        packed |= place.astype(np.uint64) << np.uint64(48 - 16 * at)
    return packed


def _as_surnames(forms: np.ndarray, sounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sounds of such names with the surname read as a surname, and as somebody would read it who does not know."""
    _, single, double = _readings()
    own, other = sounds.copy(), sounds.copy()
    for read, kind in ((own, 0), (other, 1)):
        reading = single[kind].take(forms[0])
        read[0] = np.where(reading > 0, reading, sounds[0])
    for surname, readings in double:
        bears = np.flatnonzero((forms[0] == surname[0]) & (forms[1] == surname[1]))
        own[:2, bears], other[:2, bears] = (np.array(reading, np.uint16)[:, None] for reading in readings)
    return own, other


@lru_cache(maxsize=1)
def _readings() -> tuple[np.ndarray, np.ndarray, list[tuple[tuple[int, ...], tuple[list[int], list[int]]]]]:
    """Which characters begin a surname with two readings; both of a single one (0: none), and the surnames of two characters."""
    known, single, double = np.zeros(65_536, bool), np.zeros((2, 65_536), np.uint16), []
    for surname, readings in signs.readings().items():
        known[ord(surname[0])] = True
        own, common = ([signs.sound_code(syllable) for syllable in reading] for reading in readings)
        if len(surname) == 1:
            single[:, ord(surname)] = own[0], common[0]
        else:
            double.append((tuple(ord(one) for one in surname), (own, common)))
    return known, single, double
