"""Keep the marks of children beside them: who is at school on a file that stands, and when who finishes without work."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from huigong.registry import words
from huigong.registry.models import ChildMark, Household, Member
from huigong.values.school_year import graduates_in

GRADUATING = ("higher", "higher_vocational", "undergraduate", "postgraduate")
"""Levels whose end makes a graduate."""
_COLUMNS = [column.name for column in ChildMark._meta.concrete_fields if not column.primary_key]
_AT_A_TIME = 500


def renew(households: Sequence[Household], members: Mapping[UUID, Iterable[Member]]) -> int:
    """Make the marks of these files' children say what they say now; how many were missing, too many or said something else."""
    wanted = {
        mark.pk: mark for home in households for one in members[home.pk] if (mark := _mark_of(one, home)) is not None
    }
    standing = {mark.pk: mark for mark in ChildMark.objects.filter(household__in=households)}
    gone = [pk for pk in standing if pk not in wanted]
    astray = [mark for pk, mark in wanted.items() if _said(mark) != _said(standing.get(pk))]
    for start in range(0, len(gone), _AT_A_TIME):
        ChildMark.objects.filter(pk__in=gone[start : start + _AT_A_TIME]).delete()
    ChildMark.objects.bulk_create(
        astray, batch_size=_AT_A_TIME, update_conflicts=True, unique_fields=("member",), update_fields=_COLUMNS
    )
    return len(gone) + len(astray)


def _mark_of(one: Member, home: Household) -> ChildMark | None:
    if not one.is_in_file or one.relationship not in words.CHILD:
        return None
    at_school = one.education_level if home.is_enrolled and one.occupation in words.STUDYING else ""
    leaves_in = _leaves_in(one)
    if not at_school and leaves_in is None:
        return None
    return ChildMark(
        member_id=one.pk,
        household_id=home.pk,
        federation_id=home.federation_id,
        person_index=one.id_number_index,
        at_school=at_school,
        leaves_in=leaves_in,
    )


def _leaves_in(one: Member) -> int | None:
    if one.education_level not in GRADUATING or one.occupation in words.GRADUATED_EMPLOYED:
        return None
    if one.entry_year is None or one.length_years is None:
        return None
    return graduates_in(entry_year=one.entry_year, length_years=one.length_years)


def _said(mark: ChildMark | None) -> tuple[object, ...]:
    return () if mark is None else tuple(getattr(mark, column.attname) for column in ChildMark._meta.concrete_fields)
