"""The two middle steps of a blind check: their blinded list comes and ours goes; their result comes, and whom both have is known."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from huigong.lifecycle import actions as lifecycle
from huigong.partners import blindcheck, secrets
from huigong.partners.actions.inviting import invitation_of, kept_of, open_one, refuse_more, tell
from huigong.partners.actions.settling import keep_hits
from huigong.partners.blindcheck import BlindError, Section
from huigong.partners.columns import EXCHANGE
from huigong.partners.lifecycle import ANSWERED, INVITED, LEARNT, NEXT
from huigong.partners.models import Exchange, Hit
from huigong.partners.queries import children_of, programmes_of
from huigong.values.sentence import SaidError, Sentence

Made = TypeVar("Made")


@transaction.atomic
def answer(exchange: Exchange, content: bytes, *, officer: str, at: datetime) -> bytes:
    """Take their list and give ours: theirs with our secret on top, and our own points. The same list again, the same answer.

    Raises SaidError, with nothing written, for a file that is altered, of another exchange, signed by another key than the
    one on the paper answer, longer than agreed, with broken or repeated points, made with another normalisation, or another
    list than the one that was answered.
    """
    locked = open_one(exchange)
    _refuse_unready(locked, at)
    invited = blindcheck.opened(invitation_of(locked), blindcheck.INVITATION)
    told = _taken(lambda: blindcheck.opened(content, blindcheck.LIST))
    _refuse_other_signer(locked, told)
    kept, listed, sha256 = kept_of(locked), blindcheck.digest(told), hashlib.sha256(content).hexdigest()
    if locked.status == ANSWERED:
        _refuse_another_list(kept, listed)
        tell(locked, "exchange.answered", officer=officer, at=at, list=sha256, to=ANSWERED)
    else:
        kept = _answered(locked, kept, invited, told, at)
        lifecycle.advance(
            locked,
            ANSWERED,
            next_table=NEXT,
            officer=officer,
            at=at,
            action="exchange.answered",
            subject=locked.number,
            payload={"list": sha256, "columns": EXCHANGE.told(locked)},
        )
    return blindcheck.answer_file(kept.ours, kept.theirs_again, invited, kept.signer, listed=listed)


@transaction.atomic
def learn(exchange: Exchange, content: bytes, *, officer: str, at: datetime) -> int:
    """Take their result and keep whom both have; returns how many. Raises SaidError for a file that does not fit."""
    locked = open_one(exchange)
    if locked.status != ANSWERED:
        raise SaidError(
            Sentence(
                "exchange_not_answered",
                "还没有应答，或已经有结果：先收盲名单、给应答，再收一次结果。",
                "First take their list and answer it; a result is taken once.",
            )
        )
    invited = blindcheck.opened(invitation_of(locked), blindcheck.INVITATION)
    told = _taken(lambda: blindcheck.opened(content, blindcheck.RESULT))
    _refuse_other_signer(locked, told)
    kept = kept_of(locked)
    ours_again = _taken(lambda: blindcheck.sections_in(told, invited, "yours"))
    _taken(lambda: blindcheck.refuse_other_shape(kept.ours, ours_again))
    found = blindcheck.hits(ours_again, kept.theirs_again)
    hits = [
        Hit(household_id=pk, position=position, programme=programme, how=by)
        for (pk, position), programme, by in ((kept.whose[section][place], p, by) for section, place, p, by in found)
    ]
    count = keep_hits(locked, hits, officer=officer, at=at)
    lifecycle.advance(
        locked,
        LEARNT,
        next_table=NEXT,
        officer=officer,
        at=at,
        action="exchange.learnt",
        subject=locked.number,
        payload={"hits": count, "result": hashlib.sha256(content).hexdigest(), "columns": EXCHANGE.told(locked)},
    )
    return count


def _answered(
    exchange: Exchange, kept: secrets.Kept, invited: dict[str, Any], told: dict[str, Any], at: datetime
) -> secrets.Kept:
    """Their points with our secret on top and ours, kept in the row: whatever is asked later, this is what was answered."""
    theirs = _taken(lambda: blindcheck.sections_in(told, invited))
    secret = blindcheck.new_secret()
    theirs_again = _taken(lambda: blindcheck.again(theirs, secret))
    ours, whose = _our_sections(exchange, invited, secret, at)
    kept = secrets.Kept(kept.signer, secret, ours, whose, theirs_again, blindcheck.digest(told))
    exchange.secret, exchange.ours, exchange.theirs = kept.as_text(), _people(ours), _people(theirs)
    exchange.save(update_fields=["secret", "ours", "theirs"])
    return kept


def _our_sections(
    exchange: Exchange, invited: dict[str, Any], secret: int, at: datetime
) -> tuple[list[Section], list[Any]]:
    people = children_of(exchange.federation)
    refuse_more(len(people), exchange.most)
    given = programmes_of(people, exchange.federation, on=timezone.localdate(at))
    rows = [
        blindcheck.Row(one.person.id_number, one.person.name, programme)
        for one, programme in zip(people, given, strict=True)
    ]
    ours = _taken(lambda: blindcheck.sections_of(rows, invited, secret, with_names=True))
    whose = [[(people[at].household_id, people[at].position) for at in section.rows] for section in ours]
    return ours, whose


def _refuse_another_list(kept: secrets.Kept, listed: str) -> None:
    """One list an exchange: with one secret, list after list would be a search through a population."""
    if listed != kept.listed:
        raise SaidError(
            Sentence(
                "exchange_another_list",
                "这次比对已经应答过一份盲名单，这是另一份，没有收：一次比对只答一份。要换名单，请结束这次、另发邀请。",
                "This exchange has answered a list, and this is another: one list an exchange. End it and invite anew.",
            )
        )


def _refuse_unready(exchange: Exchange, at: datetime) -> None:
    if exchange.status not in {INVITED, ANSWERED}:
        raise SaidError(
            Sentence("exchange_answered", "这次比对已经有结果，不再应答。", "This exchange has its result already.")
        )
    if exchange.reply_id is None or not exchange.fingerprint:
        raise SaidError(
            Sentence(
                "exchange_without_reply",
                "先记下对方的复函（扫描件、日期、指纹），再收盲名单：没有依据不比，指纹对不上不比。",
                "First note the office's answer on paper (scan, day, fingerprint): nothing is compared without.",
            )
        )
    if timezone.localdate(at) > exchange.until:
        raise SaidError(
            Sentence(
                "exchange_over",
                f"邀请只到 {exchange.until}，过了不再收；要再比，请另发一次邀请。",
                f"The invitation ended on {exchange.until}: invite anew.",
            )
        )


def _refuse_other_signer(exchange: Exchange, told: dict[str, Any]) -> None:
    if blindcheck.fingerprint(str(told["signer"])) != exchange.fingerprint:
        raise SaidError(
            Sentence(
                "exchange_other_signer",
                "文件的签名指纹和复函上写的不一样，没有收。请打电话和对方核对：是抄错了，还是文件不是他们的。",
                "The file's fingerprint is not the one on the paper answer: not taken. Call the office and compare.",
            )
        )


def _people(sections: list[Section]) -> int:
    return sum(len(one.points) for one in sections if one.by == blindcheck.BY_NUMBER)


def _taken(made: Callable[[], Made]) -> Made:
    """What the tool refuses, in the house's own kind of sentence."""
    try:
        return made()
    except BlindError as error:
        zh, _, en = str(error).partition("/ ")
        raise SaidError(Sentence("blind_file_refused", zh, en or zh)) from None
