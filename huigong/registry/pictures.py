"""A household as it stands, every column in plain: kept under its key before a merge, and when its aid is approved."""

from datetime import date
from typing import Any
from uuid import UUID

from huigong.registry.columns import HOUSEHOLD, MEMBER
from huigong.registry.models import Household, Member


def picture_of(household: Household) -> dict[str, Any]:
    """Every column that history holds, in plain, with its members."""
    members = [_columns(one, MEMBER.names) | {"id": one.pk.hex} for one in household.members.order_by("position")]
    columns = _columns(household, HOUSEHOLD.names)
    return {"columns": columns, "members": members, "status": household.status, "version": household.version}


def _columns(row: Household | Member, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if hasattr(value, "plain"):
        return value.plain()
    return value.hex if isinstance(value, UUID) else value.isoformat() if isinstance(value, date) else value
