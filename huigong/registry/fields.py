"""Set and read one field of a household or a member together with what hangs on it: blind index, mark of validity."""

from collections.abc import Mapping
from typing import Any

from huigong.registry.models import Household, Member
from huigong.values import resident_id
from huigong.values.resident_id import ResidentId
from huigong.values.sentence import WrongValueError
from huigong.vault import blind

_KIND_OF_INDEX = {"id_number": "resident_id", "card": "card", "phone": "phone"}
# What nobody is found by has no index: the cause of hardship is mostly an illness.
ENCRYPTED = _KIND_OF_INDEX.keys() | {"hardship_cause"}


def value_of(owner: Household | Member, name: str) -> Any:
    """A field as an import tells it: encrypted ones opened, none as empty text."""
    value = getattr(owner, name)
    if name in ENCRYPTED:
        return value.plain() if value is not None else ""
    return value


def set_value(owner: Household | Member, name: str, value: Any) -> None:
    if name not in ENCRYPTED:
        setattr(owner, name, value)
        return
    setattr(owner, name, value or None)
    if name in _KIND_OF_INDEX:
        setattr(owner, f"{name}_index", blind.index(_KIND_OF_INDEX[name], value))
    if name == "id_number":
        owner.id_number_valid = not value or _is_valid(value)


def fill(owner: Household | Member, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        set_value(owner, name, value)


def _is_valid(number: str) -> bool:
    try:
        ResidentId.parse(number)
    except WrongValueError:
        return False
    return resident_id.normalise(number) == number
