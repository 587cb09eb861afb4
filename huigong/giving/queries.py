"""Ask which money came and stands: seen by another officer, neither taken back since, nor an entry that takes another back."""

from django.db.models import QuerySet

from huigong.circulars.models import Campaign
from huigong.giving.models import Appropriation, Donation


def to_be_seen_by(officer: str, campaign: Campaign) -> int:
    """How many sums of a campaign wait for another officer than the one who wrote them down to see that they are there."""
    waiting = {"campaign": campaign, "takes_back": None, "taken_back_by": None, "seen": None}
    appropriations, donations = (
        model._default_manager.filter(**waiting).exclude(recorded_by=officer).order_by().values("pk")
        for model in (Appropriation, Donation)
    )
    return appropriations.union(donations).count()


def standing_appropriations() -> QuerySet[Appropriation]:
    return Appropriation.objects.filter(takes_back=None, taken_back_by=None, seen__isnull=False)


def standing_donations() -> QuerySet[Donation]:
    return Donation.objects.filter(takes_back=None, taken_back_by=None, seen__isnull=False)
