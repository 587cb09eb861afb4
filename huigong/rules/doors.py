"""另外的门路: the state's six kinds of student aid (奖助贷勤补免) as a dated catalogue, and which of them a student may ask for.

Conditions are the criteria of circulars, so there is one meaning of each. A door whose conditions are met is open; one
that hangs on a fact which nobody knows is told with it. None of them is an overlap with a union's aid. Each says how sure
it is, in the words of the employment policies (`policies.SURE`).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from huigong.rules.asking import answers
from huigong.rules.facts import Facts

GROUPS = ("奖", "助", "贷", "勤", "补", "免")


@dataclass(frozen=True, slots=True)
class Door:
    """One policy: what it gives, where one asks, under which rule and how sure that is, from when until when, for whom."""

    id: str
    group: str
    zh: str
    en: str
    gives: str
    gives_en: str
    where: str
    where_en: str
    rule: str
    sure: str
    source: str
    source_en: str
    valid_from: date
    condition: Sequence[Mapping[str, Any]]
    valid_until: date = date.max
    ask: str = ""
    ask_en: str = ""
    number_seen: bool = False

    @property
    def rule_told(self) -> str:
        """The rule for a page or a letter, with a word of doubt where its number stands and nobody saw it on the paper."""
        return f"{self.rule}（文号未核）" if self._is_doubtful else self.rule

    @property
    def rule_told_en(self) -> str:
        return f"{self.rule} (number not checked)" if self._is_doubtful else self.rule

    @property
    def _is_doubtful(self) -> bool:
        return "〕" in self.rule and not self.number_seen


@lru_cache(maxsize=1)
def shipped() -> tuple[Door, ...]:
    text = (resources.files("huigong.rules") / "doors.toml").read_text(encoding="utf-8")
    return tuple(Door(**told) for told in tomllib.loads(text)["door"])


def doors_for(facts: Facts, *, on: date) -> list[Door]:
    """Doors of a day whose conditions nothing known stands against, in the order 奖助贷勤补免."""
    standing = [door for door in shipped() if door.valid_from <= on <= door.valid_until]
    closed = _closed(standing, facts)
    return sorted((door for door in standing if door.id not in closed), key=lambda door: GROUPS.index(door.group))


def _closed(doors: Sequence[Door], facts: Facts) -> set[str]:
    """A condition that says no closes its door, one that is not known does not."""
    uses = [(door, given) for door in doors for given in door.condition]
    told = answers([given for _, given in uses], facts)
    return {door.id for (door, _), met in zip(uses, told, strict=True) if met is False}
