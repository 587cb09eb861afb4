"""Allot places: the table of a circular's annex, where places begin.

Moves are no part of it: the same table again, after places went down the tree, changes nothing. A table that divides what
is held already is followed by moves instead (`following`).
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.organisations.queries import by_code
from huigong.quotas.actions.moving import PlacesRefusedError
from huigong.quotas.columns import ALLOTMENT, SOURCE
from huigong.quotas.models import Allotment, FundSource
from huigong.quotas.queries import walked
from huigong.values.sentence import Sentence


@transaction.atomic
def allot(
    campaign: Campaign,
    places: Mapping[str, int],
    *,
    fund_source: str,
    name: str,
    officer: str,
    at: datetime,
    in_use: Mapping[str, int] = MappingProxyType({}),
) -> FundSource:
    """Give each federation (by code) the places it begins with; the same table again changes nothing and records nothing.

    `in_use`: how many places people hold, by federation. Raises PlacesRefusedError where a table takes away what is held
    or was passed on.
    """
    source, _ = FundSource.objects.get_or_create(code=fund_source, defaults={"name": name})
    standing = {
        row.organisation.code: row
        for row in Allotment.objects.select_for_update(of=("self",))
        .filter(campaign=campaign, fund_source=source)
        .select_related("organisation")
    }
    entries, moved = [], walked(campaign, source).moved
    for code, begun in sorted(places.items()):
        row = standing.get(code)
        if row is not None and row.places - moved[row.organisation_id] == begun:
            continue
        number = begun + (moved[row.organisation_id] if row else 0)
        if row is None:
            row = Allotment.objects.create(
                campaign=campaign, organisation=by_code(code), fund_source=source, places=number
            )
        else:
            _refuse_below(row, number, held=in_use.get(code, 0))
            row.places = number
            row.save(update_fields=["places"])
        told = {"campaign": campaign.code, "places": number, "fund": fund_source}
        told |= {"columns": ALLOTMENT.told(row), "source": SOURCE.told(source)}
        entries.append(audit.Entry("quota.allotted", code, officer, at, told))
    audit.record_all(entries)
    return source


def _refuse_below(row: Allotment, number: int, *, held: int) -> None:
    if number >= row.issued + held:
        return
    passed, passed_en = (f"已下达 {row.issued} 个", f"has passed on {row.issued}") if row.issued else ("", "")
    used, used_en = (f"已有 {held} 人占着名额", f"{held} people hold places") if held else ("", "")
    raise PlacesRefusedError(
        Sentence(
            "places_issued",
            f"{row.organisation.name}{'，'.join(filter(None, (passed, used)))}，分配表不能改成 {number} 个。请先收回。",
            f"{row.organisation.name}: {' and '.join(filter(None, (passed_en, used_en)))}; the table cannot make it "
            f"{number}. Reclaim first.",
        )
    )
