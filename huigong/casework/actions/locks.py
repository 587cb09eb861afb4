"""Take a case in hand and let it go: whoever opens it second is told who has it, and may take it over once that ran out."""

from datetime import datetime, timedelta

from django.db import transaction

from huigong.casework.models import CaseLock
from huigong.organisations.models import Officer

KEPT = timedelta(minutes=10)


def take(case_reference: str, *, officer: Officer, at: datetime) -> CaseLock:
    """The lock that stands afterwards: the officer's own, renewed or taken over where it had run out, else somebody else's.

    Two who come at once wait for one another, as does who comes while it is let go. No event: that a page was open says
    nothing about the case.
    """
    with transaction.atomic():
        lock, new = CaseLock.objects.select_for_update().get_or_create(
            case_reference=case_reference, defaults={"held_by": officer.username, "since": at, "until": at + KEPT}
        )
        mine = lock.held_by == officer.username
        if new or not (mine or lock.until <= at):
            return lock
        if not mine:
            lock.held_by, lock.since = officer.username, at
        lock.until = at + KEPT
        lock.save(update_fields=["held_by", "since", "until"])
        return lock


def release(case_reference: str, *, officer: Officer) -> None:
    """Let go of one's own lock; another's is left alone."""
    CaseLock.objects.filter(case_reference=case_reference, held_by=officer.username).delete()
