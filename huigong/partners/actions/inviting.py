"""Begin an exchange: who is asked, on what legal basis, for how many people at most, until when; and note the paper answer."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents.models import Document
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Officer, Organisation
from huigong.organisations.queries import federation_of
from huigong.partners import blindcheck, secrets
from huigong.partners.columns import EXCHANGE
from huigong.partners.lifecycle import ENDED, INVITED
from huigong.partners.models import Exchange
from huigong.partners.queries import count_children
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole
from huigong.vault import actions as vault

MOST = 100_000
"""More people than any city aids: a longer list is a search through a population."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an exchange rests on, as the letter says it."""

    partner: str
    programme: str
    basis: str
    letter_number: str
    most: int
    until: date
    delete_on: date


@transaction.atomic
def invite(asked: Asked, *, officer: Officer, at: datetime) -> Exchange:
    """Begin a blind check. Raises SaidError without a basis, for more people than may be compared, fewer than we have, or days that do not fit."""
    exchange = begun(asked, Exchange.Kind.BLIND, officer=officer, at=at)
    refuse_more(count_children(exchange.federation), asked.most)
    exchange.secret = secrets.Kept(blindcheck.new_signer()).as_text()
    lifecycle.begin(exchange, INVITED, at=at)
    exchange.save(force_insert=True)
    tell(exchange, "exchange.invited", officer=officer.username, at=at, to=INVITED)
    return exchange


@transaction.atomic
def note_reply(exchange: Exchange, paper: Document, *, on: date, fingerprint: str, officer: str, at: datetime) -> None:
    """The office answered on paper: the scan, its day, and the fingerprint of its key, which its files have to bear."""
    locked = open_one(exchange)
    if on > timezone.localdate(at):
        raise SaidError(Sentence("reply_in_future", "复函日期还没到。", "The day of the answer has not come yet."))
    locked.reply, locked.replied_on = paper, on
    locked.fingerprint = regrouped(fingerprint)
    locked.save(update_fields=["reply", "replied_on", "fingerprint"])
    tell(locked, "exchange.replied", officer=officer, at=at)


def regrouped(fingerprint: str) -> str:
    """A fingerprint as the tool shows it, in groups of four, however it was typed."""
    digits = re.sub(r"[\s\-‐－]", "", unicodedata.normalize("NFKC", fingerprint)).upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))[:40]


def refuse_more(ours: int, most: int) -> None:
    """The letter names one limit for both sides; it is told before the letter goes out."""
    if ours > most:
        raise SaidError(
            Sentence(
                "exchange_more_of_ours",
                f"我方在档子女有 {ours} 人，函里写明最多 {most} 人，不能比。请另起一次，人数上限写 {ours} 以上。",
                f"We have {ours} children on file and the letter allows {most}: begin one that allows as many.",
            )
        )


def invitation_of(exchange: Exchange) -> bytes:
    """The file that goes to the office; the same whenever it is made, while the exchange lasts."""
    return blindcheck.invitation(
        exchange=exchange.number,
        ours=exchange.federation.name,
        theirs=exchange.partner,
        basis=exchange.basis,
        most=exchange.most,
        until=exchange.until.isoformat(),
        signer=kept_of(exchange).signer,
    )


def begun(asked: Asked, kind: str, *, officer: Officer, at: datetime) -> Exchange:
    """An exchange that is not written yet, with a key of its own."""
    today = timezone.localdate(at)
    if not all(text.strip() for text in (asked.partner, asked.programme, asked.basis, asked.letter_number)):
        raise SaidError(
            Sentence(
                "exchange_without_basis",
                "跨部门比对要写明对方单位、项目、法律依据和函号，缺一样不开始。",
                "An exchange needs the other office, the programme, the legal basis and the letter's number.",
            )
        )
    if not 0 < asked.most <= MOST or not today <= asked.until <= asked.delete_on:
        raise SaidError(
            Sentence(
                "exchange_limits",
                f"人数上限写 1 到 {MOST}；有效到不早于今天，删除日不早于有效到。",
                f"Between 1 and {MOST} people; the last day not before today, the day of deletion not before that.",
            )
        )
    federation = Organisation.objects.select_for_update().get(pk=federation_of(officer.organisation).pk)
    count = Exchange.objects.filter(federation=federation, at__year=today.year).count()
    return Exchange(
        number=f"PX-{federation.code}-{today.year}-{count + 1:03d}",
        federation=federation,
        kind=kind,
        partner=whole(asked.partner, 60, "对方单位", "the other office"),
        programme=whole(asked.programme, 60, "项目", "the programme"),
        basis=whole(asked.basis, 200, "法律依据", "the legal basis"),
        letter_number=whole(asked.letter_number, 60, "函号", "the letter's number"),
        most=asked.most,
        until=asked.until,
        delete_on=asked.delete_on,
        data_key=vault.new_data_key(),
        by=officer.username,
        at=at,
    )


def open_one(exchange: Exchange) -> Exchange:
    """The row, locked. Raises SaidError for one that has ended."""
    locked = Exchange.objects.select_for_update(of=("self",)).select_related("federation").get(pk=exchange.pk)
    if locked.status == ENDED:
        raise SaidError(
            Sentence(
                "exchange_ended",
                f"比对 {locked.number} 已结束，密钥已销毁，做不了了；要再比，请另发一次邀请。",
                f"Exchange {locked.number} has ended and its keys are destroyed: invite anew.",
            )
        )
    return locked


def kept_of(exchange: Exchange) -> secrets.Kept:
    assert exchange.secret is not None, "an exchange that lasts keeps its secret"
    return secrets.read(exchange.secret.plain())


def tell(exchange: Exchange, action: str, *, officer: str, at: datetime, **more: str | int) -> None:
    told = {"columns": EXCHANGE.told(exchange), **more}
    audit.record(action, subject=exchange.number, officer=officer, at=at, payload=told)
