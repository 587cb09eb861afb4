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
from huigong.registry.actions.one_file import refuse_other_head, refuse_second_file
from huigong.registry.columns import file_told
from huigong.registry.file_form import Field, form_on
from huigong.registry.joined import kept_in
from huigong.registry.lifecycle import DRAFT, ENROLLED, ERASED, MERGED, MOVING, WORDS
from huigong.registry.models import Household, Member
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault
from huigong.vault import blind

_PLACES = 100_000


class StaleFileError(SaidError):
    """Somebody changed the file since it was opened: nothing was written."""


@transaction.atomic
def edit(household: Household, values: Mapping[Field, Any], *, version: int, officer: str, at: datetime) -> Household:
    """Set fields of the file itself. Raises StaleFileError, or SaidError for a file that was merged into another or moves,
    for a field that is nobody's to set, and for an identity that another file has.
    """
    locked = file_in_hand(household, version=version)
    set_fields(locked, values)
    write(locked, [field.name for field in values], officer=officer, at=at)
    return locked


@transaction.atomic
def edit_member(
    household: Household, position: int, values: Mapping[Field, Any], *, version: int, officer: str, at: datetime
) -> Household:
    """Set fields of a family member; a position that nobody has yet is a new member."""
    locked = file_in_hand(household, version=version)
    member = locked.members.filter(position=position).first() or Member(
        household=locked, data_key_id=locked.data_key_id, position=position
    )
    set_member_fields(locked, member, values)
    write(locked, [f"members.{position}.{field.name}" for field in values], officer=officer, at=at)
    return locked


@transaction.atomic
def take_out(household: Household, position: int, *, version: int, officer: str, at: datetime) -> Household:
    """A member is gone from the family: kept and marked, so that what was decided with them can be read."""
    locked = file_in_hand(household, version=version)
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
    audit.take_turn()  # two who begin a file at once take a number, and look for the person, one after the other
    household = Household(
        file_number=_next_number(home.code, at),
        federation=home,
        unit=unit if unit != here else None,
        data_key=vault.new_data_key(),
        county=home.name.removesuffix("总工会"),
        file_status=WORDS[DRAFT][0],
    )
    details.set_all(household, values)
    details.settle_sex(household, values)
    if household.unit and not household.employer:  # its workers' grid, and every list by employer, go by this word
        household.employer = organisations.without_ending(unit.name)
    refuse_second_file(household)
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
    refuse_merged(locked)
    return locked


def file_in_use(household: Household) -> Household:
    """The file under its lock. Raises SaidError for one that was erased, or merged into another."""
    locked = Household.objects.select_for_update().get(pk=household.pk)
    refuse_erased(locked)
    refuse_merged(locked)
    return locked


def file_in_hand(household: Household, *, version: int) -> Household:
    """The same, for a change of what it says. Raises SaidError while the file moves: nobody rewrites what is on its way."""
    locked = locked_file(household, version=version)
    if locked.status == MOVING:
        raise SaidError(
            Sentence(
                "file_moving",
                f"档案 {locked.file_number} 正在转出，接收或撤回之后再改。",
                f"File {locked.file_number} is moving: it is changed once it is taken over or called back.",
            )
        )
    return locked


def set_fields(household: Household, values: Mapping[Field, Any]) -> None:
    """Set fields of the file. Raises SaidError for one that is nobody's to set, an empty name or number, a second file."""
    _refuse_own(values)
    details.set_all(household, values)
    details.settle_sex(household, values)
    given = {field.name: value for field, value in values.items()}
    if not given.get("worker_name", "?") or not given.get("id_number", "?"):
        raise SaidError(
            Sentence(
                "file_unnamed",
                "职工的姓名和身份证号码不能清空；写错了，请直接改成对的。",
                "A worker's name and identity number are not emptied: write the right ones over them.",
            )
        )
    if "id_number" in given:
        refuse_second_file(household)


def set_member_fields(household: Household, member: Member, values: Mapping[Field, Any]) -> None:
    """Set and save fields of a member. Raises SaidError without a name, and in a file that stands for who heads another."""
    details.set_all(member, values)
    details.settle_sex(member, values)
    if not member.name:
        raise SaidError(Sentence("member_unnamed", "家庭成员要有姓名。", "A family member needs a name."))
    member.save()
    if household.status == ENROLLED:
        refuse_other_head(household)


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


def refuse_merged(household: Household) -> None:
    """Raises SaidError, with where it went, for a file that is one with another: the family's life goes on there."""
    if household.status == MERGED:
        into = kept_in(household)[-1].file_number
        to = f" {into}" if into != household.file_number else "别的档案"
        raise SaidError(
            Sentence(
                "file_merged",
                f"档案 {household.file_number} 已并入{to}，不再单独修改，也不再记别的；请到那一份上办，并错了的先撤销并档。",
                f"File {household.file_number} was merged into {into} and is not changed by itself: go on there, or undo the "
                "merge first.",
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
        if field.is_given:
            raise SaidError(
                Sentence("field_not_amendable", f"“{field.zh}”不能手改。", f"“{field.en}” is not set by hand.")
            )


def _next_number(code: str, at: datetime) -> str:
    """The next number of an office in a year, such as D450422-2017-00001."""
    prefix = f"D{code}-{timezone.localdate(at).year}-"
    # An import may bring numbers of any shape: only those that this office could have given are counted on from.
    lowest, highest = (
        f"{prefix}{0:05}",
        f"{prefix}{_PLACES - 1}",
    )  # a range of the index; the shape is looked at from above
    given = Household.objects.filter(file_number__gte=lowest, file_number__lte=highest).filter(
        file_number__regex=rf"^{prefix}[0-9]{{5}}$"
    )
    last = given.order_by("-file_number").values_list("file_number", flat=True).first()
    following = int(last.removeprefix(prefix)) + 1 if last else 1
    if following >= _PLACES:
        raise SaidError(
            Sentence(
                "numbers_used_up",
                f"{prefix} 的编号用到了 {last}，不能再编；请核对是否导入了错的编号。",
                f"The numbers {prefix} are used up to {last}: see whether an import brought a wrong one.",
            )
        )
    return f"{prefix}{following:05}"
