"""An exchange as its page shows it: where it stands, the next step, whom both have with why, and what either side learns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from huigong.matching import engine
from huigong.partners import actions, blindcheck, queries
from huigong.partners.lifecycle import ANSWERED, ENDED, INVITED, LEARNT, WORDS
from huigong.partners.models import Exchange, Hit
from huigong.registry import aid_kinds
from huigong.registry.alike import person_on
from huigong.registry.models import Household
from huigong.web.console.words import said

_TONES = {INVITED: "now", ANSWERED: "now", LEARNT: "look", ENDED: "done"}


@dataclass(frozen=True, slots=True)
class RowShown:
    """One exchange of the list."""

    one: Exchange
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class HitShown:
    """One of ours who is on their list too: the file, the person, why, and what came of it."""

    one: Hit
    household: Household
    name: str
    why: str
    is_sure: bool
    said: str


@dataclass(frozen=True, slots=True)
class ExchangeShown:
    """Everything of the page. `step` is the one thing to do next."""

    one: Exchange
    word: str
    tone: str
    step: str
    fingerprint: str
    hits: Sequence[HitShown]
    open_hits: int
    kinds: Sequence[str]
    today: date


def rows_shown(found: Iterable[Exchange]) -> list[RowShown]:
    return [RowShown(one, said(*WORDS[one.status]), _TONES[one.status]) for one in found]


def exchange_shown(one: Exchange) -> ExchangeShown:
    hits = [_hit(hit) for hit in queries.hits_of(one)]
    today = timezone.localdate()
    return ExchangeShown(
        one=one,
        word=said(*WORDS[one.status]),
        tone=_TONES[one.status],
        step=_step(one),
        fingerprint=fingerprint_of(one),
        hits=hits,
        open_hits=sum(not hit.one.outcome for hit in hits),
        kinds=sorted(kind.word for kind in aid_kinds.shipped() if kind.holds_on(today)),
        today=today,
    )


def fingerprint_of(one: Exchange) -> str:
    """Ours, as the letter says it; gone with the key."""
    if one.secret is None or one.kind != Exchange.Kind.BLIND:
        return ""
    told = blindcheck.opened(actions.invitation_of(one), blindcheck.INVITATION)
    return blindcheck.fingerprint(str(told["signer"]))


def _step(one: Exchange) -> str:
    if one.status == INVITED:
        return "answer" if one.reply_id else "reply"
    return {ANSWERED: "learn", LEARNT: "settle"}.get(one.status, "")


def _hit(hit: Hit) -> HitShown:
    person = person_on(hit.household, hit.position)
    name = person.worker_name if isinstance(person, Household) else person.name if person else ""
    judgement = engine.judge(hit.pattern) if hit.pattern is not None else None
    why = "；".join(said(one.zh, one.en) for one in judgement.reasons) if judgement else said(*_WHY[Hit.How(hit.how)])
    percent = f"{min(99, round(judgement.probability * 100))}% · " if judgement else ""
    return HitShown(
        one=hit,
        household=hit.household,
        name=name,
        why=f"{percent}{why}",
        is_sure=hit.how == Hit.How.NUMBER or (judgement is not None and judgement.answer == engine.SAME),
        said=str(hit.get_outcome_display()) if hit.outcome else "",
    )


_WHY = {
    Hit.How.NUMBER: ("身份证号相同", "same identity number"),
    Hit.How.NAME: ("姓名相同，出生日期相同或号码只差一处", "same name, and same birth date or a number with one slip"),
    Hit.How.COMPARED: ("按名单比对", "compared with their list"),
}
