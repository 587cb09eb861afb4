"""Hand places down the tree and back: issue, return, transfer, reclaim. Nobody ever passes on more than they hold.

The database holds it: one conditional UPDATE takes the places, and a constraint stands behind it, so that of many clerks
on the last place one gets it and the others are told.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.organisations.models import Organisation
from huigong.quotas.columns import ALLOTMENT, MOVE, SOURCE
from huigong.quotas.models import Allotment, FundSource, PlaceMove
from huigong.quotas.queries import walked
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


class PlacesRefusedError(SaidError):
    """There are not so many places to pass on, or the two do not stand in the tree as the move wants."""


@dataclass(frozen=True, slots=True)
class Places:
    """A move to be: from whom to whom, how many, and why. `in_use` are places of the giver that cases hold."""

    kind: str
    giver: Organisation
    taker: Organisation
    places: int
    reason: str = ""
    in_use: int = 0


@transaction.atomic
def move(campaign: Campaign, source: FundSource, wanted: Places, *, officer: str, at: datetime) -> PlaceMove:
    """Move places. Raises PlacesRefusedError, and moves none, where the giver does not have them free."""
    _refuse_elsewhere(wanted)
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # moves are numbered one after the other
    giver, taker = (_held(campaign, source, one) for one in (wanted.giver, wanted.taker))
    if wanted.kind == PlaceMove.Kind.ISSUE:
        _take(giver, wanted, issued=F("issued") + wanted.places)
        _give(taker, places=F("places") + wanted.places)
    elif wanted.kind == PlaceMove.Kind.TRANSFER:
        _take(giver, wanted, places=F("places") - wanted.places)
        _give(taker, places=F("places") + wanted.places)
    else:  # given back by the lower one, or taken back by the upper one: the same places go the same way
        back = min(walked(campaign, source).got[giver.organisation_id], taker.issued, wanted.places)
        _take(giver, wanted, places=F("places") - wanted.places)
        # what a table gave the lower one without passing it through the upper one is new to the upper one (472)
        _give(taker, issued=F("issued") - back, places=F("places") + (wanted.places - back))
    number = PlaceMove.objects.filter(campaign=campaign).count() + 1
    moved = PlaceMove(
        campaign=campaign,
        fund_source=source,
        number=number,
        kind=wanted.kind,
        giver=wanted.giver,
        taker=wanted.taker,
        places=wanted.places,
        reason=whole(wanted.reason, 200, "缘由", "the reason"),
        moved_by=officer,
        at=at,
    )
    moved.save(force_insert=True)
    _tell(moved, giver, taker, officer=officer, at=at)
    return moved


def _held(campaign: Campaign, source: FundSource, organisation: Organisation) -> Allotment:
    none = {"places": 0}
    return Allotment.objects.get_or_create(
        campaign=campaign, organisation=organisation, fund_source=source, defaults=none
    )[0]


def _take(giver: Allotment, wanted: Places, **change: object) -> None:
    """One statement asks and takes: what nobody issued on and no case holds."""
    free = Allotment.objects.filter(pk=giver.pk, places__gte=F("issued") + wanted.places + wanted.in_use)
    if free.update(**change) != 1:
        giver.refresh_from_db()
        left = max(0, giver.places - giver.issued - wanted.in_use)
        name = wanted.giver.name
        raise PlacesRefusedError(
            Sentence(
                "places_lacking",
                f"{name}现有 {giver.places} 个名额，已下达 {giver.issued} 个，已用 {wanted.in_use} 个，可动 {left} 个，"
                f"不够 {wanted.places} 个，没有办。",
                f"{name} holds {giver.places} places, passed on {giver.issued}, uses {wanted.in_use}: {left} are free, not "
                f"{wanted.places}. Nothing was moved.",
                {"left": left},
            )
        )


def _give(taker: Allotment, **change: object) -> None:
    Allotment.objects.filter(pk=taker.pk).update(**change)


def _tell(moved: PlaceMove, *held: Allotment, officer: str, at: datetime) -> None:
    told = {
        "campaign": moved.campaign.code,
        "number": moved.number,
        "places": moved.places,
        "columns": MOVE.told(moved),
    }
    audit.record(
        f"places.{_VERBS[PlaceMove.Kind(moved.kind)]}", subject=moved.taker.code, officer=officer, at=at, payload=told
    )
    for row in held:
        row.refresh_from_db()
        after = {"campaign": moved.campaign.code, "places": row.places, "fund": moved.fund_source.code}
        after |= {"columns": ALLOTMENT.told(row), "source": SOURCE.told(moved.fund_source)}
        audit.record("quota.allotted", subject=row.organisation.code, officer=officer, at=at, payload=after)


_VERBS = {
    PlaceMove.Kind.ISSUE: "issued",
    PlaceMove.Kind.RETURN: "returned",
    PlaceMove.Kind.TRANSFER: "transferred",
    PlaceMove.Kind.RECLAIM: "reclaimed",
}


def _refuse_elsewhere(wanted: Places) -> None:
    """Issued straight down, given back straight up, transferred between two of one parent."""
    giver, taker = wanted.giver, wanted.taker
    fits = {
        PlaceMove.Kind.ISSUE: taker.parent_id == giver.pk,
        PlaceMove.Kind.RETURN: giver.parent_id == taker.pk,
        PlaceMove.Kind.RECLAIM: giver.parent_id == taker.pk,
        PlaceMove.Kind.TRANSFER: giver.pk != taker.pk and giver.parent_id == taker.parent_id is not None,
    }
    if wanted.places < 1 or not fits.get(PlaceMove.Kind(wanted.kind)):
        raise PlacesRefusedError(
            Sentence(
                "places_elsewhere",
                f"从{giver.name}到{taker.name}不能这样办 {wanted.places} 个名额：下达给直接下级，退回和收回给直接上级，调剂在同一上级的两家之间。",
                f"{wanted.places} places cannot go so from {giver.name} to {taker.name}: they are issued to the next below, "
                "returned and reclaimed to the next above, transferred between two below the same.",
            )
        )
