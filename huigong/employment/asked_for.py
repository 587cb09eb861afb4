"""动员单位: whom the union asked for places, large and middle state firms first; what each promised, offers and kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, Min, QuerySet, Sum, Value, When

from huigong.employment.models import Employer, Graduate, Opening, Outcome
from huigong.employment.taking_part import OFFERED

_NATURES = list(Employer.Nature.values)


@dataclass(frozen=True, slots=True)
class Asked:
    """An employer with the places that it offers to graduates and those that it kept."""

    one: Employer
    offered: int
    kept: int

    @property
    def owed(self) -> int:
        """Promised and not kept yet."""
        return max(0, self.one.promised - self.kept)


@dataclass(frozen=True, slots=True)
class OfNature:
    """All employers of one nature together."""

    nature: str
    employers: int
    first_asked: date | None
    promised: int
    offered: int
    kept: int


def in_order(rows: QuerySet[Employer]) -> QuerySet[Employer]:
    """Large and middle state firms first, then whoever was asked first."""
    place = Case(*(When(nature=nature, then=Value(number)) for number, nature in enumerate(_NATURES)))
    return rows.order_by(place, F("asked_on").asc(nulls_last=True), "name", "pk")


def of_employers(those: Sequence[Employer]) -> list[Asked]:
    """Each with its places, as they stand."""
    offered = _by_employer(
        Opening.objects.filter(employer__in=those, kind__in=OFFERED).values_list("employer").annotate(n=Sum("places"))
    )
    kept = _by_employer(_kept(those).values_list("employer").annotate(n=Count("graduate", distinct=True)))
    return [Asked(one, offered.get(one.pk, 0), kept.get(one.pk, 0)) for one in those]


def of_employer(employer: Employer) -> Asked:
    (told,) = of_employers([employer])
    return told


def by_nature(rows: QuerySet[Employer]) -> list[OfNature]:
    """All of them by nature, added up by the database; those that somebody has."""
    asked = rows.order_by().values_list("nature").annotate(Count("pk"), Min("asked_on"), Sum("promised"))
    places = Opening.objects.filter(employer__in=rows, kind__in=OFFERED).order_by()
    offered = dict(places.values_list("employer__nature").annotate(Sum("places")))
    kept = Counter[str]()
    for nature, _employer, people in (
        _kept(rows).values_list("employer__nature", "employer").annotate(Count("graduate", distinct=True))
    ):
        kept[nature] += people
    found = [
        OfNature(nature, count, first, promised, offered.get(nature, 0), kept[nature])
        for nature, count, first, promised in asked
    ]
    return sorted(found, key=lambda one: _NATURES.index(one.nature))


def large_first(those: Sequence[OfNature]) -> bool | None:
    """Whether no other employer was asked before the first large or middle state firm; None where nobody was asked."""
    large = [one.first_asked for one in those if one.nature == Employer.Nature.STATE_LARGE and one.first_asked]
    others = [one.first_asked for one in those if one.nature != Employer.Nature.STATE_LARGE and one.first_asked]
    if not large:
        return False if others else None
    return not others or large[0] <= min(others)


def at_work(employer: Employer, among: QuerySet[Graduate]) -> list[Outcome]:
    """The people behind the places kept, each once with the latest work, those of them that the asker sees: who is there first."""
    rows = _kept([employer]).filter(graduate__in=among)
    latest = {one.graduate_id: one for one in rows.select_related("graduate__federation").order_by("number")}
    return sorted(latest.values(), key=lambda one: (one.ended_on is not None, one.on, one.graduate.reference))


def _kept(employers: QuerySet[Employer] | Sequence[Employer]) -> QuerySet[Outcome]:
    """Work that began there by the union's help, whatever became of it since."""
    return Outcome.objects.filter(employer__in=employers, by_aid=True, kind=Outcome.Kind.EMPLOYED).order_by()


def _by_employer(rows: QuerySet[Opening, tuple[UUID, int]] | QuerySet[Outcome, tuple[UUID, int]]) -> Mapping[UUID, int]:
    return dict(rows)
