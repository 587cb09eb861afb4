"""The school register as a table: the small one that ships, and lists that offices import (name, level, days, source)."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from huigong.registry.words import level_of
from huigong.rules.facts import CATALOGUE
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import without_spaces

COLUMNS = ("name", "level")
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_PART_OF_A_SCHOOL = re.compile(r".*(?:学院|系|专业|班|校区|学部)")
_LEVELS = frozenset(CATALOGUE["education_level"].words or ())


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One line of a list of schools. `level` is a code of the education levels."""

    name: str
    level: str
    valid_from: date | None
    valid_until: date | None
    source: str


def shipped() -> list[SchoolRow]:
    return read((resources.files("huigong.registry") / "schools.csv").read_text("utf-8"), file="schools.csv")


def read(text: str, *, file: str) -> list[SchoolRow]:
    """The lines of a CSV. Levels may be codes or a file's words (本科, 专科). Raises SaidError naming the line."""
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    rows = []
    for line in lines:
        name = (line.get("name") or "").strip()
        said = (line.get("level") or "").strip()
        level = said if said in _LEVELS else level_of(said)
        if not name or level not in _LEVELS:
            raise SaidError(
                Sentence(
                    "school_line",
                    f"{file} 第 {lines.line_num} 行：要有校名（name）和阶段（level：{'、'.join(sorted(_LEVELS))}，或 本科、专科、高中、中职）。",
                    f"{file}, line {lines.line_num}: a school needs a name and a level ({', '.join(sorted(_LEVELS))}).",
                )
            )
        rows.append(
            SchoolRow(
                name, level, _day(line.get("valid_from")), _day(line.get("valid_until")), line.get("source") or file
            )
        )
    return rows


def plain_name(name: str) -> str:
    """A school's name for comparing: no spaces, no brackets and what stands in them."""
    return _BRACKETS.sub("", without_spaces(name))


def level_in(register: Mapping[str, str], school: str) -> str:
    """The level of a school by its name, also where a department stands behind it; empty where it is not listed."""
    plain = plain_name(school)
    if plain in register:
        return register[plain]
    for end in range(len(plain) - 1, 3, -1):
        if plain[:end] in register and _PART_OF_A_SCHOOL.fullmatch(plain[end:]):
            return register[plain[:end]]
    return ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text.strip()) if text and text.strip() else None
