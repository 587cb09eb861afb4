"""End an exchange: our secret, their points, the list that they sent, and the key that opened them are destroyed."""

from datetime import date, datetime

from django.db import transaction

from huigong.lifecycle import actions as lifecycle
from huigong.partners.actions.inviting import open_one
from huigong.partners.actions.settling import forget_strangers
from huigong.partners.columns import EXCHANGE
from huigong.partners.lifecycle import ENDED, NEXT
from huigong.partners.models import Exchange
from huigong.partners.queries import due
from huigong.vault import actions as vault


@transaction.atomic
def end(exchange: Exchange, *, officer: str, at: datetime) -> None:
    """What was found stays; what was exchanged goes, and what a list said of whoever was not taken into the record."""
    locked = open_one(exchange)
    forget_strangers(locked, officer=officer, at=at)
    key = locked.data_key_id
    locked.secret, locked.data_key = None, None
    Exchange.objects.filter(pk=locked.pk).update(secret=None, data_key=None)
    lifecycle.advance(
        locked,
        ENDED,
        next_table=NEXT,
        officer=officer,
        at=at,
        action="exchange.ended",
        subject=locked.number,
        payload={"columns": EXCHANGE.told(locked)},
    )
    if key is not None:
        vault.destroy(key)


def end_due(*, on: date, officer: str, at: datetime) -> int:
    """End every exchange whose day has come, each in a transaction of its own; returns how many."""
    found = list(due(on=on))
    for exchange in found:
        end(exchange, officer=officer, at=at)
    return len(found)
