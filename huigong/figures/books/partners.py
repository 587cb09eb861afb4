"""Exchanges with other departments, and whom both had."""

from collections.abc import Iterator

from huigong.figures.books.looking import Look, Now, beside, last, stands
from huigong.partners.columns import EXCHANGE, HIT
from huigong.partners.models import Exchange, Hit

_TOLD = (
    "exchange.invited",
    "exchange.replied",
    "exchange.answered",
    "exchange.learnt",
    "exchange.listed",
    "exchange.ended",
)


def exchanges() -> Iterator[Look]:
    told = last(*_TOLD)
    moved = last("exchange.invited", "exchange.answered", "exchange.learnt", "exchange.listed", "exchange.ended")
    for one in Exchange.objects.order_by("number"):
        sealed = ((EXCHANGE, "columns", (one,)),)
        yield Look(
            one.number, "跨部门比对", "Exchange", Now(one.number, one.number, sealed=sealed), told.pop(one.number, None)
        )
        now = Now(one.number, one.number, stands(one.status, one.status_since))
        yield Look(one.number, "跨部门比对", "Exchange", now, moved.get(one.number), again=True)
    for gone in told.values():
        yield Look(gone.subject, "跨部门比对", "Exchange", None, gone)


def hits() -> Iterator[Look]:
    told = last("hit.found", "hit.settled", "hit.forgotten", key=lambda one: one.payload["hit"])
    rows = (
        Now(str(one.pk), one.exchange.number, sealed=((HIT, "columns", (one,)),))
        for one in Hit.objects.select_related("exchange")
    )
    return beside(told, rows, "重合", "Hit of exchange")


TABLES = (exchanges, hits)
