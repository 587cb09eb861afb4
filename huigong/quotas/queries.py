"""Ask about places."""

from django.db.models import QuerySet

from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.quotas.models import Allotment


def places_of(campaign: Campaign, *, fund_source: str) -> dict[str, int]:
    """Places by federation code."""
    rows = Allotment.objects.filter(campaign=campaign, fund_source__code=fund_source).select_related("organisation")
    return {row.organisation.code: row.places for row in rows.order_by("organisation__code")}


def allotments_for(officer: Officer, campaign: Campaign) -> QuerySet[Allotment]:
    """The places of a campaign in the officer's scope, by organisation and source."""
    rows = Allotment.objects.filter(campaign=campaign, organisation__in=organisations.scope_of(officer))
    return rows.select_related("organisation", "fund_source").order_by("organisation__code", "fund_source__code")
