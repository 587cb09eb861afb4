"""Keep what is made from files beside them: search keys and marks. One hook, called where files are written.

Whoever changes a household, its members or its aid calls `follow` in the same transaction. What is written here is told by
no event: it says nothing that the files do not say, and `index` makes it again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.organisations.queries import plain_unit
from huigong.registry import child_marks, words
from huigong.registry.aid_standing import standing_aid
from huigong.registry.joined import files_within, kept_above
from huigong.registry.keys import Key, keys_of_case, keys_of_file, row
from huigong.registry.models import ChildMark, FileMark, Household, Member, SearchKey
from huigong.vault import actions as vault

Place = TypeVar("Place")
_AT_A_TIME = 500
_CHANGES = ("household.imported", "household.amended", "file.drafted", "file.moved")


@dataclass(frozen=True, slots=True)
class Case:
    """A case as an upper floor tells it: found by its student and its worker."""

    reference: str
    federation_id: UUID
    worker_name: str
    student_name: str


@dataclass(frozen=True, slots=True)
class Astray:
    """What an index run found: files looked at, keys that were missing, keys that lead nowhere any more, marks that were wrong."""

    files: int = 0
    missing: int = 0
    surplus: int = 0
    marks: int = 0

    def __add__(self, other: "Astray") -> "Astray":
        return Astray(
            self.files + other.files,
            self.missing + other.missing,
            self.surplus + other.surplus,
            self.marks + other.marks,
        )


def follow(households: Iterable[Household], *, on: date) -> None:
    """These files were written on a day: their keys and marks are made to say what they say now."""
    chosen = list({one.pk: one for one in households}.values())
    for start in range(0, len(chosen), _AT_A_TIME):
        part = chosen[start : start + _AT_A_TIME]
        _renew(part, {one.pk: on for one in part})


def aided(household_ids: Iterable[UUID], *, on: date) -> None:
    """These households were given aid on a day; an earlier day than the last one changes nothing."""
    wanted = sorted(kept_above(household_ids))
    for start in range(0, len(wanted), _AT_A_TIME):
        marks = FileMark.objects.filter(pk__in=wanted[start : start + _AT_A_TIME])
        marks.filter(aided_on=None).update(aided_on=on)
        marks.filter(aided_on__lt=on).update(aided_on=on)


def aid_returned(household_id: UUID) -> None:
    """Something of the aid of this household came back: it was aided last when what stands was given."""
    kept = kept_above([household_id])
    last = _last_aid(kept)
    for pk in kept:
        FileMark.objects.filter(pk=pk).update(aided_on=last.get(pk))


def _last_aid(households: Iterable[UUID]) -> dict[UUID, date]:
    """The last day on which each was given aid of which something stands; what a merged file was given is the kept one's too."""
    within = files_within(households)
    found = dict[UUID, date]()
    given = standing_aid().filter(household__in=within).order_by().values_list("household")
    for pk, day in given.annotate(Max("given_on")):
        for whose in within[pk]:
            found[whose] = max(day, found.get(whose, day))
    return found


def follow_cases(cases: Iterable[Case]) -> None:
    """These cases were opened, or their names changed."""
    chosen = list(cases)
    for start in range(0, len(chosen), _AT_A_TIME):
        part = {one.reference: one for one in chosen[start : start + _AT_A_TIME]}
        standing = keys_standing(part)
        wanted = {
            (one.reference, one.federation_id, key)
            for one in part.values()
            for key in keys_of_case(one.worker_name, one.student_name)
        }
        gone, missing = _difference(
            {(key.case_reference, key.federation_id, _as_key(key)): key.pk for key in standing}, wanted
        )
        _write(gone, [row(key, federation, case_reference=reference) for reference, federation, key in missing])


def keys_standing(references: Iterable[str]) -> QuerySet[SearchKey]:
    """The keys of these cases. Their index is of rows with a case only: SQLite takes it where the question says so too."""
    return SearchKey.objects.filter(case_reference__gt="", case_reference__in=references)


