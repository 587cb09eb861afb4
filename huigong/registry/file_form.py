"""The form of a household file (档案表) as dated data: sections, fields, which are mandatory, in the national system's order.

A form in force may gain fields (`extends`, `gains`): files that lack one are never sent back, they stand on a list with a
day by which to complete them.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from huigong.values.text import without_spaces

_BRACKETED = re.compile(r"[(（][^)）]*[)）]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `column` is kept in a column of its own because something decides on it; the rest lies in the details.

    `kind` says how it is read and shown; `sensitive` is shown masked and looked at through `audit.reveal` only.
    """

    name: str
    zh: str
    en: str
    kind: str
    codes: str = ""
    mandatory: bool = False
    column: bool = False
    sensitive: bool = False
    national: bool = True
    complete_by: date | None = None

    @property
    def is_derived(self) -> bool:
        return self.kind == "derived"

    @property
    def is_given(self) -> bool:
        """Whether it is nobody's to type: it follows from others, the office gives it, or who enrols says it."""
        return self.is_derived or self.name in {"file_number", "enrolment_level"}


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together; `of` says whose they are: household or member."""

    id: str
    of: str
    zh: str
    en: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FileForm:
    """The whole form from a day on."""

    name: str
    title: str
    title_en: str
    valid_from: date
    source: str
    sections: tuple[Section, ...]

    def of_household(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.of == "household")

    def of_members(self) -> Section:
        return next(section for section in self.sections if section.of == "member")

    def fields(self, of: str) -> Iterator[Field]:
        for section in self.sections:
            if section.of == of:
                yield from section.fields

    def field(self, of: str, name: str) -> Field | None:
        return next((field for field in self.fields(of) if field.name == name), None)


@lru_cache(maxsize=1)
def forms() -> Sequence[FileForm]:
    """Every form that ships, the oldest first."""
    folder = resources.files("huigong.registry") / "file_forms"
    texts = {one.name.removesuffix(".toml"): one for one in folder.iterdir() if one.name.endswith(".toml")}
    read = {name: tomllib.loads(texts[name].read_text(encoding="utf-8")) for name in sorted(texts)}
    made = dict[str, FileForm]()
    for name, raw in sorted(read.items(), key=lambda pair: pair[1]["valid_from"]):
        made[name] = _made(name, raw, made.get(raw.get("extends", "")))
    return tuple(made.values())


def form_on(day: date) -> FileForm:
    """The form in force on a day; before the first one, the first."""
    standing = [form for form in forms() if form.valid_from <= day]
    return standing[-1] if standing else forms()[0]


def plain_heading(heading: str) -> str:
    """A heading as it is compared: without spaces, brackets and what stands in them, and the star of mandatory fields."""
    return _BRACKETED.sub("", without_spaces(heading)).lstrip("*")


def _made(name: str, raw: dict[str, Any], before: FileForm | None) -> FileForm:
    sections = tuple(
        Section(one["id"], one["of"], one["zh"], one["en"], tuple(Field(**field) for field in one["fields"]))
        for one in raw.get("sections", ())
    ) or (before.sections if before else ())
    for gain in raw.get("gains", ()):
        sections = tuple(_gained(section, gain) if section.id == gain["section"] else section for section in sections)
    return FileForm(name, raw["title"], raw["title_en"], raw["valid_from"], raw["source"], sections)


def _gained(section: Section, gain: dict[str, Any]) -> Section:
    """The section with one more field, behind the one that it names."""
    place = next(number for number, field in enumerate(section.fields, 1) if field.name == gain["after"])
    fresh = Field(**gain["field"], complete_by=gain["complete_by"])
    fields = (*section.fields[:place], fresh, *section.fields[place:])
    return Section(section.id, section.of, section.zh, section.en, fields)
