"""Ask about places."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet, Value

from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.quotas.models import Allotment, FundRule, FundSource, PlaceMove


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of a table that says another number of places than stands; `before` is None where none stands."""

    code: str
    before: int | None
    after: int


@dataclass(frozen=True, slots=True)
class Walked:
    """What the moves of a source did, by organisation: to what it holds, and how much of that was issued to it from above."""

    moved: Counter[UUID] = field(default_factory=Counter)
    got: Counter[UUID] = field(default_factory=Counter)


def places_of(campaign: Campaign, *, fund_source: str) -> dict[str, int]:
    """Places that may be used, by federation code: held and not passed on. A union's own count with its federation's."""
    places: dict[str, int] = {}
    rows = held_in(campaign).filter(fund_source__code=fund_source).order_by("organisation__code")
    for row in rows:
        code = organisations.federation_of(row.organisation).code
        places[code] = places.get(code, 0) + row.places - row.issued
    return places


def held_in(campaign: Campaign) -> QuerySet[Allotment]:
    """Who holds places, from the top down."""
    rows = Allotment.objects.filter(campaign=campaign).select_related("organisation", "fund_source")
    return rows.order_by("organisation__path", "fund_source__code")


def held_above(campaign: Campaign, organisation: Organisation, *, fund_source: str) -> QuerySet[Allotment]:
    """The places of a source on the line down to an organisation: those above it and its own, from the top down."""
    rows = held_in(campaign).filter(fund_source__code=fund_source).alias(here=Value(organisation.path))
    return rows.filter(here__startswith=F("organisation__path"))


def differences(campaign: Campaign, table: Mapping[str, int], *, fund_source: str) -> list[Difference]:
    """What a table of places would change, by code."""
    standing = {row.organisation.code: row.places for row in held_in(campaign).filter(fund_source__code=fund_source)}
    return [
        Difference(code, standing.get(code), number)
        for code, number in sorted(table.items())
        if standing.get(code) != number
    ]


def allotments_for(officer: Officer, campaign: Campaign) -> QuerySet[Allotment]:
    """The places of a campaign in the officer's scope, by organisation and source."""
    rows = Allotment.objects.filter(campaign=campaign, organisation__in=organisations.scope_of(officer))
    return rows.select_related("organisation", "fund_source").order_by("organisation__code", "fund_source__code")


def moves_in(campaign: Campaign) -> QuerySet[PlaceMove]:
    """The moves of places of a campaign, the newest first."""
    rows = PlaceMove.objects.filter(campaign=campaign)
    return rows.select_related("campaign", "fund_source", "giver__parent", "taker").order_by("-number")


def walked(campaign: Campaign, source: FundSource) -> Walked:
    """The moves followed from the first on. What leaves a union leaves first what it got from above, then what a table gave it."""
    found = Walked()
    for one in PlaceMove.objects.filter(campaign=campaign, fund_source=source).order_by("number"):
        issued = one.places
        if one.kind != PlaceMove.Kind.ISSUE:
            issued = min(found.got[one.giver_id], one.places)
            found.got[one.giver_id] -= issued
            found.moved[one.giver_id] -= one.places
        if one.kind in {PlaceMove.Kind.ISSUE, PlaceMove.Kind.TRANSFER}:
            found.got[one.taker_id] += issued
            found.moved[one.taker_id] += one.places
        else:
            found.moved[one.taker_id] += one.places - issued
    return found


def standing_rules(source: FundSource, *, on: date) -> list[FundRule]:
    """The rules of a source that stand on a day, each in its newest words; one that was ended is none."""
    rows = FundRule.objects.filter(fund_source=source, valid_from__lte=on).order_by("valid_from")
    newest = {one.rule: one for one in rows}
    return [one for _, one in sorted(newest.items()) if one.value]
