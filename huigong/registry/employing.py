"""Whose families they are: a unit finds the files that name it as employer at the federation where they lie.

A file from a registry names an employer and no union; where one open unit of that federation bears the name, its families
are those. Where several do, nobody is guessed.
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry.models import FileMark

_ABOVE = ("parent__parent__parent", "competent_centre__federation", "parent__competent_centre__federation")


def marks_of_employer(officer: Officer) -> QuerySet[FileMark]:
    """The marks of the files that name a unit in the officer's scope; none for who serves a federation, which has the files."""
    units = organisations.scope_of(officer).exclude(kind=Organisation.Kind.FEDERATION).filter(closed_on=None)
    if officer.organisation.kind == Organisation.Kind.FEDERATION:
        return FileMark.objects.none()
    mine = set(units.values_list("pk", flat=True))
    named = Q(pk__in=())
    for (home, name), bearers in _bearers(set(units.values_list("name", flat=True))).items():
        if len(bearers) == 1 and bearers[0] in mine:
            named |= Q(federation=home, unit_name=name)
    return FileMark.objects.filter(named)


def employer_of(mark: FileMark) -> Organisation | None:
    """The one open unit that the employer's name of a file means where the file lies."""
    bearers = _bearers({mark.unit_name}).get((mark.federation_id, mark.unit_name), []) if mark.unit_name else []
    return Organisation.objects.get(pk=bearers[0]) if len(bearers) == 1 else None


def _bearers(names: Iterable[str]) -> dict[tuple[UUID, str], list[UUID]]:
    """The units that bear one of these names, by federation (of the line of command, and by place) and plain name."""
    plain = {organisations.plain_unit(name) for name in names}
    spelt = {name + ending for name in plain for ending in ("", *organisations.UNIT_ENDINGS)} | set(names)
    units = Organisation.objects.filter(name__in=spelt, closed_on=None).exclude(kind=Organisation.Kind.FEDERATION)
    found = defaultdict[tuple[UUID, str], list[UUID]](list)
    for unit in units.select_related(*_ABOVE).order_by("path"):
        homes = {organisations.federation_of(unit).pk, organisations.competent_federation(unit).pk}
        for home in homes:
            found[home, organisations.plain_unit(unit.name)].append(unit.pk)
    return found
