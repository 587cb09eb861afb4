"""Ask about awards: which money stands on, which may be paid, which were revoked while their money was out."""

from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from huigong.payments.lifecycle import CAME_BACK
from huigong.payments.queries import latest
from huigong.studentaid.models import Application, Award, Revocation, WriteOff

_OUT = Q(revocation__is_out=True)


def awards_on_the_books(*, at: datetime | None = None) -> QuerySet[Award]:
    """Awards that money stands on, now or as of a moment: not revoked, or revoked while the money is out and not back."""
    if at is None:
        return Award.objects.filter(Q(revocation=None) | _OUT & Q(revocation__recovery=None))
    kept = Q(revocation=None) | Q(revocation__at__gt=at)
    still_out = _OUT & (Q(revocation__recovery=None) | Q(revocation__recovery__at__gt=at))
    return Award.objects.filter(kept | still_out, at__lte=at)


def standing_awards() -> QuerySet[Award]:
    """Awards that may be paid: nobody revoked them."""
    return Award.objects.filter(revocation=None)


def recovery_is_open(application: Application) -> bool:
    """Whether money of a revoked award of it is out and never came back whole, written off or not: nothing else is paid for it."""
    return Revocation.objects.filter(is_out=True, recovery=None, award__application=application).exists()


def recoveries_open(applications: QuerySet[Application]) -> QuerySet[Revocation]:
    """Awards of these that were revoked when the money had left: it is not back, and nobody decided to leave it.

    What the bank gave back after that decision is here again: the family has nothing of it, and somebody writes it down.
    """
    rows = Revocation.objects.filter(
        is_out=True, recovery=None, award__application__in=applications.order_by().values("pk")
    )
    left = rows.filter(write_off__isnull=False).values_list("award__application__reference", flat=True)
    bounced = [reference for reference, last in latest(left).items() if last.status in CAME_BACK] if left else []
    rows = rows.filter(Q(write_off=None) | Q(award__application__reference__in=bounced))
    return rows.select_related("award__application").prefetch_related("parts").order_by("at")


def still_owed(revocation: Revocation) -> int:
    """Fen of a revoked award that did not come back yet, as far as the bank had paid it."""
    return revocation.award.fen - sum(part.fen for part in revocation.parts.all())


def written_off(applications: QuerySet[Application]) -> QuerySet[WriteOff]:
    """What of these is not asked back any more, by decision; what came back whole all the same is not among them."""
    rows = WriteOff.objects.filter(
        revocation__recovery=None, revocation__award__application__in=applications.order_by().values("pk")
    )
    return rows.select_related("revocation__award__application").order_by("at")


def award_of(application: Application) -> Award | None:
    """What was approved for it, with its file; nothing where that was revoked and no money is out."""
    return (
        awards_on_the_books()
        .filter(application=application)
        .select_related("application__household", "application__campaign")
        .first()
    )


def promised(applications: QuerySet[Application]) -> dict[str, int]:
    """Fen of the awards of these applications, by status."""
    rows = (
        awards_on_the_books()
        .filter(application__in=applications.order_by().values("pk"))
        .values_list("application__status")
    )
    return dict(rows.annotate(Sum("fen")).order_by())
