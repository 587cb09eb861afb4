"""动员单位: whom the union asked for places, large and middle state firms first; what each promised, offers and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from huigong.employment.actions.rounds import OFFERED
from huigong.employment.models import Employer, Graduate, Opening, Outcome

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


def of_employers(rows: QuerySet[Employer]) -> list[Asked]:
    """Each with its places: large and middle state firms first, then whoever was asked first."""
    offered = _by_employer(
        Opening.objects.filter(employer__in=rows, kind__in=OFFERED).values_list("employer").annotate(n=Sum("places"))
    )
    kept = _by_employer(_kept(rows).values_list("employer").annotate(n=Count("graduate", distinct=True)))
    told = [Asked(one, offered.get(one.pk, 0), kept.get(one.pk, 0)) for one in rows]
    return sorted(told, key=_order)


def of_employer(employer: Employer) -> Asked:
    (told,) = of_employers(Employer.objects.filter(pk=employer.pk))
    return told


def by_nature(those: Sequence[Asked]) -> list[OfNature]:
    """The same by nature, those that somebody has."""
    found = list[OfNature]()
    for nature in _NATURES:
        of_it = [one for one in those if one.one.nature == nature]
        if of_it:
            days = [one.one.asked_on for one in of_it if one.one.asked_on]
            found.append(
                OfNature(
                    nature,
                    len(of_it),
                    min(days, default=None),
                    sum(one.one.promised for one in of_it),
                    sum(one.offered for one in of_it),
                    sum(one.kept for one in of_it),
                )
            )
    return found


def large_first(those: Sequence[OfNature]) -> bool | None:
    """Whether no other employer was asked before the first large or middle state firm; None where nobody was asked."""
    large = [one.first_asked for one in those if one.nature == Employer.Nature.STATE_LARGE and one.first_asked]
    others = [one.first_asked for one in those if one.nature != Employer.Nature.STATE_LARGE and one.first_asked]
    if not large:
        return False if others else None
    return not others or large[0] <= min(others)


def at_work(employer: Employer, among: QuerySet[Graduate]) -> list[Outcome]:
    """The people behind the places kept, each once with the latest work, those of them that the asker sees: who is there first."""
    rows = _kept(Employer.objects.filter(pk=employer.pk)).filter(graduate__in=among)
    latest = {one.graduate_id: one for one in rows.select_related("graduate__federation").order_by("number")}
    return sorted(latest.values(), key=lambda one: (one.ended_on is not None, one.on, one.graduate.reference))


def _kept(employers: QuerySet[Employer]) -> QuerySet[Outcome]:
    """Work that began there by the union's help, whatever became of it since."""
    return Outcome.objects.filter(employer__in=employers, by_aid=True, kind=Outcome.Kind.EMPLOYED).order_by()


def _by_employer(rows: QuerySet[Opening, tuple[UUID, int]] | QuerySet[Outcome, tuple[UUID, int]]) -> Mapping[UUID, int]:
    return dict(rows)


def _order(asked: Asked) -> tuple[int, date, str]:
    one = asked.one
    return _NATURES.index(one.nature), one.asked_on or date.max, one.name
