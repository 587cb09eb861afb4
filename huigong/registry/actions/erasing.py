"""到期销毁: once a file's time is over and nothing keeps it back, what it says of people goes; number, state and dates stay.

The values are overwritten, and the family's key is made noise as soon as nothing that is kept longer (a voucher, the
case that it rests on) is sealed under it: then no backup of rows and no free page opens either. History holds digests.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents.models import LegalHold
from huigong.registry.actions.entering import Done, move
from huigong.registry.lifecycle import ERASED, EXITED
from huigong.registry.models import FileEntry, Household
from huigong.registry.queries import absorbed_by
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
    locked = Household.objects.select_for_update(of=("self",)).select_related("federation").get(pk=household.pk)
    files = [locked, *absorbed_by(locked)]
    refuse_erasure(files, today=timezone.localdate(at))
    for one in files:
        _empty(one)
        move(one, ERASED, Done(timezone.localdate(at), officer, at))
        audit.record("file.erased", subject=one.file_number, officer=officer, at=at, payload=_told(locked))
        if one.pk not in needed:
            vault.shred(one.data_key_id)
            told = {"key": str(one.data_key_id)}
            audit.record("file.key_erased", subject=one.file_number, officer=officer, at=at, payload=told)
    return len(files)


def refuse_erasure(files: Sequence[Household], *, today: date) -> None:
    """Raises SaidError with the first thing that stands in the way; `files`: the file and those merged into it."""
    first, numbers = files[0], [one.file_number for one in files]
    if first.status != EXITED or first.keep_until is None or today <= first.keep_until:
        until = first.keep_until or "退出后才起算"
        raise SaidError(
            Sentence(
                "file_kept",
                f"档案 {first.file_number} 的保存期没有满（到 {until}），不能销毁。",
                f"The time of file {first.file_number} is not over (until {first.keep_until or 'it leaves'}).",
            )
        )
    papers = FileEntry.objects.filter(household__in=files, paper__isnull=False).values("paper")
    if hold := LegalHold.objects.filter(Q(file_number__in=numbers) | Q(document__in=papers), lifted_by="").first():
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
