"""排序分名额, looked at and not yet done: in which order eligible, verified applications come, and what each would get."""

from collections import Counter
from dataclasses import dataclass

from huigong.circulars.models import Campaign
from huigong.quotas import queries as quotas
from huigong.rules import ranking, sharing
from huigong.rules.circular import Circular
from huigong.rules.ranking import Candidate
from huigong.studentaid.lifecycle import ELIGIBLE, HOLDS_A_PLACE, PLACED, TIED, WAITING
from huigong.studentaid.models import Application, Settlement
from huigong.studentaid.queries import facts_decided

_STATUS = {sharing.PLACED: PLACED, sharing.WAITING: WAITING, sharing.TIED: TIED}


@dataclass(frozen=True, slots=True)
class Turn:
    """Where sharing puts an application: its status and its rank behind the places that are held already."""

    application: Application
    status: str
    rank: int

    @property
    def moves(self) -> bool:
        return (self.application.status, self.application.rank) != (self.status, self.rank)


def turns(campaign: Campaign, circular: Circular) -> list[Turn]:
    """Everybody who is eligible, verified and without a place, in the declared order of each federation.

    A full tie across the line waits for a person; those that a person put first come first.
    """
    assert circular.quota is not None, "without a quota there is nothing to share"
    own = Application.objects.filter(campaign=campaign).select_related("federation")
    taken = Counter(own.filter(status__in=HOLDS_A_PLACE).values_list("federation__code", flat=True))
    waiting = {
        one.reference: one
        for one in own.filter(status__in=(ELIGIBLE, WAITING, TIED), amount_fen__isnull=False)
        if one.is_verified
    }
    keys = [key.fact for key in circular.ranking.keys] if circular.ranking else []
    ranked = ranking.rank(
        circular,
        [
            Candidate(reference, waiting[reference].federation.code, facts)
            for reference, facts in facts_decided(waiting.values(), names=keys).items()
        ],
    )
    places = quotas.places_of(campaign, fund_source=circular.quota.fund_source)
    preferred = set(
        Settlement.objects.filter(application__campaign=campaign, about=Settlement.About.TIE).values_list(
            "application__reference", flat=True
        )
    )
    shared = sharing.share(ranked, places, taken=taken, preferred=preferred)
    # Where a person broke a tie, those put first stand before the others: with the next sharing nobody's rank changes.
    ahead = Counter((one.federation_code, one.rank) for one in shared if one.outcome == sharing.PLACED)
    return [
        Turn(waiting[one.reference], _STATUS[one.outcome], taken[one.federation_code] + one.rank + before)
        for one in shared
        for before in (0 if one.outcome == sharing.PLACED else ahead[one.federation_code, one.rank],)
    ]
