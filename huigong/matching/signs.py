"""Characters of names as numbers: one for the plain form (traditional and variant forms folded), one for the sound."""

import csv
import io
import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from pypinyin import lazy_pinyin

STAR = 1  # 0 is for no character
_STARS = "*＊xX×某"
_ROOM = 60001  # the 420 syllables fall on as many different numbers below it (held by a test)


def sound_code(syllable: str) -> int:
    """A number below 65,536 for a syllable without its tone; 0 and 1 are kept for nothing and the star."""
    return zlib.crc32(syllable.encode()) % _ROOM + 2


@dataclass(frozen=True, slots=True)
class Sign:
    """One character of a name: its plain form and its sound."""

    form: int
    sound: int


@lru_cache(maxsize=100_000)
def sign(character: str) -> Sign:
    if character in _STARS:
        return Sign(STAR, STAR)
    plain = variants().get(character, character)
    return Sign(ord(plain) % 65_536, sound_code(lazy_pinyin(plain)[0]))


def forms(points: np.ndarray) -> np.ndarray:
    """The forms of many characters (code points below 65,536), each different one looked up once."""
    return _looked_up(points, 0)


def sounds(plain: np.ndarray) -> np.ndarray:
    """The sounds of many forms."""
    return _looked_up(plain, 1)


def _looked_up(points: np.ndarray, part: int) -> np.ndarray:
    tables, known = _tables()
    at, seen = points.astype(np.intp), np.zeros_like(known)  # numpy looks up by these at once
    for line in at:
        seen[line] = True
    for point in np.flatnonzero(seen & ~known):
        found = sign(chr(point))
        tables[0][point], tables[1][point], known[point] = found.form, found.sound, True
    return tables[part].take(at)


def is_star(points: np.ndarray) -> np.ndarray:
    """The one star that is a Han character."""
    return points == ord("某")


@lru_cache(maxsize=1)
def _tables() -> tuple[np.ndarray, np.ndarray]:
    """Form and sound of every character that was looked up, and which were."""
    return np.zeros((2, 65_536), np.uint16), np.zeros(65_536, bool)


@lru_cache(maxsize=1)
def variants() -> dict[str, str]:
    """Traditional and variant characters with their plain form (from OpenCC's TSCharacters, Apache-2.0)."""
    return {row["written"]: row["plain"] for row in _table("variants.csv")}


@lru_cache(maxsize=1)
def readings() -> dict[str, tuple[list[str], list[str]]]:
    """Surnames that are read otherwise than the word: the surname's reading, and the one that a stranger would use."""
    return {row["surname"]: (row["reading"].split(), row["common"].split()) for row in _table("surnames.csv")}


def _table(name: str) -> list[dict[str, str]]:
    text = (resources.files("huigong.matching") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
