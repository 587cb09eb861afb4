"""Ask about places."""

from huigong.circulars.models import Campaign
from huigong.quotas.models import Allotment


def places_of(campaign: Campaign, *, fund_source: str) -> dict[str, int]:
    """Places by federation code."""
    rows = Allotment.objects.filter(campaign=campaign, fund_source__code=fund_source).select_related("organisation")
    return {row.organisation.code: row.places for row in rows.order_by("organisation__code")}
