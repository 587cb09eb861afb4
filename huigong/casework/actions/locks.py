"""Take a case in hand and let it go: whoever opens it second is told who has it, and may take it over once that ran out."""

from datetime import datetime, timedelta

from huigong.casework.models import CaseLock
from huigong.organisations.models import Officer

KEPT = timedelta(minutes=10)


def take(case_reference: str, *, officer: Officer, at: datetime) -> CaseLock:
    """The lock that stands afterwards: the officer's own, renewed or taken over where it had run out, else somebody else's.

    One statement decides between two who come at once. No event: that a page was open says nothing about the case.
    """
    lock, new = CaseLock.objects.get_or_create(
        case_reference=case_reference, defaults={"held_by": officer.username, "since": at, "until": at + KEPT}
    )
    if new:
        return lock
    standing = CaseLock.objects.filter(case_reference=case_reference)
    if not standing.filter(held_by=officer.username).update(until=at + KEPT):
        standing.filter(until__lte=at).update(held_by=officer.username, since=at, until=at + KEPT)
    return CaseLock.objects.get(case_reference=case_reference)


def release(case_reference: str, *, officer: Officer) -> None:
    """Let go of one's own lock; another's is left alone."""
    CaseLock.objects.filter(case_reference=case_reference, held_by=officer.username).delete()
