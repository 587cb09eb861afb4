"""帮扶类别: what a kind of aid is for, and whether it is the state's base that everybody may have beside ours (奖助贷勤补免).

A dated table that ships (`aid_kinds.csv`). A kind that it does not name is for no need that we know, and overlaps with none.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class AidKind:
    """One kind of aid by its word: which need it meets, and whether it is base, from a day until a day, and after what."""

    word: str
    need: str
    is_base: bool
    valid_from: date | None
    valid_until: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


@lru_cache(maxsize=1)
def shipped() -> tuple[AidKind, ...]:
    text = (resources.files("huigong.registry") / "aid_kinds.csv").read_text(encoding="utf-8")
    return tuple(
        AidKind(
            line["word"], line["need"], line["is_base"] == "yes", _day(line["valid_from"]), _day(line["valid_until"]),
            line["source"],
        )
        for line in csv.DictReader(io.StringIO(text))
    )  # fmt: skip


def competing(need: str, *, on: date) -> frozenset[str]:
    """The words of kinds that meet this need and are not the base: two of them for one person are an overlap."""
    return frozenset(kind.word for kind in shipped() if kind.need == need and not kind.is_base and kind.holds_on(on))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
