"""摸底 (二(一)): whom a survey counts on a day, by union: the names are listed first, and the counts are their number.

A file is of the union that keeps it (建档单位工会), else of the one that bears its employer's name, else of its federation.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from huigong.organisations import queries as organisations
from huigong.organisations.models import Organisation
from huigong.registry import words
from huigong.registry.child_marks import GRADUATING
from huigong.registry.models import Household, Member

CHILDREN = ("in_school", "graduates", "employed", "need_help")
COUNTS = ("households", *CHILDREN)
_AT_A_TIME = 5000
Place = tuple[UUID, UUID | None, str]


class Listed(NamedTuple):
    """A file (position 0), or a child of it, with what each of the counts of CHILDREN takes it for."""

    household_id: UUID
    position: int
    name: str
    counted: tuple[bool, ...] = (False,) * len(CHILDREN)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the files say of one union, and of whom: files in the order of their numbers, each before its children."""

    union_id: UUID
    names: Sequence[Listed]

    @property
    def counts(self) -> Mapping[str, int]:
        files = sum(one.position == 0 for one in self.names)
        sums = (sum(one.counted[place] for one in self.names) for place in range(len(CHILDREN)))
        return dict(zip(COUNTS, (files, *sums), strict=True))


def counted(federation: Organisation, *, on: date) -> list[Counted]:
    """By union, in the order of the tree; the year of the day says who graduates."""
    union_of, children = _Unions(federation), _children(federation, year=on.year)
    names = defaultdict[UUID, list[Listed]](list)
    files = _standing(federation).order_by("file_number")
    own = ("pk", "worker_name", "federation_id", "unit_id", "employer")
    for pk, name, *place in files.values_list(*own).iterator(chunk_size=_AT_A_TIME):
        names[union_of((place[0], place[1], place[2]))] += (Listed(pk, 0, name), *children.get(pk, ()))
    order = dict(organisations.within(federation).values_list("pk", "path"))
    return [Counted(union, names[union]) for union in sorted(names, key=lambda union: order[union])]


def taken_for(
    year: int, occupation: str, level: str, entry_year: int | None, length_years: int | None
) -> Iterator[bool]:
    """What a child counts as in a year, in the order of CHILDREN.

    Who leaves higher schooling this year is a graduate, employed or not; who left it earlier is one while without work.
    """
    of_age = level in GRADUATING
    ends_now = of_age and None not in {entry_year, length_years} and (entry_year or 0) + (length_years or 0) == year
    jobless = of_age and occupation in words.GRADUATED_JOBLESS
    yield occupation in words.STUDYING
    yield ends_now or jobless
    yield ends_now and occupation in words.GRADUATED_EMPLOYED
    yield jobless


def _standing(federation: Organisation) -> QuerySet[Household]:
    return Household.objects.filter(federation__path__startswith=federation.path, file_status__startswith="在档")


def _children(federation: Organisation, *, year: int) -> dict[UUID, list[Listed]]:
    """The children of these files who count as anything, by file."""
    rows = Member.objects.filter(
        household__in=_standing(federation), is_in_file=True, relationship__in=words.CHILD
    ).order_by("position")
    found = defaultdict[UUID, list[Listed]](list)
    own = ("household_id", "position", "name", "occupation", "education_level", "entry_year", "length_years")
    for pk, position, name, *told in rows.values_list(*own).iterator(chunk_size=_AT_A_TIME):
        counts = tuple(taken_for(year, *told))
        if any(counts):
            found[pk].append(Listed(pk, position, name, counts))
    return found


class _Unions:
    """Whose line a file is counted on, remembered for every spelling of an employer."""

    def __init__(self, federation: Organisation) -> None:
        named: dict[str, list[UUID]] = {}
        self._here = set(organisations.within(federation).values_list("pk", flat=True))
        for key, name in organisations.within(federation).filter(closed_on=None).values_list("pk", "name"):
            named.setdefault(organisations.plain_unit(name), []).append(key)
        self._named = {name: keys[0] for name, keys in named.items() if len(keys) == 1}

    def __call__(self, place: Place) -> UUID:
        home, unit, employer = place
        return unit if unit in self._here else self._named.get(organisations.plain_unit(employer), home)
