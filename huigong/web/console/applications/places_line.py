"""名额: how many places there are for a list's families, how many are held, and how many are left; each figure with its way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.quotas import queries as quotas
from huigong.studentaid import queries
from huigong.studentaid.lifecycle import HOLDS_A_PLACE, TIED, WAITING
from huigong.web.console.applications.filters import Asked, narrowed
from huigong.web.console.campaigns.tasks import applications_address


@dataclass(frozen=True, slots=True)
class PlacesLine:
    """What was allotted, what is held by decided cases, who waits; with the lists behind the figures."""

    places: int
    held: int
    turn: int
    held_at: str
    turn_at: str

    @property
    def left(self) -> int:
        return max(0, self.places - self.held)

    @property
    def beyond(self) -> int:
        return max(0, self.held - self.places)

    @property
    def full(self) -> int:
        return 100 * min(self.held, self.places) // self.places if self.places else 0

    @property
    def part(self) -> int:
        return 100 * min(self.turn, self.left) // self.places if self.places else 0


def places_line(officer: Officer, campaign: Campaign, asked: Asked, *, counted: Mapping[str, int]) -> PlacesLine | None:
    """Of the federation that is asked for, else of all in the officer's scope; None where nobody holds a place.

    `counted` is how many of the list stand where: counted anew only where more is asked for than the federation.
    """
    circular = circular_of(campaign)
    if circular.quota is None:
        return None
    mine = organisations.scope_of(officer)
    if asked.federation:
        mine = mine.filter(code=asked.federation)
    codes = set(mine.values_list("code", flat=True))
    allotted = quotas.places_of(campaign, fund_source=circular.quota.fund_source)
    places = sum(count for code, count in allotted.items() if code in codes)
    if not places:
        return None
    home = Asked(federation=asked.federation)
    counts = counted
    if replace(asked, status=(), sort=home.sort) != home:
        counts = queries.counts(narrowed(queries.applications_for(officer, campaign), home))
    more = {"federation": asked.federation} if asked.federation else {}
    return PlacesLine(
        places,
        sum(counts.get(status, 0) for status in HOLDS_A_PLACE),
        counts.get(WAITING, 0) + counts.get(TIED, 0),
        applications_address(campaign, status=sorted(HOLDS_A_PLACE), **more),
        applications_address(campaign, status=(WAITING, TIED), **more),
    )
