"""Rank what is eligible and verified, and share the places of one source: never more than there are."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huigong.circulars.models import Campaign
from huigong.lifecycle import actions as lifecycle
from huigong.quotas import queries as quotas
from huigong.rules import ranking, sharing
from huigong.rules.circular import Circular
from huigong.rules.ranking import Candidate
from huigong.studentaid.lifecycle import ELIGIBLE, HOLDS_A_PLACE, NEXT, PLACED, TIED, WAITING
from huigong.studentaid.models import Application, Settlement
from huigong.studentaid.queries import facts_decided

_STATUS = {sharing.PLACED: PLACED, sharing.WAITING: WAITING, sharing.TIED: TIED}


@transaction.atomic
def share(campaign: Campaign, circular: Circular, *, officer: str, at: datetime) -> Mapping[str, int]:
    """Give places in the declared order; returns how many applications moved to which status.

    Places that are held already count; a rank goes on behind them. A full tie across the line waits for a person.
    """
    assert circular.quota is not None, "without a quota there is nothing to share"
    Campaign.objects.select_for_update().get(pk=campaign.pk)
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
    moves = []
    for shared in sharing.share(ranked, places, taken=taken, preferred=preferred):
        one, to = waiting[shared.reference], _STATUS[shared.outcome]
        rank = taken[shared.federation_code] + shared.rank
        if (one.status, one.rank) == (to, rank):
            continue
        one.rank = rank
        told = {"rank": rank, "federation": shared.federation_code, "fen": one.amount_fen or 0}
        moves.append(lifecycle.Move(one, to, one.reference, "application.ranked", told))
    lifecycle.advance_all(moves, next_table=NEXT, officer=officer, at=at, also=("rank",))
    return Counter(move.to for move in moves)
