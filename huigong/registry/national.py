"""国家系统对照单: a file in the national system's own order, with what is ticked as keyed.

The order is that of the file form (`file_form`): what is not in the national system is left out. Values are plain, since
the sheet is for typing them in: who takes it is recorded by the caller.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huigong.registry import details
from huigong.registry.file_form import Field, FileForm
from huigong.registry.models import Household, Member
from huigong.registry.words import level_in_words
from huigong.vault import blind

GENDERS = {"female": "女", "male": "男"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one person in the order of the national system; `path` names it, such as `members.2.name`."""

    path: str
    person: str
    field: Field
    text: str


def cells_of(
    household: Household, members: Iterable[Member], form: FileForm, *, today: date, whole: bool = False
) -> list[Cell]:
    """Every national field of the file, then of each member, as texts; `whole`: those that stay here, too."""
    cells = [
        _cell(household, field, household.worker_name, "", today)
        for field in form.fields("household")
        if field.national or whole
    ]
    for member in members:
        if member.is_in_file:
            prefix = f"members.{member.position}."
            cells += [
                _cell(member, field, member.name, prefix, today)
                for field in form.fields("member")
                if field.national or whole
            ]
    return cells


def digest_of(cells: Sequence[Cell]) -> dict[str, str]:
    """A keyed digest a field, by path: what was keyed, so that a later change shows and nothing is told."""
    return {cell.path: blind.digest("keyed", cell.path, cell.text)[:16] for cell in cells if cell.text}


def changed_since(cells: Sequence[Cell], keyed: Mapping[str, str]) -> list[str]:
    """Paths that are not what was keyed."""
    now = digest_of(cells)
    return [cell.path for cell in cells if now.get(cell.path) != keyed.get(cell.path)]


def still_to_key(household: Household, form: FileForm, *, today: date) -> int:
    """How many fields of the file are not in the national system as they stand now."""
    last = household.keyings.last()
    cells = cells_of(household, household.members.order_by("position"), form, today=today)
    return len(changed_since(cells, last.keyed if last else {}))


def keyed_still(household: Household, form: FileForm, *, today: date) -> set[str]:
    """The paths that were keyed and are as they were then."""
    last = household.keyings.last()
    if last is None:
        return set()
    cells = cells_of(household, household.members.order_by("position"), form, today=today)
    return set(last.keyed) - set(changed_since(cells, last.keyed))


def as_text(field: Field, value: Any) -> str:
    """A value as the national system's page takes it."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.kind == "fen" or field.name == "income_per_head":
        return f"{value // 100}.{value % 100:02}"
    if field.kind == "gender":
        return GENDERS.get(str(value), str(value))
    if field.kind == "level":
        return level_in_words(str(value))[0]
    return str(value)


def _cell(owner: Household | Member, field: Field, person: str, prefix: str, today: date) -> Cell:
    return Cell(f"{prefix}{field.name}", person, field, as_text(field, details.value(owner, field, today=today)))
