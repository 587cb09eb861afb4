"""到期销毁: once a file's time is over and nothing keeps it back, what it says of people goes; number, state and dates stay.

The values are overwritten, and the family's key is made noise as soon as nothing that is kept longer (a voucher, the
case that it rests on) is sealed under it: then no backup of rows and no free page opens either. History holds digests.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.audit.queries import history
from huigong.registry.actions.entering import Done, move
from huigong.registry.joined import absorbed_by, holds_on
from huigong.registry.lifecycle import ERASED, EXITED, MERGED
from huigong.registry.models import Household
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault

_EMPTY_OF_FILE = {
    **dict.fromkeys(
        ("worker_name", "id_number_index", "gender", "identity", "employer", "certificate_number", "card_index"), ""
    ),
    **dict.fromkeys(("phone_index", "imported_digest", "lacking"), ""),
    **dict.fromkeys(("id_number", "hardship_cause", "card", "phone", "imported", "details"), None),
    **dict.fromkeys(("size", "annual_income_fen", "essential_expenditure_fen", "complete_by"), None),
}
_EMPTY_OF_MEMBER = {
    **dict.fromkeys(("name", "relationship", "id_number_index", "education_level", "school", "occupation"), ""),
    **dict.fromkeys(("id_number", "details", "entry_year", "length_years"), None),
}


@transaction.atomic
def erase_file(household: Household, *, needed: Collection[UUID], officer: str, at: datetime) -> int:
    """Erase the file, and those that were merged into it; returns how many. `needed`: the files under whose key something is
    sealed that is kept longer, as the floors above know.

    Raises SaidError before its time, while it stands, and under a legal hold on it or on one of its papers.
    """
    files = locked_line(household)
    audit.take_turn()  # whoever places a legal hold now has ended, or waits and finds the file erased
    refuse_erasure(files, today=timezone.localdate(at))
    going = [one for one in files if one.status != ERASED]
    for one in going:
        _empty(one)
        move(one, ERASED, Done(timezone.localdate(at), officer, at))
        audit.record("file.erased", subject=one.file_number, officer=officer, at=at, payload=_told(files[0]))
        if one.pk not in needed:
            _shred(one, officer=officer, at=at)
    return len(going)


@transaction.atomic
def erase_keys(files: Sequence[Household], *, officer: str, at: datetime) -> int:
    """The keys of files that were erased before, which nothing above needs any more, as the caller has asked under its locks.

    Raises SaidError for a file that was not erased, under a legal hold, and where no key is left.
    """
    refuse_keys(files)
    waiting = [one for one in files if not key_is_erased(one)]
    for one in waiting:
        _shred(one, officer=officer, at=at)
    return len(waiting)


def refuse_keys(files: Sequence[Household]) -> None:
    """Raises SaidError for a file that was not erased, under a legal hold, and where no key is left."""
    first = files[0]
    if first.status != ERASED or all(key_is_erased(one) for one in files):
        raise SaidError(
            Sentence(
                "no_key_to_erase",
                f"档案 {first.file_number} 还没有到期销毁，或钥匙已经毁了。",
                f"File {first.file_number} was not erased yet, or its key is gone.",
            )
        )
    _refuse_held(files)


def key_is_erased(household: Household) -> bool:
    return any(one.action == "file.key_erased" for one in history(household.file_number))


def _shred(one: Household, *, officer: str, at: datetime) -> None:
    vault.shred(one.data_key_id)
    told = {"key": str(one.data_key_id)}
    audit.record("file.key_erased", subject=one.file_number, officer=officer, at=at, payload=told)


def locked_line(household: Household) -> list[Household]:
    """The file and those merged into it, locked in the order in which a merge locks them, and read again under the lock.

    Raises SaidError where one was merged or taken apart just then.
    """
    seen = {household.pk, *(one.pk for one in absorbed_by(household))}
    list(Household.objects.select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk"))
    locked = Household.objects.select_related("federation").get(pk=household.pk)
    files = [locked, *absorbed_by(locked)]
    if {one.pk for one in files} != seen:
        raise SaidError(
            Sentence(
                "line_changed",
                f"刚刚有人把档案并入或移出 {locked.file_number}，没有销毁；请重新看要销毁什么。",
                f"A file was just merged into {locked.file_number} or taken apart from it; nothing was erased: look again.",
            )
        )
    return files


def refuse_erasure(files: Sequence[Household], *, today: date) -> None:
    """Raises SaidError with the first thing that stands in the way; `files`: the file and those merged into it."""
    first = files[0]
    if first.status != EXITED or first.keep_until is None or today <= first.keep_until:
        until = first.keep_until or "退出后才起算"
        raise SaidError(
            Sentence(
                "file_kept",
                f"档案 {first.file_number} 的保存期没有满（到 {until}），不能销毁。",
                f"The time of file {first.file_number} is not over (until {first.keep_until or 'it leaves'}).",
            )
        )
    if back := next((one for one in files[1:] if one.status not in {MERGED, ERASED}), None):
        raise SaidError(
            Sentence(
                "absorbed_file_stands",
                f"并入 {first.file_number} 的档案 {back.file_number} 又单独立着（{back.file_status}），不能一起销毁；"
                "请先撤销并档，或重新并档。",
                f"File {back.file_number}, merged into {first.file_number}, stands by itself again: undo the merge or merge "
                "it again first.",
            )
        )
    _refuse_held(files)


def _refuse_held(files: Sequence[Household]) -> None:
    first = files[0]
    if hold := holds_on(files).first():
        raise SaidError(
            Sentence(
                "file_kept_back",
                f"档案 {first.file_number} 在保全（{hold.reference}：{hold.reason}），不能销毁；要先由另一个人解除保全。",
                f"A legal hold ({hold.reference}: {hold.reason}) keeps file {first.file_number}: another person lifts it first.",
            )
        )


def _told(first: Household) -> dict[str, str]:
    """Until when it was kept; a file that was merged into it goes by the same day."""
    return {"until": first.keep_until.isoformat() if first.keep_until else ""}


def _empty(household: Household) -> None:
    for name, nothing in _EMPTY_OF_FILE.items():
        setattr(household, name, nothing)
    for member in household.members.all():
        for name, nothing in _EMPTY_OF_MEMBER.items():
            setattr(member, name, nothing)
        member.save()
