"""Words of an import held against the dated code lists: whether one held on the day of its file, and which words are near it.

An old file keeps the words of its day. What no list ever had is a finding with its cell, and is not stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

Span = tuple[date | None, date | None]
_NEAR = 3


@dataclass(frozen=True, slots=True)
class DatedLists:
    """For each list its words with the days from and until which they held; `today` is the day of the import."""

    spans: Mapping[str, Mapping[str, Sequence[Span]]]
    today: date

    def knows(self, codes: str) -> bool:
        """Whether the installation has such a list at all: where it has none, nothing can be said of a word."""
        return bool(self.spans.get(codes))

    def holds(self, codes: str, word: str, day: date) -> bool:
        spans = self.spans.get(codes, {}).get(word, ())
        return any((not first or first <= day) and (not last or day <= last) for first, last in spans)

    def held(self, codes: str, word: str) -> Span | None:
        """When a word held that holds no more; the last time, where it did twice."""
        spans = self.spans.get(codes, {}).get(word, ())
        over = [(first, last) for first, last in spans if last and last < self.today]
        return max(over, key=lambda span: span[1] or self.today) if over else None

    def near(self, codes: str, word: str, day: date) -> list[str]:
        return nearest(word, [one for one in self.spans.get(codes, {}) if self.holds(codes, one, day)])


def nearest(word: str, words: Sequence[str]) -> list[str]:
    """The words that share characters with one, the likest first; the first of the list where none does."""
    likeness = {one: SequenceMatcher(None, word, one, autojunk=False).ratio() for one in words}
    near = sorted((one for one in words if likeness[one]), key=lambda one: -likeness[one])
    return (near or list(words))[:_NEAR]