def is_behind() -> bool:
    """Whether there are files, or children on file, and none of them has a mark: they are from before there were any."""
    if Household.objects.exists() and not FileMark.objects.exists():
        return True
    at_school = Member.objects.filter(is_in_file=True, relationship__in=words.CHILD, occupation__in=words.STUDYING)
    return not ChildMark.objects.exists() and at_school.exists()


def index() -> Iterator[Astray]:
    """Make keys and marks of every file again, some hundred a transaction; what each part had astray. Again it finds nothing."""
    changed = {one.subject: timezone.localdate(one.at) for one in audit.told_of(*_CHANGES)}
    last = ""
    while True:
        with transaction.atomic():
            part = list(Household.objects.filter(file_number__gt=last).order_by("file_number")[:_AT_A_TIME])
            if not part:
                return
            last = part[-1].file_number
            told = {one.pk: changed.get(one.file_number) for one in part}
            astray = _renew(part, told)
        yield astray


def _renew(households: Sequence[Household], changed: Mapping[UUID, date | None]) -> Astray:
    """Keys and marks of some hundred files; `changed` says when each was last written, None for as its mark says."""
    vault.warm(one.data_key_id for one in households)
    members = defaultdict[UUID, list[Member]](list)
    for member in Member.objects.filter(household__in=households):
        members[member.household_id].append(member)
    wanted: set[tuple[UUID | None, UUID, Key]] = {
        (one.pk, one.federation_id, key) for one in households for key in keys_of_file(one, members[one.pk])
    }
    standing = SearchKey.objects.filter(household__in=households)
    gone, missing = _difference(
        {(key.household_id, key.federation_id, _as_key(key)): key.pk for key in standing}, wanted
    )
    _write(gone, [row(key, federation, household_id=pk) for pk, federation, key in missing])
    marks = _mark(households, changed) + child_marks.renew(households, members)
    return Astray(len(households), len(missing), len(gone), marks)


def _difference(standing: Mapping[Place, int], wanted: set[Place]) -> tuple[list[int], list[Place]]:
    """Rows that lead nowhere any more, and places that nothing leads to yet."""
    gone = [pk for place, pk in standing.items() if place not in wanted]
    return gone, sorted(wanted - standing.keys(), key=str)


def _as_key(one: SearchKey) -> Key:
    return Key(one.kind, bytes(one.key), one.position)


def _write(gone: Sequence[int], fresh: Sequence[SearchKey]) -> None:
    for start in range(0, len(gone), _AT_A_TIME):
        SearchKey.objects.filter(pk__in=gone[start : start + _AT_A_TIME]).delete()
    SearchKey.objects.bulk_create(fresh, batch_size=2 * _AT_A_TIME)


def _mark(households: Sequence[Household], changed: Mapping[UUID, date | None]) -> int:
    """Write the marks of these files; how many were missing or said something else."""
    standing = FileMark.objects.in_bulk([one.pk for one in households])
    aid = _last_aid(one.pk for one in households)
    marks = [_mark_of(one, changed[one.pk], aid.get(one.pk), standing.get(one.pk)) for one in households]
    astray = [mark for mark in marks if _said(mark) != _said(standing.get(mark.pk))]
    columns = [column.name for column in FileMark._meta.concrete_fields if not column.primary_key]
    FileMark.objects.bulk_create(
        astray, batch_size=_AT_A_TIME, update_conflicts=True, unique_fields=("household",), update_fields=columns
    )
    return len(astray)


def _mark_of(household: Household, changed: date | None, aid: date | None, before: FileMark | None) -> FileMark:
    # A file that no event tells of was written by no action: it counts as old.
    day = changed or (before.changed_on if before else date(2000, 1, 1))
    return FileMark(
        household_id=household.pk,
        federation_id=household.federation_id,
        file_number=household.file_number,
        stands=household.is_enrolled,
        is_complete=not household.lacking,
        changed_on=day,
        aided_on=aid,
        unit_name=plain_unit(household.employer),
    )


def _said(mark: FileMark | None) -> tuple[object, ...]:
    if mark is None:
        return ()
    return tuple(getattr(mark, column.attname) for column in FileMark._meta.concrete_fields)
