"""Allot places: the table of a circular's annex, or of a supplement that changed it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.organisations.queries import by_code
from huigong.quotas.actions.moving import PlacesRefusedError
from huigong.quotas.columns import ALLOTMENT, SOURCE
from huigong.quotas.models import Allotment, FundSource
from huigong.values.sentence import Sentence


@transaction.atomic
def allot(
    campaign: Campaign, places: Mapping[str, int], *, fund_source: str, name: str, officer: str, at: datetime
) -> FundSource:
    """Give each federation (by code) its places; a table that says the same again changes nothing and records nothing."""
    source, _ = FundSource.objects.get_or_create(code=fund_source, defaults={"name": name})
    standing = {
        row.organisation.code: row
        for row in Allotment.objects.select_for_update(of=("self",))
        .filter(campaign=campaign, fund_source=source)
        .select_related("organisation")
    }
    entries = []
    for code, number in sorted(places.items()):
        row = standing.get(code)
        if row is not None and row.places == number:
            continue
        if row is None:
            row = Allotment.objects.create(
                campaign=campaign, organisation=by_code(code), fund_source=source, places=number
            )
        else:
            _refuse_below_issued(row, number)
            row.places = number
            row.save(update_fields=["places"])
        told = {"campaign": campaign.code, "places": number, "fund": fund_source}
        told |= {"columns": ALLOTMENT.told(row), "source": SOURCE.told(source)}
        entries.append(audit.Entry("quota.allotted", code, officer, at, told))
    audit.record_all(entries)
    return source


def _refuse_below_issued(row: Allotment, number: int) -> None:
    if number < row.issued:
        raise PlacesRefusedError(
            Sentence(
                "places_issued",
                f"{row.organisation.name}已下达 {row.issued} 个名额，分配表不能改成 {number} 个。请先收回。",
                f"{row.organisation.name} has passed on {row.issued} places; the table cannot make it {number}. Reclaim first.",
            )
        )
