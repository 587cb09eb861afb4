"""登记表网格: what an officer typed of a form, row by row, and what the household files add to it.

A row asks three things where its family is on file: a number that leads to the file, which child, and the admission. What
is typed goes before what the file says; numbers and the cause of hardship out of a file are not shown, only that they come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huigong.annexes.definition import FieldDefinition, FormDefinition
from huigong.registry.families import children_of, family_with, row_of
from huigong.registry.models import Household, Member
from huigong.values import names
from huigong.web.console.forms.cells import MASKS, shown, too_long

LOOKED_UP, CHILD = "certificate_no", "student_name"
INPUTS = frozenset({LOOKED_UP, CHILD, "admission"})
MOST_ROWS = 200
_SAID_ONLY = frozenset({"hardship_cause"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of one row: texts by field, the child that was chosen, and whether every cell is open to be typed in."""

    texts: Mapping[str, str] = field(default_factory=dict)
    child: str = ""
    is_open: bool = False

    def __bool__(self) -> bool:
        return bool(self.texts or self.child)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: an input, a choice of children, or what comes out of the file. `said` is what is wrong with it."""

    name: str
    label: str
    kind: str
    place: str  # input, choice or file
    text: str
    filed: str
    state: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row as it is shown, and `whole`: the texts that go into the form."""

    number: int
    typed: Typed
    cells: tuple[GridCell, ...]
    children: tuple[Member, ...]
    child: str
    family: Household | None
    whole: Mapping[str, str]
    said: str = ""

    @property
    def who(self) -> str:
        return " → ".join(filter(None, (self.whole.get("parent_name"), self.whole.get(CHILD))))


def typed_rows(data: QueryDict | Mapping[str, str], definition: FormDefinition) -> list[Typed]:
    """The rows of a posted grid in the order of its numbers; fields are called like `3-admission`."""
    count = str(data.get("rows", ""))
    rows = min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 5 else 1
    return [_typed(data, number, definition) for number in range(1, rows + 1)]


def as_fields(rows: Sequence[Typed]) -> dict[str, str]:
    """The same as fields of a form, for a draft or a file that is kept."""
    told = {"rows": str(len(rows))}
    for number, row in enumerate(rows, 1):
        told |= {f"{number}-{name}": text for name, text in row.texts.items()}
        told |= {f"{number}-child": row.child} if row.child else {}
        told |= {f"{number}-own": "1"} if row.is_open else {}
    return told


def filled(
    rows: Iterable[Typed], families: Sequence[Household], definition: FormDefinition, *, today: date
) -> list[GridRow]:
    """Every row with what the files of these families add."""
    return [_filled(number, row, families, definition, today) for number, row in enumerate(rows, 1)]


def _typed(data: QueryDict | Mapping[str, str], number: int, definition: FormDefinition) -> Typed:
    texts = {one.name: str(data.get(f"{number}-{one.name}", "")).strip() for one in definition.printed}
    kept = {name: text for name, text in texts.items() if text}
    child = str(data.get(f"{number}-child", ""))[:40]
    return Typed(kept, child, is_open=data.get(f"{number}-own") == "1")


def _filled(
    number: int, typed: Typed, families: Sequence[Household], definition: FormDefinition, today: date
) -> GridRow:
    family = family_with(families, typed.texts.get(LOOKED_UP, ""))
    children = tuple(children_of(family)) if family else ()
    member = _member(typed, children)
    file = {name: text for name, text in row_of(family, member, today=today).items() if text} if family else {}
    whole = {**file, **typed.texts, LOOKED_UP: file.get(LOOKED_UP) or typed.texts.get(LOOKED_UP, "")}
    lost = bool(typed.texts.get(LOOKED_UP)) and family is None
    row = replace(typed, is_open=typed.is_open or lost)
    cells = tuple(_cell(one, row, file, has_choice=bool(children)) for one in definition.printed)
    if lost and len(typed.texts) < len(definition.printed) - 2:  # a whole row needs no file
        said = _("本单位的档案里没有这个号。号没写错的话，请照纸上把这一行填全。")
        cells = tuple(replace(one, state="look", said=said) if one.name == LOOKED_UP else one for one in cells)
    return GridRow(
        number, row, cells, children, str(member.pk) if member else "", family, {k: v for k, v in whole.items() if v}
    )


def _member(typed: Typed, children: Sequence[Member]) -> Member | None:
    """The chosen child; one that was named; the only one at school, which nobody has to choose."""
    name = names.normalise(typed.texts.get(CHILD, ""))
    named = [one for one in children if str(one.pk) == typed.child] or [one for one in children if one.name == name]
    if named or name:
        return named[0] if named else None
    return children[0] if len(children) == 1 else None


def _cell(one: FieldDefinition, row: Typed, file: Mapping[str, str], *, has_choice: bool) -> GridCell:
    label = one.label_en if (get_language() or "").startswith("en") else one.label
    text, filed = row.texts.get(one.name, ""), _filed(one, file.get(one.name, ""))
    if one.name == CHILD and has_choice and not text:
        return GridCell(one.name, label, one.kind, "choice", "", filed)
    place = "input" if row.is_open or text or one.name in INPUTS - {CHILD} else "file"
    if fault := too_long(label, text):
        return GridCell(
            one.name, label, one.kind, "input", text, filed, "stop", fault.in_language(get_language() or "")
        )
    return GridCell(one.name, label, one.kind, place, text, filed)


def _filed(one: FieldDefinition, text: str) -> str:
    """What the file says, as far as it is shown: numbers masked, the cause of hardship not at all."""
    if not text:
        return ""
    if one.name in _SAID_ONLY:
        return _("照档案")
    return shown(text, one.kind) if one.kind in MASKS else text
