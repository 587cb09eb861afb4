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
from huigong.figures.retention import keys_needed, papers_of, with_absorbed
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.registry import actions as registry
from huigong.registry.actions.edit import refuse_erased
from huigong.registry.actions.erasing import locked_line, refuse_erasure
from huigong.registry.models import Household
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
    registry.erase_file(household, needed=keys_needed(files), officer=officer.username, at=at)
    return len(over)


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
    """A legal hold on a file that is still there, under the lock that an erasure takes too. Raises SaidError for one that
    was erased before.
    """
    locked = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
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
