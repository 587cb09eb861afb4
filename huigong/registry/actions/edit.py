"""Change a household file on its page: the fields of one section at once, held to the version that the person saw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars import routing
from huigong.lifecycle import actions as lifecycle
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.registry import derived, details
from huigong.registry.columns import file_told
from huigong.registry.file_form import Field, form_on
from huigong.registry.lifecycle import DRAFT, ERASED, MERGED, WORDS
from huigong.registry.models import Household, Member
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault
from huigong.vault import blind

_PLACES = 100_000


class StaleFileError(SaidError):
    """Somebody changed the file since it was opened: nothing was written."""


@transaction.atomic
def edit(household: Household, values: Mapping[Field, Any], *, version: int, officer: str, at: datetime) -> Household:
    """Set fields of the file itself. Raises StaleFileError, or SaidError for a file that was merged into another."""
    locked = locked_file(household, version=version)
    _refuse_own(values)
    details.set_all(locked, values)
    write(locked, [field.name for field in values], officer=officer, at=at)
    return locked


@transaction.atomic
def edit_member(
    household: Household, position: int, values: Mapping[Field, Any], *, version: int, officer: str, at: datetime
) -> Household:
    """Set fields of a family member; a position that nobody has yet is a new member."""
    locked = locked_file(household, version=version)
    member = locked.members.filter(position=position).first() or Member(
        household=locked, data_key_id=locked.data_key_id, position=position
    )
    details.set_all(member, values)
    if not member.name:
        raise SaidError(Sentence("member_unnamed", "家庭成员要有姓名。", "A family member needs a name."))
    member.save()
    write(locked, [f"members.{position}.{field.name}" for field in values], officer=officer, at=at)
    return locked


@transaction.atomic
def take_out(household: Household, position: int, *, version: int, officer: str, at: datetime) -> Household:
    """A member is gone from the family: kept and marked, so that what was decided with them can be read."""
    locked = locked_file(household, version=version)
    member = locked.members.get(position=position)
    member.is_in_file = False
    member.save(update_fields=["is_in_file"])
    write(locked, [f"members.{position}.is_in_file"], officer=officer, at=at)
    return locked


@transaction.atomic
def draft(values: Mapping[Field, Any], *, officer: Officer, at: datetime) -> Household:
    """Begin a file at the officer's own office, or for their unit at the centre to which the circular at work sends files.

    A person who has a file already is named, never filed twice.
    """
    unit, here = officer.organisation, organisations.federation_of(officer.organisation)
    desk = routing.desk_of_file(unit, on=timezone.localdate(at))
    home = desk.federation if desk else here
    _refuse_own(values)
    household = Household(
        file_number=_next_number(home.code, at),
        federation=home,
        unit=unit if unit != here else None,
        data_key=vault.new_data_key(),
        county=home.name.removesuffix("总工会"),
        file_status=WORDS[DRAFT][0],
    )
    details.set_all(household, values)
    _refuse_second_file(household)
    lifecycle.begin(household, DRAFT, at=at)
    details.note_lacking(household, (), form_on(timezone.localdate(at)))
    household.save(force_insert=True)
    derived.follow([household], on=timezone.localdate(at))
    told = {"to": DRAFT, **file_told(household, ())}
    audit.record("file.drafted", subject=household.file_number, officer=officer.username, at=at, payload=told)
    return household


def locked_file(household: Household, *, version: int) -> Household:
    """The file under its lock. Raises StaleFileError where it is no longer the version that was seen."""
    locked = Household.objects.select_for_update(of=("self",)).select_related("federation").get(pk=household.pk)
    if locked.version != version:
        raise StaleFileError(
            Sentence(
                "file_stale",
                f"档案 {locked.file_number} 在您打开之后有人改过，这次没有写入；您填的都还在，请逐项看看再存。",
                f"File {locked.file_number} was changed since you opened it; nothing was written and what you typed is "
                "still here: look at each field and save again.",
            )
        )
    refuse_erased(locked)
    if locked.status == MERGED:
        raise SaidError(
            Sentence(
                "file_merged",
                f"档案 {locked.file_number} 已并入别的档案，不再单独修改；要改请先撤销并档。",
                f"File {locked.file_number} was merged into another and is not changed by itself: undo the merge first.",
            )
        )
    return locked


def refuse_erased(household: Household) -> None:
    """Raises SaidError where the file's time was over and nothing of it can be read or written any more."""
    if household.status == ERASED:
        raise SaidError(
            Sentence(
                "file_erased",
                f"档案 {household.file_number} 已到期销毁，只留编号和办过的事，不再修改；这一家又有困难的，请新建一份。",
                f"File {household.file_number} was erased when its time was over; only its number and what was done are left. "
                "Where the family is in need again, begin a new file.",
            )
        )


def write(household: Household, names: list[str], *, officer: str, at: datetime) -> None:
    """Save a locked file as a new version, with what it lacks, its keys and marks, and the event that tells its columns."""
    members = list(household.members.order_by("position"))
    details.note_lacking(household, members, form_on(timezone.localdate(at)))
    household.imported_digest = ""  # so that the next import compares the file, whatever that says
    household.version += 1
    household.save()
    # What was written, as a keyed digest: history can tell that two edits were the same, and not what they said.
    told = {"fields": sorted(names), "content": blind.digest("household", household.file_number, *sorted(names))}
    told |= file_told(household, members)
    derived.follow([household], on=timezone.localdate(at))
    audit.record("household.amended", subject=household.file_number, officer=officer, at=at, payload=told)


def _refuse_own(values: Mapping[Field, Any]) -> None:
    for field in values:
        if field.name == "file_number" or field.is_derived:
            raise SaidError(
                Sentence("field_not_amendable", f"“{field.zh}”不能手改。", f"“{field.en}” is not set by hand.")
            )


def _refuse_second_file(household: Household) -> None:
    index = household.id_number_index
    if not index:
        raise SaidError(
            Sentence("file_unidentified", "建档要有职工的身份证号。", "A file needs the worker's identity number.")
        )
    other = Household.objects.filter(id_number_index=index).exclude(status=MERGED).select_related("federation").first()
    if other is None:
        member = Member.objects.filter(id_number_index=index, is_in_file=True).select_related("household__federation")
        found = member.exclude(household__status=MERGED).first()
        other = found.household if found else None
    if other is not None:
        where = other.federation.name
        raise SaidError(
            Sentence(
                "file_exists",
                f"此人已有档案，归{where}管；一户一档，请联系{where}，不重复建档。",
                f"This person is on file already, with {where}: one household, one file; ask them.",
            )
        )


def _next_number(code: str, at: datetime) -> str:
    """The next number of an office in a year, such as D450422-2017-00001."""
    prefix = f"D{code}-{timezone.localdate(at).year}-"
    last = Household.objects.filter(file_number__startswith=prefix).order_by("-file_number").first()
    following = int(last.file_number.removeprefix(prefix)) + 1 if last else 1
    assert following < _PLACES
    return f"{prefix}{following:05}"
