"""What a half-fact that somebody typed may be: a name, its sound, a number or the end of one; each as a search key."""

import re
from dataclasses import dataclass

from huigong.registry import keys
from huigong.registry.models import SearchKey
from huigong.values import resident_id
from huigong.values.spoken import typed
from huigong.values.text import without_spaces

_KIND = SearchKey.Kind
_DASHES = re.compile(r"[-—–_]")
_TELLS_A_PERSON = frozenset({_KIND.NAME, _KIND.PINYIN, _KIND.IDENTITY, _KIND.PHONE, _KIND.CARD, _KIND.CERTIFICATE})


@dataclass(frozen=True, slots=True)
class Clue:
    """One reading of what was typed. `begins`: longer keys that begin so count too."""

    kind: SearchKey.Kind
    key: bytes
    begins: bool = False

    @property
    def tells_a_person(self) -> bool:
        """Whether it is so whole that it speaks of one person, and may be answered about families filed elsewhere."""
        return self.kind in _TELLS_A_PERSON


def clues(text: str) -> tuple[Clue, ...]:
    """All readings of a text, the likeliest first; none for what could be everybody."""
    plain = typed(text)
    compact = without_spaces(plain)
    number = resident_id.normalise(_DASHES.sub("", compact))
    if re.fullmatch(r"\d+X?", number):
        return _of_number(number, compact)
    letters = re.sub(r"['’\s]", "", plain.lower())
    if re.fullmatch(r"[a-z]+", letters):
        return _of_letters(letters)
    found = [Clue(_KIND.NAME, keys.name(plain), begins=True)] if plain.strip("·") else []
    if re.search(r"\d", compact):
        found.insert(0, Clue(_KIND.CERTIFICATE, keys.certificate(compact)))
    return tuple(found)


def _of_number(number: str, as_typed: str) -> tuple[Clue, ...]:
    found = []
    if re.fullmatch(r"\d{15}|\d{17}[\dX]", number):
        found.append(Clue(_KIND.IDENTITY, keys.number(_KIND.IDENTITY, number)))
    if re.fullmatch(r"1\d{10}|0\d{9,11}", number):
        found.append(Clue(_KIND.PHONE, keys.number(_KIND.PHONE, number)))
    if re.fullmatch(r"\d{15,19}", number):
        found.append(Clue(_KIND.CARD, keys.number(_KIND.CARD, number)))
    if len(number) == keys.TAIL:
        found += [Clue(kind, keys.tail(kind, number)) for kind in keys.TAILS.values()]
    if len(number) > keys.TAIL:
        found.append(Clue(_KIND.CERTIFICATE, keys.certificate(as_typed)))
    return tuple(found)


def _of_letters(letters: str) -> tuple[Clue, ...]:
    """One letter is everybody; two or more are the beginning of a sound, or initials."""
    if len(letters) < 2:
        return ()
    spelt = letters.encode()
    return (
        Clue(_KIND.INITIALS, spelt, begins=True),
        Clue(_KIND.PINYIN, spelt, begins=True),
        Clue(_KIND.NAME, spelt, begins=True),
    )
