"""Rows for `huigong forms blank --prefill`, out of the household files: the one part of `forms` that needs the database."""

from collections.abc import Sequence
from typing import Protocol

from django.utils import timezone

from huigong.annexes.writing import Row
from huigong.commands.officers import city_of_installation
from huigong.registry import actions
from huigong.rules.circular import Circular

SYSTEM = "system"


class Prefilling(Protocol):
    """What `forms` asks of this module, which it can import only once Django is set up."""

    def rows_of(self, unit: str, circular: Circular) -> Sequence[Row]: ...


def rows_of(unit: str, circular: Circular) -> Sequence[Row]:
    """A row for each child of the unit's families at a level that the circular covers. The clock is looked at here."""
    now = timezone.localtime()
    return actions.prefill(
        city_of_installation(), unit, levels=circular.covered_levels, today=now.date(), officer=SYSTEM, at=now
    )
