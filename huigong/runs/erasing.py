"""到期销毁 of a household file with its papers, within one transaction: all of it goes, or nothing; and what keeps it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents import actions as documents
from huigong.documents.actions import Ground, Kept
from huigong.documents.models import Document, LegalHold
from huigong.figures.case_clocks import clocks_of
from huigong.figures.retention import keys_needed, papers_of, with_absorbed
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.registry import actions as registry
from huigong.registry.actions.edit import refuse_erased
from huigong.registry.actions.erasing import key_is_erased, locked_line, refuse_erasure, refuse_keys
from huigong.registry.models import Household
from huigong.studentaid import actions as studentaid
from huigong.values.sentence import SaidError, Sentence

WHO = (Appointment.Role.APPROVER, Appointment.Role.AUDITOR)
"""Who places and lifts a legal hold, and erases what is over."""


@transaction.atomic
def erase_file(household: Household, *, officer: Officer, at: datetime) -> int:
    """The file, what was merged into it, and their papers, but for those that something else still points at or that are
    kept longer; returns how many papers went. Raises OtherRoleError, and SaidError with what stands in the way.
    """
    refuse_other_role(officer, *WHO, at=at)
    files, today = locked_line(household), timezone.localdate(at)
    papers = papers_of(files)
    list(Document.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one, _ in papers]).order_by("pk"))
    audit.take_turn()  # after every row: whoever changes one of these rows locks it first and writes history last
    refuse_erasure(files, today=today)
    over = [(paper, kept) for paper, kept in papers if kept.until is not None and kept.until < today]
    for paper, kept in over:
        documents.erase(paper, kept, officer=officer.username, at=at)
    registry.erase_file(household, needed=keys_needed(files, today=today), officer=officer.username, at=at)
    _forget_names(files)
    return len(over)


@transaction.atomic
def erase_key(household: Household, *, officer: Officer, at: datetime) -> int:
    """The key of a file that was erased before, and of those that went with it, once every clock over it is; returns how many.
    Raises OtherRoleError, and SaidError while a case needs it and under a legal hold.
    """
    refuse_other_role(officer, *WHO, at=at)
    files, today = locked_line(household), timezone.localdate(at)
    audit.take_turn()
    _refuse_needed(files, today=today)
    count = registry.erase_keys(files, officer=officer.username, at=at)
    _forget_names(files)
    return count


def _forget_names(files: Sequence[Household]) -> None:
    """Whose cases they were that lay under the keys of these files that are gone."""
    references = {one.reference for one in clocks_of([one for one in files if key_is_erased(one)])}
    payments.forget_names(references)
    studentaid.forget_names(references)


def refuse_key(household: Household, *, today: date) -> None:
    """A look ahead: raises SaidError with what keeps the key of an erased file; nothing changes."""
    files = with_absorbed(household)
    _refuse_needed(files, today=today)
    refuse_keys(files)


def _refuse_needed(files: Sequence[Household], *, today: date) -> None:
    """Raises SaidError with the first case whose clock is not over, or with what no rule speaks of."""
    waits = next((one for one in clocks_of(files) if not one.is_over(today)), None)
    if waits is not None:
        zh, en = waits.why if waits.until is None else (f"保存到 {waits.until}", f"it is kept until {waits.until}")
        raise SaidError(
            Sentence(
                "key_needed_by_case",
                f"档案 {files[0].file_number} 的钥匙还要留：案件 {waits.reference} {zh}。",
                f"The key of file {files[0].file_number} stays: case {waits.reference}, {en}.",
            )
        )
    if keys_needed(files, today=today):
        raise SaidError(
            Sentence(
                "key_needed_elsewhere",
                f"档案 {files[0].file_number} 的钥匙还封着毕业生或比对结果，没有规定它们保存多久，不毁。",
                f"The key of file {files[0].file_number} still seals a graduate or a hit, of which no rule says how long.",
            )
        )


@dataclass(frozen=True, slots=True)
class PaperAhead:
    """A paper of a file and its term; `stays` says why it is kept, None where its time is over and nothing keeps it back."""

    paper: Document
    kept: Kept
    stays: Sentence | None


def papers_ahead(household: Household, *, today: date) -> list[PaperAhead]:
    """What erasing the papers of a file and of those merged into it would do: a look that changes nothing."""
    return _ahead(with_absorbed(household), today=today)


@transaction.atomic
def erase_papers(household: Household, *, officer: Officer, at: datetime) -> list[PaperAhead]:
    """The papers of a file whose time is over and that nothing keeps back; the file itself stays. Returns all of them, with
    why the others are kept. Raises OtherRoleError.
    """
    refuse_other_role(officer, *WHO, at=at)
    files, today = locked_line(household), timezone.localdate(at)
    papers = [one.pk for one, _ in papers_of(files)]
    list(Document.objects.select_for_update(of=("self",)).filter(pk__in=papers).order_by("pk"))
    audit.take_turn()  # after every row, as above
    found = _ahead(files, today=today)
    for one in found:
        if one.stays is None:
            documents.erase(one.paper, one.kept, officer=officer.username, at=at)
    return found


@transaction.atomic
def keep_file_back(household: Household, ground: Ground, *, officer: str, at: datetime) -> LegalHold:
    """A legal hold on a file, under the lock that an erasure takes too; on one that was erased it keeps its key for the cases.
    Raises SaidError where that is gone too.
    """
    locked = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if key_is_erased(locked):
        refuse_erased(locked)
    return documents.keep_file_back(locked.file_number, ground, officer=officer, at=at)


def _ahead(files: Sequence[Household], *, today: date) -> list[PaperAhead]:
    found = []
    for paper, kept in papers_of(files):
        stays = None
        try:
            documents.refuse(paper, kept, today=today)
        except SaidError as error:
            stays = error.sentence
        found.append(PaperAhead(paper, kept, stays))
    return found
