"""Enrol a second factor, prove oneself by its code, and withdraw it when the telephone is gone."""

import base64
import secrets
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction

from huigong.audit import actions as audit
from huigong.organisations.columns import FACTOR, FACTOR_GONE
from huigong.organisations.models import Officer, SecondFactor
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault

_SECONDS, _DIGITS, _BYTES = 30, 6, 20
_TRIES, _CLOSED = 5, timedelta(minutes=15)


class NotProvenError(SaidError):
    """The code is wrong, used, or too many were wrong."""


def new_secret() -> str:
    """A fresh secret in base32, as authenticators read it."""
    return base64.b32encode(secrets.token_bytes(_BYTES)).decode()


def code_at(secret: str, at: datetime) -> str:
    """The code of that secret in the half minute of a moment."""
    return _totp(secret).generate(int(at.timestamp())).decode()


def address_of(secret: str, officer: Officer) -> str:
    """What the QR code holds: the secret as every authenticator takes it."""
    return _totp(secret).get_provisioning_uri(officer.username, "惠工")


@transaction.atomic
def enrol(officer: Officer, secret: str, code: str, *, at: datetime) -> None:
    """Take the secret, once the officer's authenticator gives its code. Raises NotProvenError."""
    Officer.objects.select_for_update().get(pk=officer.pk)
    if SecondFactor.objects.filter(officer=officer, withdrawn_at=None).exists():
        raise NotProvenError(
            Sentence(
                "factor_stands",
                "您已登记过动态码。换手机请安全管理员先撤销旧的。",
                "You have a second factor. To change it, the security administrator withdraws the old one first.",
            )
        )
    step = _step(secret, code, at=at, after=0)
    if step is None:
        raise _wrong()
    factor = SecondFactor(officer=officer, data_key=vault.new_data_key(), enrolled_at=at, last_step=step)
    factor.secret = secret
    factor.save(force_insert=True)
    told = {"columns": FACTOR.told(factor), "factor": str(factor.pk)}
    audit.record("factor.enrolled", subject=officer.username, officer=officer.username, at=at, payload=told)


@transaction.atomic
def try_code(officer: Officer, code: str, *, at: datetime) -> Sentence | None:
    """Whether the code is the officer's now: None, else what to tell. A wrong one is counted and recorded."""
    factor = SecondFactor.objects.select_for_update().filter(officer=officer, withdrawn_at=None).first()
    if factor is None:
        return Sentence("no_factor", "您还没有登记动态码。", "You have no second factor yet.")
    if factor.closed_until is not None and at < factor.closed_until:
        return Sentence(
            "factor_closed",
            "错了五次，请一刻钟后再试；手机丢了请安全管理员撤销旧的。",
            "Five were wrong: try again in a quarter of an hour, or have the security administrator withdraw it.",
        )
    step = _step(factor.secret.plain(), code, at=at, after=factor.last_step)
    if step is None:
        factor.wrong += 1
        if factor.wrong >= _TRIES:
            factor.wrong, factor.closed_until = 0, at + _CLOSED
        audit.record("factor.refused", subject=officer.username, officer=officer.username, at=at)
    else:
        factor.wrong, factor.closed_until, factor.last_step = 0, None, step
    factor.save(update_fields=["wrong", "closed_until", "last_step"])
    return None if step is not None else _wrong().sentence


@transaction.atomic
def withdraw_factor(officer: Officer, *, by: str, at: datetime) -> None:
    """The telephone is gone or changed hands: the factor counts no more, and the officer enrols anew."""
    factor = SecondFactor.objects.select_for_update().filter(officer=officer, withdrawn_at=None).first()
    if factor is None:
        raise SaidError(Sentence("no_factor_stands", "没有登记动态码，不用撤销。", "There is no factor to withdraw."))
    if officer.username == by:
        raise SaidError(
            Sentence("factor_own", "自己的动态码要由别人撤销。", "Somebody else withdraws one's own factor.")
        )
    factor.withdrawn_by, factor.withdrawn_at = by, at
    factor.save(update_fields=["withdrawn_by", "withdrawn_at"])
    told = {"columns": FACTOR_GONE.told(factor), "factor": str(factor.pk)}
    audit.record("factor.withdrawn", subject=officer.username, officer=by, at=at, payload=told)


def _step(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The half minute to which the code belongs: this one or one beside it (clocks differ), and none that was used."""
    now = int(at.timestamp()) // _SECONDS
    given = "".join(code.split()).encode()
    totp = _totp(secret)
    fits = [step for step in (now, now - 1, now + 1) if secrets.compare_digest(totp.generate(step * _SECONDS), given)]
    return next((step for step in fits if step > after), None)


def _totp(secret: str) -> TOTP:
    # SHA-1 is what every authenticator on a telephone does; the strength of HMAC does not rest on collisions.
    return TOTP(base64.b32decode(secret), _DIGITS, SHA1(), _SECONDS)  # noqa: S303


def _wrong() -> NotProvenError:
    return NotProvenError(
        Sentence(
            "code_wrong",
            "动态码不对或已用过，请等下一个再输。手机时间要准。",
            "The code is wrong or was used: wait for the next one. The telephone's clock has to be right.",
        )
    )
