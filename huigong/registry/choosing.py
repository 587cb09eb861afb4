"""Which fields of two files that are one household may be chosen, and what the kept one takes from the other."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from huigong.registry import details
from huigong.registry.file_form import Field, form_on
from huigong.registry.models import Household

FILLED = frozenset(
    {
        "identity", "employer", "hardship_category", "hardship_cause", "size", "annual_income_fen",
        "essential_expenditure_fen", "certificate_number", "card", "phone",
    }
)  # fmt: skip
"""What is filled from the other file where the kept one is empty, without being asked: what is the household's."""
_OF_THE_PERSON = frozenset({"worker_name", "id_number", "gender"})
_NOTHING = (None, "")


def choosable(one: Household, other: Household, *, today: date) -> Sequence[Field]:
    """Fields that both files fill, and differently. Who the worker is, is chosen only where both files are of one person."""
    same = bool(one.id_number_index) and one.id_number_index == other.id_number_index
    return [
        field
        for field in _own(today)
        if (same or field.name not in _OF_THE_PERSON) and _differ(one, other, field, today)
    ]


def taken_from(other: Household, kept: Household, theirs: Collection[str], *, today: date) -> Mapping[Field, Any]:
    """What the kept file takes: the chosen fields, and those that it lacks."""
    chosen = {field.name for field in choosable(kept, other, today=today)} & set(theirs)
    found = {field: details.value(other, field, today=today) for field in _own(today)}
    return {
        field: value
        for field, value in found.items()
        if value not in _NOTHING and (field.name in chosen or _lacks(kept, field, today))
    }


def _own(today: date) -> list[Field]:
    fields = form_on(today).fields("household")
    return [field for field in fields if not field.is_given]


def _differ(one: Household, other: Household, field: Field, today: date) -> bool:
    pair = [details.value(file, field, today=today) for file in (one, other)]
    return all(value not in _NOTHING for value in pair) and pair[0] != pair[1]


def _lacks(kept: Household, field: Field, today: date) -> bool:
    return field.name in FILLED and details.value(kept, field, today=today) in _NOTHING
