"""动态码: enrolled with a first code, each code once, closed after five wrong ones, withdrawn by somebody else only."""

from datetime import timedelta

import pytest

from huigong.audit.queries import history
from huigong.organisations import actions
from huigong.organisations.models import SecondFactor
from huigong.values.sentence import SaidError

MINUTE = timedelta(minutes=1)


@pytest.fixture
def secret(huang, at):
    secret = actions.new_secret()
    actions.enrol(huang, secret, actions.code_at(secret, at), at=at)
    return secret


def tried(officer, code, at):
    said = actions.try_code(officer, code, at=at)
    return said.code if said else None


def test_a_code_of_the_authenticator_proves_and_is_kept_encrypted(huang, secret, at):
    later = at + MINUTE
    assert tried(huang, actions.code_at(secret, later), later) is None
    assert SecondFactor.objects.get().secret.plain() == secret
    assert [one.action for one in history(huang.username)][-1] == "factor.enrolled"


def test_the_vector_of_rfc_6238_is_what_codes_are(at):
    """Appendix B, SHA-1, 59 seconds: 94287082, of which six digits are shown."""
    assert actions.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at.fromtimestamp(59, at.tzinfo)) == "287082"


def test_a_code_is_taken_once_and_a_clock_may_be_half_a_minute_off(huang, secret, at):
    later = at + MINUTE
    code = actions.code_at(secret, later)
    assert tried(huang, code, later + timedelta(seconds=30)) is None
    assert tried(huang, code, later) == "code_wrong"
    assert tried(huang, actions.code_at(secret, later + 2 * MINUTE), later) == "code_wrong"


def test_five_wrong_codes_close_it_for_a_quarter_of_an_hour(huang, secret, at):
    for _ in range(5):
        assert tried(huang, "000000", at) == "code_wrong"
    later = at + 14 * MINUTE
    assert tried(huang, actions.code_at(secret, later), later) == "factor_closed"
    later = at + 16 * MINUTE
    assert tried(huang, actions.code_at(secret, later), later) is None


def test_nobody_enrols_without_a_right_code_or_twice(huang, secret, at, mo):
    with pytest.raises(SaidError, match="已登记过"):
        actions.enrol(huang, secret, actions.code_at(secret, at), at=at)
    with pytest.raises(actions.NotProvenError):
        actions.enrol(mo, secret, "000000", at=at)
    assert tried(mo, "000000", at) == "no_factor"


def test_a_lost_telephone_is_withdrawn_by_somebody_else_and_enrolled_anew(huang, secret, at):
    with pytest.raises(SaidError, match="要由别人撤销"):
        actions.withdraw_factor(huang, by=huang.username, at=at)
    actions.withdraw_factor(huang, by="su", at=at)
    later = at + MINUTE
    assert tried(huang, actions.code_at(secret, later), later) == "no_factor"
    fresh = actions.new_secret()
    actions.enrol(huang, fresh, actions.code_at(fresh, later), at=later)
    with pytest.raises(SaidError):
        actions.withdraw_factor(huang, by=huang.username, at=later)
    assert SecondFactor.objects.filter(withdrawn_at=None).count() == 1
