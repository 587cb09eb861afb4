"""Take a list that another office sent: match it, keep the hits, and the list itself until the day on which it is deleted."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from huigong.audit import actions as audit
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Officer
from huigong.partners.actions.inviting import Asked, begun
from huigong.partners.actions.settling import keep_hits
from huigong.partners.columns import EXCHANGE
from huigong.partners.lifecycle import LEARNT
from huigong.partners.lists import Line, read_list
from huigong.partners.models import Exchange, Hit
from huigong.partners.queries import children_of
from huigong.registry import alike


@transaction.atomic
def take_list(asked: Asked, path: Path, *, officer: Officer, at: datetime) -> Exchange:
    """Raises SaidError, with nothing written, for a list that is none; who is on it and not on file goes on the day of deletion."""
    lines = read_list(path, most=asked.most)
    exchange = begun(asked, Exchange.Kind.LIST, officer=officer, at=at)
    people = children_of(exchange.federation)
    exchange.secret = json.dumps([line.said for line in lines], ensure_ascii=False)
    exchange.ours, exchange.theirs = len(people), len(lines)
    lifecycle.begin(exchange, LEARNT, at=at)
    exchange.save(force_insert=True)
    count = keep_hits(exchange, _hits(lines, people), officer=officer.username, at=at)
    told = {"to": LEARNT, "hits": count, "columns": EXCHANGE.told(exchange)}
    audit.record("exchange.listed", subject=exchange.number, officer=officer.username, at=at, payload=told)
    return exchange


def _hits(lines: Sequence[Line], people: Sequence[alike.OnFile]) -> list[Hit]:
    return [
        Hit(
            household_id=one.household_id,
            position=one.position,
            programme=lines[row].programme,
            how=Hit.How.COMPARED,
            pattern=pattern,
            told=lines[row].said,
        )
        for row, one, pattern in alike.links([line.person for line in lines], people)
    ]
