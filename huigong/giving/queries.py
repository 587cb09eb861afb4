"""Ask which money came and stands: seen by another officer, neither taken back since, nor an entry that takes another back."""

from django.db.models import QuerySet

from huigong.giving.models import Appropriation, Donation


def standing_appropriations() -> QuerySet[Appropriation]:
    return Appropriation.objects.filter(takes_back=None, taken_back_by=None, seen__isnull=False)


def standing_donations() -> QuerySet[Donation]:
    return Donation.objects.filter(takes_back=None, taken_back_by=None, seen__isnull=False)
