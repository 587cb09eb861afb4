"""Come in: a link that works once, an invitation into a fixed role, and a password of one's own."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.organisations.actions.appointing import appoint, free_username, refuse_over
from huigong.organisations.columns import INVITATION, OFFICER, PASSWORD
from huigong.organisations.models import Appointment, Invitation, Officer, OneTimeSignIn, Organisation
from huigong.organisations.queries import roles_of
from huigong.values import names
from huigong.values.sentence import SaidError, Sentence

_HANDLES_MONEY = frozenset({Appointment.Role.APPROVER, Appointment.Role.FINANCE})
SIGN_IN_HOURS = 24
INVITATION_DAYS = 7
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another when it is read out
_CODE_LENGTH = 16


@transaction.atomic
def one_time_sign_in(officer: Officer, *, by: str, at: datetime, hours: int = SIGN_IN_HOURS) -> str:
    """A random token that lets the officer in once within so many hours. Only its digest is kept."""
    token = secrets.token_urlsafe(24)
    OneTimeSignIn.objects.create(officer=officer, token_digest=_digest(token), expires_at=at + timedelta(hours=hours))
    audit.record("officer.invited", subject=officer.username, officer=by, at=at, payload={"hours": hours})
    return token


@transaction.atomic
def let_in(officer: Officer, *, by: str, at: datetime) -> str:
    """The same on an administrator's page. Raises SaidError for who left, and for whoever handles money and has been in before:
    a link is as good as a password, and no administrator may stand where money is decided.
    """
    kept = Officer.objects.select_for_update().get(pk=officer.pk)
    if not kept.is_active:
        raise SaidError(Sentence("officer_left", f"{kept.name}已离任，不发登录链接。", f"{kept.name} has left."))
    roles = roles_of(kept, on=timezone.localdate(at))
    if roles & _HANDLES_MONEY and (kept.last_login or kept.has_usable_password()):
        raise SaidError(
            Sentence(
                "link_not_by_an_administrator",
                f"{kept.name}管审批或发放，登录过的，不在网页上发链接（三员分开）：请本人到场，由管服务器的人用 huigong officers sign-in {kept.username} 发。",
                f"{kept.name} handles money and has been in before: whoever keeps the server gives the link in person (huigong officers sign-in {kept.username}).",
            )
        )
    return one_time_sign_in(kept, by=by, at=at)


@transaction.atomic
def redeem(token: str, *, at: datetime) -> Officer:
    """The officer whom a token lets in; it is used up. Raises SaidError for a wrong, used or expired one."""
    way_in = (
        OneTimeSignIn.objects.select_for_update()
        .filter(token_digest=_digest(token), used_at=None, expires_at__gt=at, officer__is_active=True)
        .select_related("officer")
        .first()
    )
    if way_in is None:
        raise SaidError(
            Sentence(
                "sign_in_used",
                "这个登录链接用过了或过期了，请安全管理员在“人员”里再发一个。",
                "This sign-in link was used or has expired: ask the security administrator for another (People).",
            )
        )
    way_in.used_at = at
    way_in.save(update_fields=["used_at"])
    audit.record("officer.signed_in_once", subject=way_in.officer.username, officer=way_in.officer.username, at=at)
    return way_in.officer


@transaction.atomic
def invite(
    organisation: Organisation, *, role: str, until: date | None, by: str, at: datetime, days: int = INVITATION_DAYS
) -> str:
    """A code that lets one person in once within so many days, as this role of this organisation and nothing else.

    Raises SaidError for a last day that is over.
    """
    refuse_over(until, today=timezone.localdate(at))
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    made = Invitation.objects.create(
        code_digest=_digest(code),
        role=role,
        organisation=organisation,
        until=until,
        issued_by=by,
        issued_at=at,
        expires_at=at + timedelta(days=days),
    )
    told = {"role": role, "organisation": organisation.code, "days": days, "columns": INVITATION.told(made)}
    audit.record("invitation.issued", subject=str(made.pk), officer=by, at=at, payload=told)
    return "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


@transaction.atomic
def join(code: str, *, name: str, password: str, at: datetime) -> Officer:
    """A new officer by an invitation, which is used up. Raises SaidError for a code that lets nobody in, or a weak password."""
    plain = "".join(letter for letter in code.upper() if letter in _LETTERS)
    invitation = (
        Invitation.objects.select_for_update()
        .filter(code_digest=_digest(plain), used_at=None, expires_at__gt=at)
        .first()
    )
    if invitation is None or invitation.organisation.closed_on:
        raise SaidError(
            Sentence(
                "invitation_used",
                "这个邀请码不对、用过了或过期了，请向发给您的人再要一个。",
                "This invitation is wrong, used or expired: ask whoever gave it to you for another.",
            )
        )
    officer = Officer(username=free_username(name), name=names.normalise(name), organisation=invitation.organisation)
    officer.set_unusable_password()
    officer.save(force_insert=True)
    own = officer.username
    appoint(officer, role=invitation.role, organisation=invitation.organisation, until=invitation.until, by=own, at=at)
    set_password(officer, password, by=own, at=at)
    invitation.used_at, invitation.used_by = at, officer
    invitation.save(update_fields=["used_at", "used_by"])
    told = {"officer": own, "columns": INVITATION.told(invitation)}
    audit.record("invitation.used", subject=str(invitation.pk), officer=own, at=at, payload=told)
    return officer


@transaction.atomic
def set_password(officer: Officer, password: str, *, by: str, at: datetime) -> None:
    """A password of one's own: twelve characters at least, and none of the common ones. Raises SaidError."""
    kept = Officer.objects.select_for_update().get(pk=officer.pk)
    try:
        validate_password(password, kept)
    except ValidationError as error:
        raise SaidError(_too_weak(error)) from error
    kept.set_password(password)
    kept.save(update_fields=["password"])
    officer.password = kept.password
    told = {"columns": OFFICER.told(kept), "password": PASSWORD.told(kept)}
    audit.record("officer.password_set", subject=kept.username, officer=by, at=at, payload=told)


_WEAK = {
    "password_too_short": ("至少 12 个字符", "at least 12 characters"),
    "password_too_common": ("不要用常见的密码", "not a common password"),
    "password_entirely_numeric": ("不要全是数字", "not only digits"),
    "password_too_similar": ("不要和登录名、姓名相近", "not like the name or the sign-in name"),
}


def _too_weak(error: ValidationError) -> Sentence:
    found = [_WEAK.get(one.code or "", ("换一个", "another one")) for one in error.error_list]
    return Sentence(
        "password_weak",
        f"这个密码没有存：{'；'.join(zh for zh, _ in found)}。一句只有您知道的话最好记，也最难猜。",
        f"This password was not kept: {'; '.join(en for _, en in found)}. A sentence that only you know is easy to keep.",
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
