"""Rank what is eligible and verified, and share the places of one source: never more than there are."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huigong.circulars.models import Campaign
from huigong.lifecycle import actions as lifecycle
from huigong.rules.circular import Circular
from huigong.studentaid.lifecycle import NEXT
from huigong.studentaid.turns import turns


@transaction.atomic
def share(campaign: Campaign, circular: Circular, *, officer: str, at: datetime) -> Mapping[str, int]:
    """Give places in the declared order; returns how many applications moved to which status.

    Places that are held already count; a rank goes on behind them. A full tie across the line waits for a person.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    moves = []
    for turn in turns(campaign, circular):
        if not turn.moves:
            continue
        one = turn.application
        one.rank = turn.rank
        told = {"rank": turn.rank, "federation": one.federation.code, "fen": one.amount_fen or 0}
        moves.append(lifecycle.Move(one, turn.status, one.reference, "application.ranked", told))
    lifecycle.advance_all(moves, next_table=NEXT, officer=officer, at=at, also=("rank",))
    return Counter(move.to for move in moves)
