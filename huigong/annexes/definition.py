"""What a form is: its fields, printed headings, the other ways offices write them. Loaded from a circular's `[form]` table.

The same definition reads filled forms and writes empty ones, so a new circular's form needs no code.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from huigong.annexes.wording import plain
from huigong.values.sentence import Sentence, WrongValueError

KINDS = frozenset(
    [
        "admission",
        "admission_date",
        "age",
        "certificate",
        "count",
        "gender",
        "income_year",
        "name",
        "phone",
        "relationship",
        "resident_id",
        "school",
        "text",
    ]
)
# Where a definition does not say which rows tell anybody: a number alone does, a name with so many cells filled in.
_TELLS = {"student_id_number": 1, "parent_id_number": 1, "student_name": 3, "parent_name": 5}
# Two columns of the calculus come out of one on paper: when and by which school.
_VALUES_OF_KIND = {"admission": ("admitted_on", "school")}


@dataclass(frozen=True, slots=True)
class GroupDefinition:
    """One half of a two-level heading: whose columns these are, and the words that say so."""

    id: str
    heading: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """One column of the form."""

    name: str
    heading: str
    label: str
    label_en: str
    group: str
    kind: str
    required: bool
    severity: str
    printed: bool
    width: int
    aliases: tuple[str, ...]
    bare: tuple[str, ...]
    contains: tuple[str, ...]
    tells: int
    """A row whose cell of this field is filled in, with so many cells in all, is a row of data; 0: it alone tells nothing."""

    @property
    def value_names(self) -> tuple[str, ...]:
        """The names under which its value is reported: two for an admission, else its own."""
        return _VALUES_OF_KIND.get(self.kind, (self.name,))


@dataclass(frozen=True)
class FormDefinition:
    """A form of a circular: read by `annexes.reading`, written by `annexes.writing`."""

    id: str
    title: str
    title_en: str
    clause: str
    empty_rows: int
    notes: tuple[str, ...]
    other_columns: tuple[str, ...]
    groups: tuple[GroupDefinition, ...]
    fields: tuple[FieldDefinition, ...]
    table: Mapping[str, Any]
    """The TOML table it was built from: what a reading process is told (plain data crosses, never objects)."""

    @cached_property
    def printed(self) -> tuple[FieldDefinition, ...]:
        """The columns of the official layout, in its order."""
        return tuple(field for field in self.fields if field.printed)

    @cached_property
    def value_names(self) -> tuple[str, ...]:
        """Every reported value, once, in the order of the printed columns."""
        return tuple(dict.fromkeys(name for field in self.fields for name in field.value_names))

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, str]]:
        """What a value is called in Chinese and in English."""
        own = {field.name: (field.label, field.label_en) for field in self.fields}
        return {name: own.get(name, (name, name)) for name in self.value_names}

    @cached_property
    def wordings(self) -> tuple[Mapping[str, FieldDefinition], Mapping[str, Sequence[FieldDefinition]]]:
        """Plain headings that name one field, and those that name it only once it is known whose column it is."""
        bare: dict[str, list[FieldDefinition]] = {}
        for field in self.fields:
            for text in field.bare:
                bare.setdefault(plain(text), []).append(field)
        exact = {
            plain(text): field
            for field in reversed(self.fields)
            for text in (*field.aliases, field.heading)
            if plain(text) not in bare
        }
        return exact, bare

    def named(self, name: str) -> FieldDefinition:
        return next(field for field in self.fields if field.name == name)

    @cached_property
    def required_values(self) -> Mapping[str, str]:
        """Values that must be there, with the severity of their absence."""
        return {field.value_names[-1]: field.severity for field in self.fields if field.required}


def from_table(table: Mapping[str, Any]) -> FormDefinition:
    """A definition from the `[form]` table of a circular. Raises WrongValueError naming what is wrong in it."""
    groups = tuple(
        GroupDefinition(id=group["id"], heading=group["heading"], words=tuple(group.get("words", ())))
        for group in table.get("groups", ())
    )
    known = {group.id for group in groups}
    fields = tuple(_field(entry, known) for entry in table.get("fields", ()))
    if not fields:
        raise _wrong("表格没有一栏", "the form has no fields")
    if len({field.name for field in fields}) != len(fields):
        raise _wrong("有两栏同名", "two fields have the same name")
    return FormDefinition(
        id=str(table.get("id", "form")),
        title=str(table.get("title", "")),
        title_en=str(table.get("title_en", "")),
        clause=str(table.get("clause", "")),
        empty_rows=int(table.get("empty_rows", 10)),
        notes=tuple(table.get("notes", ())),
        other_columns=tuple(table.get("other_columns", ())),
        groups=groups,
        fields=fields,
        table=dict(table),
    )


def from_file(path: Path) -> FormDefinition:
    """The definition in a TOML file of its own (`[form] file = "annex-1.toml"` in the circular)."""
    return from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def _field(entry: Mapping[str, Any], groups: set[str]) -> FieldDefinition:
    for key in ("name", "heading", "kind", "group"):
        if key not in entry:
            raise _wrong(f"有一栏没写 {key}", f"a field lacks `{key}`")
    name = str(entry["name"])
    if entry["kind"] not in KINDS:
        raise _wrong(f"{name} 的 kind“{entry['kind']}”没有这一种", f"{name}: no such kind `{entry['kind']}`")
    if entry["group"] not in groups:
        raise _wrong(f"{name} 的 group“{entry['group']}”没有定义", f"{name}: no such group `{entry['group']}`")
    return FieldDefinition(
        name=name,
        heading=str(entry["heading"]),
        label=str(entry.get("label", entry["heading"])),
        label_en=str(entry.get("label_en", name.replace("_", " "))),
        group=str(entry["group"]),
        kind=str(entry["kind"]),
        required=bool(entry.get("required", False)),
        severity=str(entry.get("severity", "error")),
        printed=bool(entry.get("printed", True)),
        width=int(entry.get("width", 10)),
        aliases=tuple(entry.get("aliases", ())),
        bare=tuple(entry.get("bare", ())),
        contains=tuple(entry.get("contains", ())),
        tells=int(entry.get("tells", _TELLS.get(name, 0))),
    )


def _wrong(zh: str, en: str) -> WrongValueError:
    return WrongValueError(
        Sentence("form_definition", f"登记表的定义有错：{zh}。", f"The form's definition is wrong: {en}.")
    )
