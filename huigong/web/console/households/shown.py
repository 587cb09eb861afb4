"""Fields of a file in the reader's words: sensitive ones masked, with the path under which they are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huigong.registry import details
from huigong.registry.file_form import Field, Section
from huigong.registry.models import Household, Member
from huigong.registry.words import level_in_words
from huigong.values import bank_card, phone, resident_id
from huigong.web.console import words
from huigong.web.console.words import said

GENDERS = {"female": ("女", "female"), "male": ("男", "male")}
_MASKS = {"resident_id": resident_id.masked, "card": bank_card.masked, "phone": phone.masked}
_UNREADABLE = "****"


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as the page shows it; `path` only where there is a value that is looked at through reveal."""

    name: str
    label: str
    value: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section with its fields; those that are empty are only counted."""

    id: str
    title: str
    fields: Sequence[Shown]
    empty: int


def label(field: Field) -> str:
    return said(field.zh, field.en)


def section_shown(owner: Household | Member, section: Section, *, today: date, prefix: str = "") -> SectionShown:
    fields, empty = list[Shown](), 0
    for field in section.fields:
        shown = field_shown(owner, field, today=today, prefix=prefix)
        if shown.value:
            fields.append(shown)
        else:
            empty += 1
    return SectionShown(section.id, said(section.zh, section.en), fields, empty)


def field_shown(owner: Household | Member, field: Field, *, today: date, prefix: str = "") -> Shown:
    value = details.value(owner, field, today=today)
    if value in (None, ""):
        return Shown(field.name, label(field), "")
    if field.sensitive:
        path = f"{prefix}{field.name}"
        return Shown(field.name, label(field), masked(field, value), path)
    return Shown(field.name, label(field), in_plain(field, value))


def masked(field: Field, value: Any) -> str:
    mask = _MASKS.get(field.kind)
    return mask(str(value)) if mask else _UNREADABLE


def in_plain(field: Field, value: Any) -> str:
    """A value in words, whole."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return said("是", "yes") if value else said("否", "no")
    if field.kind == "fen" or field.name == "income_per_head":
        return words.yuan(value)
    if field.kind == "gender":
        return said(*GENDERS[value]) if value in GENDERS else str(value)
    if field.kind == "level":
        return said(*level_in_words(str(value)))
    return str(value)
