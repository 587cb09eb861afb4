"""Keep whom both have, and say of each: aid of that programme goes into the record, or it is somebody or something else."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.partners.columns import HIT
from huigong.partners.models import Exchange, Hit
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.registry.actions.aid_elsewhere import ELSEWHERE
from huigong.registry.alike import person_on
from huigong.registry.models import Household
from huigong.values.sentence import SaidError, Sentence


def keep_hits(exchange: Exchange, hits: Sequence[Hit], *, officer: str, at: datetime) -> int:
    """Write each once a person and programme: by the number before by the name."""
    keys = dict(Household.objects.filter(pk__in={one.household_id for one in hits}).values_list("pk", "data_key_id"))
    order = {Hit.How.NUMBER: 0, Hit.How.COMPARED: 1, Hit.How.NAME: 2}
    known = set(exchange.hits.values_list("household", "position", "programme"))
    fresh = list[Hit]()
    for one in sorted(hits, key=lambda hit: order[Hit.How(hit.how)]):
        if (key := (one.household_id, one.position, one.programme)) in known:
            continue
        known.add(key)
        one.exchange, one.data_key_id = exchange, keys[one.household_id]
        fresh.append(one)
    Hit.objects.bulk_create(fresh, batch_size=400)
    audit.record_all(_entry(one, "hit.found", officer, at) for one in fresh)
    return len(fresh)


@transaction.atomic
def take(hit: Hit, kind: str, *, fen: int, on: date, officer: str, at: datetime) -> None:
    """The other office did give: the aid goes into the record of all aid, for this person, once."""
    row = _open(hit)
    if fen <= 0 or on > timezone.localdate(at) or not kind:
        raise SaidError(
            Sentence(
                "hit_aid_unfit",
                "要选帮扶类别，金额大于 0，日期不晚于今天；不知道就先问对方。",
                "Choose the kind; the amount is more than nothing and the day not after today. Ask the office if in doubt.",
            )
        )
    person = person_on(row.household, row.position)
    exchange = row.exchange
    index = person.id_number_index if person else ""
    number = exchange.hits.filter(outcome=Hit.Outcome.TAKEN).count() + 1
    aid = Aid(
        row.household_id, index, ELSEWHERE, ELSEWHERE, fen, f"{exchange.number}-A{number}", kind, exchange.partner
    )
    registry.give_all([aid], on=on, officer=officer, at=at)
    _settle(row, Hit.Outcome.TAKEN, officer=officer, at=at, fen=fen)


@transaction.atomic
def dismiss(hit: Hit, *, officer: str, at: datetime) -> None:
    """Somebody else, or aid for another need: nothing goes into the record, and what the list said of them is forgotten."""
    _settle(_open(hit), Hit.Outcome.DISMISSED, officer=officer, at=at)


def _open(hit: Hit) -> Hit:
    Exchange.objects.select_for_update().get(pk=hit.exchange_id)  # hits are numbered one after the other
    row = Hit.objects.select_for_update(of=("self",)).select_related("exchange", "household").get(pk=hit.pk)
    if row.outcome:
        raise SaidError(Sentence("hit_settled", f"{row.by} 已经定过这一条了。", f"{row.by} settled this one already."))
    return row


def forget_strangers(exchange: Exchange, *, officer: str, at: datetime) -> None:
    """What the list said of people whom nobody took for ours goes with the list."""
    rows = list(exchange.hits.exclude(outcome=Hit.Outcome.TAKEN).exclude(told=None))
    for row in rows:
        row.told = None
        row.save(update_fields=["told"])
    audit.record_all(_entry(row, "hit.forgotten", officer, at) for row in rows)


def _settle(row: Hit, outcome: str, *, officer: str, at: datetime, fen: int | None = None) -> None:
    row.outcome, row.by, row.at, row.fen = outcome, officer, at, fen
    if outcome == Hit.Outcome.DISMISSED:
        row.told = None
    row.save(update_fields=["outcome", "by", "at", "fen", "told"])
    audit.record_all([_entry(row, "hit.settled", officer, at)])


def _entry(row: Hit, action: str, officer: str, at: datetime) -> audit.Entry:
    told = {"hit": str(row.pk), "how": row.how, "outcome": row.outcome, "columns": HIT.told(row)}
    return audit.Entry(action, row.exchange.number, officer, at, told)
