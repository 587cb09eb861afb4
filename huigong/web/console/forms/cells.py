"""One row of a form as cells: what stands in each, what is wrong with it, and what may be written anew."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huigong.annexes.definition import FieldDefinition, FormDefinition
from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.readings import RowProblem, Value
from huigong.intake.models import FormRow
from huigong.values import phone, resident_id
from huigong.values.sentence import Sentence

MASKS = {"resident_id": resident_id.masked, "phone": phone.masked}
LONGEST = 200
"""Characters of a cell."""
_WORDS = {"female": "女", "male": "男"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that may be typed anew. A masked value is never put into the field: an empty one shows its mask."""

    name: str
    label: str
    text: str
    hint: str
    wide: str
    was: str
    """What the field shows of what is stored: a draft may put another text into it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the sheet; `state` is look, stop or empty, `masked` the name of a value that can be shown for a while."""

    label: str
    text: str
    kind: str
    state: str
    masked: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a household file proposes for the lost numbers of a row, masked, by the name of the value."""

    file_number: str
    numbers: Mapping[str, str]


NO_REMEDY = Remedy("", {})


def cells(
    read: RowRead,
    definition: FormDefinition,
    *,
    english: bool,
    entries: str,
    remedy: Remedy,
    drafted: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Cell, ...]:
    """The cells in the order of the paper. `entries`: "none", "faults" (cells with a problem) or "all" can be typed in;
    `drafted` are texts that an officer typed before and did not save.
    """
    worst = {
        problem.field: problem.severity for problem in sorted(read.problems, key=lambda one: one.severity == "error")
    }
    return tuple(
        _cell(field, read, definition, worst, english, entries, remedy, drafted) for field in definition.printed
    )


def _cell(
    field: FieldDefinition,
    read: RowRead,
    definition: FormDefinition,
    worst: dict[str, str],
    english: bool,  # noqa: FBT001  the language of the page, within this module
    entries: str,
    remedy: Remedy,
    drafted: Mapping[str, str],
) -> Cell:
    marks = {worst[name] for name in field.value_names if name in worst}
    state = "stop" if "error" in marks else "look" if marks else ""
    typed = field.value_names if entries == "all" else [n for n in field.value_names if n in worst]
    values = [read.values.get(name) for name in field.value_names]
    secret = field.kind in MASKS and bool(values[0])
    return Cell(
        label=_label(definition, field.name, english),
        text=" ".join(filter(None, (shown(value, field.kind) for value in values))),
        kind=field.kind,
        state=state,
        masked=field.name if secret else "",
        entries=tuple(_entry(name, read, field, definition, english, remedy, drafted) for name in typed)
        if entries != "none"
        else (),
    )


def _entry(
    name: str,
    read: RowRead,
    field: FieldDefinition,
    definition: FormDefinition,
    english: bool,  # noqa: FBT001
    remedy: Remedy,
    drafted: Mapping[str, str],
) -> Entry:
    value = read.values.get(name)
    hidden = field.kind in MASKS
    text = text_of(value)
    proposed = remedy.numbers.get(name)
    hint = proposed or (shown(value, field.kind) if hidden else "")
    wide = "id" if field.kind == "resident_id" else "school" if name == "school" else "name" if len(text) > 3 else ""
    was = "" if hidden else text
    return Entry(name, _label(definition, name, english), drafted.get(name, was), hint, wide, was)


def text_of(value: Value) -> str:
    """A value as a field to be typed in shows it."""
    return _(_WORDS[str(value)]) if value in _WORDS else str(value or "")


def shown(value: Value, kind: str) -> str:
    """A value as the sheet shows it: numbers of people masked, money with its commas."""
    if value in {None, ""}:
        return ""
    if kind in MASKS:
        return short(MASKS[kind](str(value)))
    if kind == "gender":
        return _(_WORDS.get(str(value), str(value)))
    return f"{value:,}" if kind == "income_year" and isinstance(value, int) else str(value)


def short(masked: str) -> str:
    """A mask in the width of a cell: 4504…6759. What is hidden whole still shows how long it is."""
    return masked if masked == "*" * len(masked) else re.sub(r"\*+", "…", masked)


def told(problem: RowProblem, read: RowRead, definition: FormDefinition, *, english: bool) -> str:
    """The sentence of a problem; a number of a person that it repeats is masked there too."""
    text = problem.message_en if english else problem.message
    kind = next((field.kind for field in definition.fields if field.name == problem.field), "")
    value = str(read.values.get(problem.field) or "")
    return text.replace(value, short(MASKS[kind](value))) if kind in MASKS and value else text


def remedy_of(row: FormRow) -> Remedy:
    """What a household file proposes for the lost numbers of a row."""
    if row.proposal is None:
        return NO_REMEDY
    proposed = json.loads(row.proposal.plain())
    file_number = proposed.pop("file", "")
    return Remedy(file_number, {name: short(resident_id.masked(number)) for name, number in proposed.items()})


def too_long(label: str, text: str) -> Sentence | None:
    """What to say of a text that is longer than a cell: it is not cut, since nobody would see what went."""
    if len(text) <= LONGEST:
        return None
    return Sentence(
        "cell_too_long",
        f"{label}：有 {len(text)} 个字，一格最多 {LONGEST} 个，没有收。请只写这一格要的。",
        f"{label}: {len(text)} characters, and a cell holds {LONGEST}: not taken. Write only what the cell asks for.",
    )


def label_of(definition: FormDefinition, name: str) -> str:
    """What a value is called in the reader's language."""
    return _label(definition, name, (get_language() or "").startswith("en"))


def _label(definition: FormDefinition, name: str, english: bool) -> str:  # noqa: FBT001
    own = {field.name: (field.label, field.label_en) for field in definition.fields}
    return own.get(name, (name, name))[english]
