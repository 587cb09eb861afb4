"""One household, one file: take one file into another, take them apart again to the byte, or say that they are not one."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.lifecycle import actions as lifecycle
from huigong.registry import derived, details
from huigong.registry.actions.edit import locked_file, refuse_erased, write
from huigong.registry.choosing import taken_from
from huigong.registry.columns import KINSHIP, MERGE, file_told
from huigong.registry.fields import ENCRYPTED, set_value, value_of
from huigong.registry.lifecycle import CHECKED, ENROLLED, MERGED, MOVING, NEXT, ON_NOTICE, REPORTED, WORDS
from huigong.registry.models import Household, Kinship, Member, Merge
from huigong.registry.pictures import picture_of
from huigong.values.sentence import SaidError, Sentence

_FAR = {REPORTED: 1, CHECKED: 2, ON_NOTICE: 3, ENROLLED: 4}
"""How far a file is; one that is no more than begun, or that left, is nowhere."""
_SECRETS = ENCRYPTED | {"details", "imported"}


@transaction.atomic
def merge(
    kept: Household,
    absorbed: Household,
    *,
    versions: tuple[int, int],
    reason: str,
    officer: str,
    at: datetime,
    theirs: Collection[str] = (),
) -> Merge:
    """Take `absorbed` into `kept`: its worker and members become members where they are not yet, an empty field is filled.

    What is filled is overwritten only where a person chose the other file's value (`theirs`, names of fields); an empty
    one never overwrites. Aid stays with the file that it was given to, and stands in the record of the kept one.
    """
    _refuse_itself(kept, absorbed)
    first, second = sorted((kept, absorbed), key=lambda one: one.pk)
    version_of = {kept.pk: versions[0], absorbed.pk: versions[1]}
    locked = {one.pk: locked_file(one, version=version_of[one.pk]) for one in (first, second)}
    into, from_ = locked[kept.pk], locked[absorbed.pk]
    if not reason.strip() or MOVING in {into.status, from_.status}:
        raise SaidError(
            Sentence(
                "merge_unready",
                "并档要写理由；转出中的档案先办完转出。",
                "A merge needs a reason, and no file that moves.",
            )
        )
    _refuse_less(into, from_)
    made = Merge(kept=into, absorbed=from_, data_key_id=into.data_key_id, by=officer, at=at)
    made.snapshot, made.reason = (
        json.dumps({"kept": picture_of(into), "absorbed": picture_of(from_)}, sort_keys=True),
        reason.strip()[:500],
    )
    made.save(force_insert=True)
    _gather(into, from_)
    taken = taken_from(from_, into, theirs, today=timezone.localdate(at))
    details.set_all(into, taken)
    write(into, ["members", *(field.name for field in taken)], officer=officer, at=at)
    _move(from_, MERGED, WORDS[MERGED][0], officer=officer, at=at)
    _tell(made, "file.merged", officer=officer, at=at)
    return made


@transaction.atomic
def take_apart(made: Merge, *, officer: str, at: datetime) -> None:
    """Undo a merge: both files as they stood before it. Raises SaidError where the file was changed since."""
    locked = Merge.objects.select_for_update(of=("self",)).select_related("kept", "absorbed").get(pk=made.pk)
    into = Household.objects.select_for_update().get(pk=locked.kept_id)
    from_ = Household.objects.select_for_update().get(pk=locked.absorbed_id)
    refuse_erased(into)
    pictures = json.loads(locked.snapshot.plain())
    if locked.undone_at is not None or into.version != pictures["kept"]["version"] + 1:
        raise SaidError(
            Sentence(
                "merge_built_on",
                "并档之后这份档案又改过（或已撤销过），不能整份还原；请先把后来的改动记下，再逐项改回。",
                "The file was changed since the merge, or it was undone before: it cannot be restored as a whole.",
            )
        )
    into.members.filter(from_merge=locked.pk).delete()
    for household in (into, from_):
        _restore(household, pictures["kept" if household is into else "absorbed"])
    locked.undone_by, locked.undone_at = officer, at
    locked.save(update_fields=["undone_by", "undone_at"])
    write_back(into, officer=officer, at=at)
    _move(from_, pictures["absorbed"]["status"], from_.file_status, officer=officer, at=at)
    _tell(locked, "file.taken_apart", officer=officer, at=at)


@transaction.atomic
def say_of(one: Household, other: Household, outcome: str, why: str, *, officer: str, at: datetime) -> Kinship:
    """Say that two files are not one household, or leave them for later, naming the case."""
    made = Kinship(one=one, other=other, outcome=outcome, why=why, by=officer, at=at)
    made.save(force_insert=True)
    told = {"kinship": str(made.pk), "columns": KINSHIP.told(made)}
    audit.record("file.compared", subject=one.file_number, officer=officer, at=at, payload=told)
    return made


def write_back(household: Household, *, officer: str, at: datetime) -> None:
    """The restored file, as a new version of its own; what it lacks is what it lacked."""
    household.version += 1
    household.save()
    derived.follow([household], on=timezone.localdate(at))
    told = file_told(household, household.members.order_by("position"))
    audit.record("household.amended", subject=household.file_number, officer=officer, at=at, payload=told)


def _refuse_itself(kept: Household, absorbed: Household) -> None:
    if kept.pk == absorbed.pk:
        raise SaidError(
            Sentence("merge_of_one", "一份档案不能并入自己，请选另一份。", "A file is not merged into itself.")
        )


def _refuse_less(into: Household, from_: Household) -> None:
    """Raises SaidError where the file that stays is less far than the one that goes: the family would lose its standing."""
    if _FAR.get(into.status, 0) < _FAR.get(from_.status, 0):
        raise SaidError(
            Sentence(
                "merge_backwards",
                f"{from_.file_number} {WORDS[from_.status][0]}，{into.file_number} 只是{WORDS[into.status][0]}；"
                "请反过来，把办得少的并入办得多的。",
                f"{from_.file_number} is {WORDS[from_.status][1]} and {into.file_number} only {WORDS[into.status][1]}: "
                "merge the lesser one into the other.",
            )
        )


def _gather(into: Household, from_: Household) -> None:
    """The absorbed file's worker and members as members of the kept one, whoever is not there yet."""
    there = {one.id_number_index for one in into.members.all()} | {into.id_number_index}
    places = list(into.members.values_list("position", flat=True))
    position = max(places, default=0)
    made = Merge.objects.filter(kept=into, absorbed=from_, undone_at=None).get()
    worker = {
        "name": from_.worker_name,
        "relationship": "",
        "id_number": value_of(from_, "id_number"),
        "details": details.details_of(from_),
    }
    others = [
        {
            name: value_of(one, name)
            for name in (
                "name",
                "relationship",
                "id_number",
                "education_level",
                "school",
                "entry_year",
                "length_years",
                "occupation",
            )
        }
        | {"details": details.details_of(one)}
        for one in from_.members.filter(is_in_file=True).order_by("position")
    ]
    for person in (worker, *others):
        fresh = Member(household=into, data_key_id=into.data_key_id, position=position + 1, from_merge=made.pk)
        own = person.pop("details")
        for name, value in person.items():
            set_value(fresh, name, value)
        if fresh.id_number_index and fresh.id_number_index in there:
            continue
        fresh.details = json.dumps(own, ensure_ascii=False, sort_keys=True) if own else None
        fresh.save(force_insert=True)
        position += 1


def _move(household: Household, to: str, word: str, *, officer: str, at: datetime) -> None:
    household.file_status, household.imported_digest = word, ""
    payload = file_told(household, household.members.order_by("position"))
    lifecycle.advance(
        household,
        to,
        next_table=NEXT,
        officer=officer,
        at=at,
        action="file.moved",
        subject=household.file_number,
        payload=payload,
    )
    household.save()
    derived.follow([household], on=timezone.localdate(at))


def _restore(household: Household, picture: dict[str, Any]) -> None:
    _put_back(household, picture["columns"])
    standing = {one.pk.hex: one for one in household.members.all()}
    for told in picture["members"]:
        member = standing[told["id"]]
        _put_back(member, {name: value for name, value in told.items() if name != "id"})
        member.save()


def _put_back(row: Model, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        column = row._meta.get_field(name)
        setattr(row, name, value if name in _SECRETS else column.to_python(value))  # type: ignore[union-attr]


def _tell(made: Merge, action: str, *, officer: str, at: datetime) -> None:
    told = {"merge": str(made.pk), "columns": MERGE.told(made)}
    audit.record(action, subject=made.kept.file_number, officer=officer, at=at, payload=told)
