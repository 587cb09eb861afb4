"""到期销毁 of a household file with its papers, within one transaction: all of it goes, or nothing."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.documents import actions as documents
from huigong.figures.retention import keys_needed, papers_of, with_absorbed
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.registry import actions as registry
from huigong.registry.actions.erasing import refuse_erasure
from huigong.registry.models import Household

WHO = (Appointment.Role.APPROVER, Appointment.Role.AUDITOR)
"""Who places and lifts a legal hold, and erases what is over."""


@transaction.atomic
def erase_file(household: Household, *, officer: Officer, at: datetime) -> int:
    """The file, what was merged into it, and their papers, but for those that something else still points at or that are
    kept longer; returns how many papers went. Raises OtherRoleError, and SaidError with what stands in the way.
    """
    refuse_other_role(officer, *WHO, at=at)
    files, today = with_absorbed(household), timezone.localdate(at)
    refuse_erasure(files, today=today)
    over = [(paper, kept) for paper, kept in papers_of(files) if kept.until is not None and kept.until < today]
    for paper, kept in over:
        documents.erase(paper, kept, officer=officer.username, at=at)
    registry.erase_file(household, needed=keys_needed(files), officer=officer.username, at=at)
    return len(over)
