"""Ask the files: whose household is this, which level is that school, who is in school, who graduates."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Prefetch, Q, QuerySet, Value

from huigong.matching import engine
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry import words
from huigong.registry.alike import Candidate, Person, households_at, judged, keys_for, opened
from huigong.registry.child_marks import GRADUATING
from huigong.registry.employing import marks_of_employer
from huigong.registry.models import ChildMark, Household, Member, School
from huigong.registry.overlapping import Need as Need  # noqa: PLC0414  every programme asks through this one door
from huigong.registry.overlapping import Overlap as Overlap  # noqa: PLC0414
from huigong.registry.overlapping import overlaps as overlaps  # noqa: PLC0414
from huigong.values.school_year import graduates_in, last_finished

_AT_A_TIME = 400
_STANDS = "在档"
_WIDE = ("household__imported", "household__details")
"""What the last import said and the rest of the form: nobody asks for it where children are looked for."""


def households_for(officer: Officer) -> QuerySet[Household]:
    """The files of the federations in an officer's scope; those that a unit in it keeps, or that name it as employer; those
    that a union sent there.
    """
    if organisations.serves_all(officer):
        return (
            Household.objects.all()
        )  # every file is of a federation below the one top: nothing is held against the tree
    scope = organisations.scope_of(officer)
    mine = Q(federation__in=scope) | Q(unit__in=scope) | Q(moving_to__in=scope)
    if officer.organisation.kind != Organisation.Kind.FEDERATION:
        mine |= Q(pk__in=marks_of_employer(officer).values("household"))
    return Household.objects.filter(mine)


def on_file_for(officer: Officer) -> QuerySet[Household]:
    """Those of them that stand (在档)."""
    return households_for(officer).filter(file_status__startswith=_STANDS)


def file_for(officer: Officer, pk: UUID) -> Household | None:
    """One file in an officer's scope."""
    return households_for(officer).select_related("federation", "unit", "moving_to").filter(pk=pk).first()


def households_by_parent(indexes: Iterable[str]) -> dict[str, Household]:
    """For each blind index of an identity number the household whose worker, or else whose adult, bears it.

    Members come along. One family has one file: the spouse who fills in the form leads to the same household. Where a
    person stands in several files, one that stands (在档) goes before one that was closed, then the lower number.
    """
    wanted = sorted({index for index in indexes if index})
    found: dict[str, Household] = {}
    for start in range(0, len(wanted), _AT_A_TIME):
        part = wanted[start : start + _AT_A_TIME]
        for household in _standing_first(_with_members(id_number_index__in=part)):
            found.setdefault(household.id_number_index, household)
        found |= _households_of_adults([index for index in part if index not in found])
    return found


def _households_of_adults(indexes: Sequence[str]) -> dict[str, Household]:
    adults = Member.objects.filter(id_number_index__in=indexes, is_in_file=True).exclude(relationship__in=words.CHILD)
    bearers = dict[UUID, list[str]]()
    for index, household_id in adults.values_list("id_number_index", "household_id"):
        bearers.setdefault(household_id, []).append(index)
    found: dict[str, Household] = {}
    for household in _standing_first(_with_members(pk__in=bearers)) if bearers else ():
        for index in bearers[household.pk]:
            found.setdefault(index, household)
    return found


def _with_members(**wanted: object) -> QuerySet[Household]:
    """Without what the last import said, which nobody asks of a file that is looked up."""
    members = Prefetch("members", Member.objects.filter(is_in_file=True).order_by("position"))
    files = Household.objects.filter(**wanted).defer("imported")
    return files.select_related("federation").prefetch_related(members)


def _standing_first(households: Iterable[Household]) -> list[Household]:
    return sorted(households, key=lambda household: (not household.is_enrolled, household.file_number))


def school_levels(*, on: date) -> dict[str, str]:
    """The register on a day: level by plain name. A school that stands on two levels that day tells nothing."""
    standing = School.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_until=None) | Q(valid_until__gte=on)
    )
    levels: dict[str, set[str]] = {}
    for name, level in standing.values_list("plain_name", "level"):
        levels.setdefault(name, set()).add(level)
    return {name: next(iter(known)) for name, known in sorted(levels.items()) if len(known) == 1}


def candidates(officer: Officer, person: Person) -> list[Candidate]:
    """Whoever on file in the officer's scope is this person or may be, the surest first; each with its reasons.

    Twins, siblings, namesakes and who only shares a telephone are told by the case's name, and are nobody's double.
    """
    return candidates_in(households_for(officer), person)


