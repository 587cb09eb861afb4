"""Which files of a workbook an office takes in: those that the circular at work sends to its centre ([routing] files).

An import that nobody signs for is the installation's own, and is of the whole city; one that an officer makes is held to this.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from huigong.circulars.routing import Desk, desk_of_file, other_centre_sentence
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry.actions.import_workbook import homes_of
from huigong.registry.rows import HouseholdRow, RegistryReading
from huigong.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Sorted:
    """The files that are received here, and for each other one why it is not."""

    reading: RegistryReading
    elsewhere: Sequence[Sentence]


def sort_out(reading: RegistryReading, officer: Officer, *, city: Organisation, on: date) -> Sorted:
    """What an officer's office takes of a workbook. Where no circular says, it takes its own line of command's."""
    here = organisations.federation_of(officer.organisation)
    desks = _Desks(city, on)
    mine, elsewhere = list[HouseholdRow](), list[Sentence]()
    for row in reading.households:
        home, desk = desks.of(row)
        if desk and desk.federation.pk != here.pk:
            elsewhere.append(other_centre_sentence(row.file_number, desk, here))
        elif not desk and not home.path.startswith(here.path):
            elsewhere.append(_not_ours(row, home, here))
        else:
            mine.append(row)
    return Sorted(replace(reading, households=tuple(mine)), elsewhere)


class _Desks:
    """The home of a row by its county and the desk of its unit, remembered for every unit."""

    def __init__(self, city: Organisation, on: date) -> None:
        self._homes, self._on = homes_of(city), on
        named: dict[str, list[Organisation]] = {}
        for unit in organisations.within(city).filter(closed_on=None):
            named.setdefault(organisations.plain_unit(unit.name), []).append(unit)
        self._named = {name: units[0] for name, units in named.items() if len(units) == 1}
        self._desks = dict[str, Desk | None]()

    def of(self, row: HouseholdRow) -> tuple[Organisation, Desk | None]:
        home = self._homes.of(row.county)
        unit = self._named.get(organisations.plain_unit(row.employer), home)
        if unit.path not in self._desks:
            self._desks[unit.path] = desk_of_file(unit, on=self._on)
        return home, self._desks[unit.path]


def _not_ours(row: HouseholdRow, home: Organisation, here: Organisation) -> Sentence:
    return Sentence(
        "file_of_another",
        f"档案 {row.file_number} 归{home.name}管，{here.name}没有收。请交{home.name}导入。",
        f"File {row.file_number} is {home.name}'s: {here.name} did not take it. Hand it to them.",
    )
