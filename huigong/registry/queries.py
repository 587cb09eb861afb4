"""Ask the files: whose household is this, which level is that school, who is in school, who graduates."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry import words
from huigong.registry.models import AidGiven, Household, Member, School

_AT_A_TIME = 400


def households_for(officer: Officer) -> QuerySet[Household]:
    """The files of the federations in an officer's scope."""
    return Household.objects.filter(federation__in=organisations.scope_of(officer))


def households_by_parent(indexes: Iterable[str]) -> dict[str, Household]:
    """For each blind index of an identity number the household whose worker, or else whose adult, bears it.

    Members come along. One family has one file: the spouse who fills in the form leads to the same household.
    """
    wanted = sorted({index for index in indexes if index})
    found: dict[str, Household] = {}
    members = Prefetch("members", Member.objects.filter(is_in_file=True).order_by("position"))
    for start in range(0, len(wanted), _AT_A_TIME):
        part = wanted[start : start + _AT_A_TIME]
        workers = Household.objects.filter(id_number_index__in=part).order_by("file_number")
        for household in workers.select_related("federation").prefetch_related(members):
            found.setdefault(household.id_number_index, household)
        rest = [index for index in part if index not in found]
        adults = Member.objects.filter(id_number_index__in=rest, is_in_file=True).exclude(relationship__in=words.CHILD)
        for member in adults.order_by("household__file_number"):
            household = (
                Household.objects.select_related("federation").prefetch_related(members).get(pk=member.household_id)
            )
            found.setdefault(member.id_number_index, household)
    return found


def school_levels(*, on: date) -> dict[str, str]:
    """The register on a day: level by plain name."""
    standing = School.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_until=None) | Q(valid_until__gte=on)
    )
    return dict(standing.order_by("plain_name", "level").values_list("plain_name", "level"))


def aided(person_indexes: Iterable[str], *, need: str) -> dict[str, set[str]]:
    """For each person the cases that gave aid for a need."""
    wanted, cases = set(person_indexes), dict[str, set[str]]()
    for index, reference in AidGiven.objects.filter(need=need).values_list("person_index", "case_reference"):
        if index in wanted:
            cases.setdefault(index, set()).add(reference)
    return cases


def children_in_school(city: Organisation, *, levels: Collection[str], passing_over: Collection[str]) -> list[Member]:
    """Children at these levels, on file and studying, without those whose index is passed over: families to visit."""
    wanted = set(levels)
    if wanted & {"higher_vocational", "undergraduate"}:
        wanted.add("higher")
    members = (
        Member.objects.filter(
            household__federation__path__startswith=city.path,
            household__file_status__startswith="在档",
            is_in_file=True,
            relationship__in=words.CHILD,
            education_level__in=wanted,
            occupation__in=words.STUDYING,
        )
        .select_related("household", "household__federation")
        .order_by("household__file_number", "position")
    )
    return [member for member in members.iterator(chunk_size=2000) if member.id_number_index not in passing_over]


def graduates(city: Organisation, *, year: int) -> list[Member]:
    """Children whose higher or vocational schooling ends this year by entry year and length (入学年份 + 学制)."""
    members = Member.objects.filter(
        household__federation__path__startswith=city.path,
        is_in_file=True,
        relationship__in=words.CHILD,
        education_level__in=("higher", "higher_vocational", "undergraduate", "postgraduate"),
        entry_year__isnull=False,
        length_years__isnull=False,
    ).select_related("household")
    return [
        member
        for member in members.order_by("household__file_number", "position").iterator(chunk_size=2000)
        if (member.entry_year or 0) + (member.length_years or 0) == year
    ]


def in_school_by_household(household_ids: Iterable[object]) -> Mapping[object, int]:
    """How many members of each household are at school, whatever the level."""
    counts: dict[object, int] = {}
    wanted = set(household_ids)
    rows = Member.objects.filter(is_in_file=True, occupation__in=words.STUDYING).values_list("household_id", flat=True)
    for household_id in rows.iterator(chunk_size=5000):
        if household_id in wanted:
            counts[household_id] = counts.get(household_id, 0) + 1
    return counts


def is_studying_child(member: Member) -> bool:
    """Whether a member is a child of the worker's who is at school, whatever the level."""
    return member.relationship in words.CHILD and member.occupation in words.STUDYING