def candidates_in(within: QuerySet[Household], person: Person) -> list[Candidate]:
    """The same of these files, whoever asks."""
    files = list(_with_members(pk__in=within.filter(pk__in=households_at(keys_for(person)))))
    by_pk = {one.pk: one for one in files}
    people = opened(files)
    found = [
        Candidate(by_pk[one.household_id], one.position, one.person.name, judgement)
        for one, judgement in zip(people, judged(person, people), strict=True)
        if judgement.answer != engine.DIFFERENT or judgement.case
    ]
    return sorted(found, key=lambda one: (-one.judgement.probability, one.household.file_number, one.position))


def children_in_school(city: Organisation, *, levels: Collection[str], passing_over: Collection[str]) -> list[Member]:
    """Children at these levels, on file and studying, without those whose index is passed over: families to visit."""
    members = _below(_children(levels), city).filter(household__file_status__startswith=_STANDS)
    members = members.order_by("household__file_number", "position")
    return [member for member in members.iterator(chunk_size=2000) if member.id_number_index not in passing_over]


def some_children(
    files: QuerySet[Household],
    homes: Sequence[UUID],
    *,
    levels: Collection[str],
    passing_over: QuerySet[Any],
    most: int,
) -> list[Member]:
    """So many of them, federation by federation and the earliest entered first; of these files where there are no federations.

    `passing_over` is asked child by child, by its index; one without a number is in no list of numbers.
    """
    marks = ChildMark.objects.filter(at_school__in=_with_higher(levels))
    return _some(marks.filter(~Exists(passing_over)), files, homes, most)


def graduates(city: Organisation, *, year: int) -> list[Member]:
    """Children whose higher or vocational schooling ends this year by entry year and length (入学年份 + 学制)."""
    members = _below(_graduates(year), city).order_by("household__file_number", "position")
    return list(members.iterator(chunk_size=2000))


def some_graduates(
    files: QuerySet[Household], homes: Sequence[UUID], *, year: int, passing_over: QuerySet[Any], most: int
) -> list[Member]:
    """So many of them who have no work by their file, as `some_children`."""
    marks = ChildMark.objects.filter(leaves_in=year)
    return _some(marks.filter(~Exists(passing_over)), files, homes, most)


def _some(marks: QuerySet[ChildMark], files: QuerySet[Household], homes: Sequence[UUID], most: int) -> list[Member]:
    """One office after another: each is a walk along an index that stops as soon as there are enough."""
    found: list[UUID] = []
    for part in [marks.filter(federation=one) for one in homes] or [marks.filter(household__in=files)]:
        found += part.order_by("member").values_list("member", flat=True)[: most - len(found)]
        if len(found) == most:
            break
    members = Member.objects.select_related("household__federation").defer(*_WIDE).order_by("pk")
    # By their keys, as a second question: joined to the marks, a database reads wide rows to sort them.
    parts = [found[start : start + _AT_A_TIME] for start in range(0, len(found), _AT_A_TIME)]
    return [one for part in parts for one in members.filter(pk__in=part)]


def _below(members: QuerySet[Member], city: Organisation) -> QuerySet[Member]:
    mine = members.filter(household__federation__path__startswith=city.path)
    return mine.select_related("household", "household__federation")


def _children(levels: Collection[str]) -> QuerySet[Member]:
    return Member.objects.filter(
        is_in_file=True,
        relationship__in=words.CHILD,
        education_level__in=_with_higher(levels),
        occupation__in=words.STUDYING,
    )


def _with_higher(levels: Collection[str]) -> set[str]:
    """A file's word for any higher education stands for each of them."""
    return {*levels, "higher"} if {"higher_vocational", "undergraduate"} & set(levels) else set(levels)


def _graduates(year: int) -> QuerySet[Member]:
    return Member.objects.filter(
        is_in_file=True,
        household__file_status__startswith=_STANDS,
        relationship__in=words.CHILD,
        education_level__in=GRADUATING,
        entry_year=Value(year) - F("length_years"),
    )


def is_studying_child(member: Member) -> bool:
    """Whether a member is a child of the worker's who is at school, whatever the level."""
    return member.relationship in words.CHILD and member.occupation in words.STUDYING


def is_past_schooling(member: Member, *, on: date) -> bool:
    """Whether a child is told to be at school whose schooling is over by entry year and length: where it went is to be asked."""
    if not is_studying_child(member) or member.entry_year is None or member.length_years is None:
        return False
    return graduates_in(entry_year=member.entry_year, length_years=member.length_years) <= last_finished(on)


def enrolled_by_federation(city: Organisation) -> dict[str, int]:
    """Households on file by the name of their federation, in the order of codes."""
    counts: dict[str, int] = {}
    rows = Household.objects.filter(federation__path__startswith=city.path, file_status__startswith=_STANDS)
    for name in rows.order_by("federation__code").values_list("federation__name", flat=True).iterator(chunk_size=5000):
        counts[name] = counts.get(name, 0) + 1
    return counts
