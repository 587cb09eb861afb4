"""Read and set the fields of a file by the names of its form, wherever they lie: in a column, in the details, or derived."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from huigong.registry.fields import ENCRYPTED, set_value, value_of
from huigong.registry.file_form import Field, FileForm
from huigong.registry.models import Household, Member
from huigong.values.resident_id import ResidentId
from huigong.values.school_year import graduates_in
from huigong.values.sentence import SaidError, Sentence, WrongValueError

Owner = Household | Member


def details_of(owner: Owner) -> dict[str, Any]:
    """The fields that have no column, by name."""
    secret = owner.details
    return json.loads(secret.plain()) if secret else {}


def value(owner: Owner, field: Field, *, today: date) -> Any:
    """A field as it stands, in plain; None or an empty text where the file says nothing."""
    if field.is_derived:
        return _DERIVED[field.name](owner, today)
    if field.column:
        return value_of(owner, field.name)
    return details_of(owner).get(field.name)


def set_all(owner: Owner, values: Mapping[Field, Any]) -> None:
    """Set fields of one owner. What is empty is taken out of the details."""
    details = details_of(owner)
    for field, given in values.items():
        if field.column:
            set_value(owner, field.name, given)
        elif given in (None, ""):
            details.pop(field.name, None)
        else:
            details[field.name] = given
    owner.details = json.dumps(details, ensure_ascii=False, sort_keys=True) if details else None


def settle_sex(owner: Owner, values: Mapping[Field, Any]) -> None:
    """What the identity number tells stands for a sex that nobody typed. Raises SaidError for one that it tells otherwise."""
    given = {field.name: value for field, value in values.items()}
    identity = _identity(owner) if {"gender", "id_number"} & given.keys() else None
    if identity is None:
        return
    if given.get("gender") not in (None, "", identity.gender):
        zh = {"female": "女", "male": "男"}[identity.gender]
        raise SaidError(
            Sentence(
                "sex_of_number",
                f"性别和身份证号码对不上：按号码第17位是{zh}。请核对证件，改性别或者改号码。",
                f"The sex is not that of the identity number, whose 17th digit says {identity.gender}: look at the card and "
                "mend one of them.",
            )
        )
    if isinstance(owner, Household):
        owner.gender = identity.gender
    else:
        told = details_of(owner) | {"gender": identity.gender}
        owner.details = json.dumps(told, ensure_ascii=False, sort_keys=True)


def note_lacking(household: Household, members: Iterable[Member], form: FileForm) -> bool:
    """Say in the file what its form asks for and it lacks, and until when; whether that changed.

    Only the presence of values is looked at; nothing that has a column of its own is opened.
    """
    lacks = [field for field in form.fields("household") if _lacks(household, field)]
    asked = [field for field in form.fields("member") if field.mandatory]
    persons = [one for one in members if one.is_in_file and any(_lacks(one, field) for field in asked)]
    said = ",".join([*(field.name for field in lacks), *(f"members.{one.position}" for one in persons)])[:1200]
    days = [field.complete_by for field in lacks if field.complete_by]
    by = min(days) if days else None
    changed = (household.lacking, household.complete_by) != (said, by)
    household.lacking, household.complete_by = said, by
    return changed


def _lacks(owner: Owner, field: Field) -> bool:
    if not field.mandatory or field.is_derived:
        return False
    if not field.column:
        return not owner.details or details_of(owner).get(field.name) in (None, "")
    standing = getattr(owner, field.name)
    return not standing if field.name in ENCRYPTED else standing in (None, "")


def _identity(owner: Owner) -> ResidentId | None:
    try:
        return ResidentId.parse(owner.id_number.plain()) if owner.id_number else None
    except WrongValueError:
        return None


def _born(owner: Owner, _: date) -> str:
    found = _identity(owner)
    return found.born.isoformat() if found else ""


def _age(owner: Owner, today: date) -> int | None:
    found = _identity(owner)
    if found is None:
        return None
    return today.year - found.born.year - ((today.month, today.day) < (found.born.month, found.born.day))


def _per_head(owner: Owner, _: date) -> int | None:
    assert isinstance(owner, Household)
    if owner.annual_income_fen is None or not owner.size:
        return None
    return owner.annual_income_fen // owner.size // 12


def _graduates(owner: Owner, _: date) -> int | None:
    assert isinstance(owner, Member)
    if owner.entry_year is None or owner.length_years is None:
        return None
    return graduates_in(entry_year=owner.entry_year, length_years=owner.length_years)


def _key_group(owner: Owner, today: date) -> str:
    assert isinstance(owner, Household)
    if owner._state.adding:
        return ""
    found = owner.key_groups.filter(Q(valid_until=None) | Q(valid_until__gt=today), valid_from__lte=today).last()
    return found.word if found else ""


_DERIVED = {"born": _born, "age": _age, "income_per_head": _per_head, "graduates": _graduates, "key_group": _key_group}
