"""Money is in its fund once another officer than the one who wrote it down saw that it is there."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huigong.audit.queries import history
from huigong.giving import actions
from huigong.giving.actions import Came, Gift
from huigong.giving.models import MoneySeen
from huigong.giving.queries import standing_appropriations, standing_donations
from huigong.giving.tests.test_appropriations import campaign, chen, second  # noqa: F401  the fixtures
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.values.money import Fen
from huigong.values.sentence import SaidError

DAY = date(2017, 8, 7)


@pytest.fixture(params=["appropriation", "donation"])
def entry(request, campaign, chen, at):  # noqa: F811
    """Written down by 陈, and nothing more."""
    told = {"officer": chen, "at": at}
    if request.param == "donation":
        return actions.take_in(campaign, Gift("梧州糖业有限公司", Fen(5_000_000), "", DAY), **told)
    return actions.appropriate(campaign, Came("regional-2017", Fen(5_000_000), "桂工办〔2017〕12号", DAY), **told)


def booked(entry):
    return ledger.references(prefix=f"fund:{entry.fund_source.code}:received:")


def standing():
    return [*standing_appropriations(), *standing_donations()]


def take_back(entry, chen, at):  # noqa: F811
    verb = actions.take_gift_back if type(entry).__name__ == "Donation" else actions.take_back
    return verb(entry, reason="记错了", officer=chen, at=at)


def test_until_somebody_else_saw_it_the_fund_has_nothing(entry, chen, huang, at):  # noqa: F811
    assert (booked(entry), standing()) == (set(), [])
    with pytest.raises(SameHandsError, match="请另一个人"):
        actions.see(entry, officer=chen, at=at)
    with pytest.raises(OtherRoleError):
        actions.see(entry, officer=huang, at=at)
    assert (booked(entry), standing()) == (set(), [])
    qin = second(entry.campaign, at)
    actions.see(entry, officer=qin, at=at)
    assert ledger.balance(f"fund:{entry.fund_source.code}").available == 5_000_000
    assert standing() == [entry]
    event = history(entry.number)[-1]
    assert (event.action, event.actor, event.payload["fen"]) == ("money.seen", qin.username, 5_000_000)
    with pytest.raises(SaidError, match="已经核对过"):
        actions.see(entry, officer=qin, at=at)


def test_what_nobody_saw_is_taken_back_without_a_transfer_and_seen_no_more(entry, chen, at):  # noqa: F811
    back = take_back(entry, chen, at)
    assert booked(entry) == set()
    for one in (entry, back):
        with pytest.raises(SaidError, match="已经冲回"):
            actions.see(one, officer=second(entry.campaign, at), at=at)
    assert not MoneySeen.objects.exists()


def test_what_was_seen_is_taken_back_with_its_transfer(entry, chen, at):  # noqa: F811
    actions.see(entry, officer=second(entry.campaign, at), at=at)
    take_back(entry, chen, at)
    assert ledger.balance(f"fund:{entry.fund_source.code}").available == 0
    assert standing() == []


def test_that_it_was_seen_is_never_rewritten(entry, at):
    one = actions.see(entry, officer=second(entry.campaign, at), at=at)
    for wrong in (one.delete, lambda: MoneySeen.objects.update(seen_by="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
