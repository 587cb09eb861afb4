"""In by an invitation once, into what it says; a password of one's own that is not weak."""

from datetime import date, timedelta

import pytest

from huigong.audit import queries as audit
from huigong.organisations import actions
from huigong.organisations.models import Invitation, Officer
from huigong.values.sentence import SaidError

GOOD = "糖厂门口有三棵榕树，我都爬过"


@pytest.fixture
def code(sugar, at):
    return actions.invite(sugar, role="preparer", until=date(2017, 12, 31), by="su", at=at)


def test_an_invitation_lets_in_once_into_its_role_and_unit(code, sugar, at):
    officer = actions.join(code.lower(), name="农 大海", password=GOOD, at=at)
    period = officer.appointments.get()
    assert (officer.organisation, period.role, period.valid_until) == (sugar, "preparer", date(2017, 12, 31))
    assert [one.action for one in audit.history(officer.username)] == ["officer.appointed", "officer.password_set"]
    with pytest.raises(SaidError, match="用过了"):
        actions.join(code, name="别人", password=GOOD, at=at)
    assert Officer.objects.count() == 1


def test_an_invitation_expires(code, at):
    with pytest.raises(SaidError, match="过期"):
        actions.join(code, name="农大海", password=GOOD, at=at + timedelta(days=8))
    assert Invitation.objects.get().used_at is None


def test_a_wrong_code_lets_nobody_in(code, at):
    with pytest.raises(SaidError):
        actions.join(code[:-1] + ("2" if code[-1] != "2" else "3"), name="农大海", password=GOOD, at=at)


def test_only_the_digest_of_a_code_is_kept(code):
    assert code.replace("-", "") not in str(Invitation.objects.values().get())


@pytest.mark.parametrize(
    ("weak", "why"),
    [("short1", "至少 12 个字符"), ("password1234", "常见"), ("123456789012", "全是数字"), ("nongdahai2017", "相近")],
)
def test_a_weak_password_is_refused_and_uses_nothing_up(code, at, weak, why):
    with pytest.raises(SaidError, match=why):
        actions.join(code, name="农大海", password=weak, at=at)
    assert Officer.objects.count() == 0
    assert Invitation.objects.get().used_at is None


def test_signing_in_never_changes_the_password_in_silence(huang, at, settings):
    actions.set_password(huang, GOOD, by=huang.username, at=at)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", *settings.PASSWORD_HASHERS]
    kept = Officer.objects.get(pk=huang.pk).password
    assert Officer.objects.get(pk=huang.pk).check_password(GOOD)
    assert Officer.objects.get(pk=huang.pk).password == kept
