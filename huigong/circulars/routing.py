"""Which way forms and files travel is the circular's data: here its words become the desk of one unit."""

from dataclasses import dataclass

from huigong.circulars.models import Campaign
from huigong.organisations.models import Organisation
from huigong.organisations.queries import competent_federation, federation_of
from huigong.rules.circular import Circular


@dataclass(frozen=True, slots=True)
class Desk:
    """The federation at whose aid centre something of a unit is handed in, and the clause that says so."""

    federation: Organisation
    clause: str


def desk_for_forms(circular: Circular, campaign: Campaign, unit: Organisation) -> Desk | None:
    """Where a unit's form goes; None where the circular does not say."""
    way = circular.routing
    return Desk(_desk(way.forms, campaign, unit), way.forms_clause) if way else None


def desk_for_files(circular: Circular, campaign: Campaign, unit: Organisation) -> Desk | None:
    """Where the files of a unit's families go; None where the circular does not say."""
    way = circular.routing
    return Desk(_desk(way.files, campaign, unit), way.files_clause) if way else None


def _desk(word: str, campaign: Campaign, unit: Organisation) -> Organisation:
    if word == "campaign":
        return campaign.federation
    return competent_federation(unit) if word == "centre" else federation_of(unit)
