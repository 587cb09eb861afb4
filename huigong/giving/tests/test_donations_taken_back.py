"""A gift booked wrongly is taken back whole while its money is there; its receipt is void, and both papers stay."""

import io

import docx
import pytest
from django.db import IntegrityError, transaction

from huigong.audit.queries import told_of
from huigong.giving import actions
from huigong.giving.models import Donation
from huigong.giving.queries import standing_donations
from huigong.giving.receipt import receipt
from huigong.giving.tests.test_donations import campaign, chen, take  # noqa: F401  the fixtures
from huigong.ledger import actions as posting
from huigong.ledger import queries as ledger
from huigong.values.money import Fen
from huigong.values.sentence import SaidError

FUND = "fund:donation-2017"


@pytest.fixture
def gift(campaign, chen, at):  # noqa: F811
    return take(campaign, chen, at)


def back(gift, chen, at, reason="同一笔记了两次"):  # noqa: F811
    return actions.take_gift_back(gift, reason=reason, officer=chen, at=at)


def promise(gift, fen, at):
    told = {"federation": gift.campaign.federation, "officer": "system", "at": at}
    posting.open_account("families", "家庭", **told)
    posting.post(posting.Entry(f"promise-{fen}", FUND, "families", Fen(fen), "award", "pending"), officer="x", at=at)


def text_of(gift):
    return "\n".join(one.text for one in docx.Document(io.BytesIO(receipt(gift))).paragraphs)


def test_the_fund_stands_as_before_and_both_rows_and_their_event_stay(gift, chen, at):  # noqa: F811
    made = back(gift, chen, at)
    assert (made.number, made.takes_back, made.fen) == ("SA-450400-2017-D002", gift, gift.fen)
    assert ledger.balance(FUND).available == 0
    assert not standing_donations().exists()
    assert Donation.objects.count() == 2
    assert [(one.subject, one.payload["of"]) for one in told_of("donation.taken_back")] == [(made.number, gift.number)]
    reversal = ledger.named([f"{FUND}:received:{gift.number}:reversal"]).popitem()[1]
    assert (reversal.kind, reversal.fen) == ("reversal", gift.fen)


def test_its_receipt_is_void_and_the_second_paper_says_why(gift, chen, at):  # noqa: F811
    assert "作废" not in text_of(gift)
    made = back(gift, chen, at)
    for told in ("捐助收据（作废）", made.number, "同一笔记了两次", "伍万元整"):
        assert told in text_of(gift)
    for told in ("捐助收据冲回单", made.number, gift.number, "同一笔记了两次", "伍万元整", "请收回"):
        assert told in text_of(made)


def test_what_is_promised_by_then_is_named_and_nothing_is_written(gift, chen, at):  # noqa: F811
    promise(gift, 1_000_000, at)
    with pytest.raises(SaidError, match=r"还能动用 40,000 元.*补记对的一笔"):
        back(gift, chen, at)
    assert (Donation.objects.count(), ledger.balance(FUND).available) == (1, 4_000_000)
    take(gift.campaign, chen, at, fen=Fen(1_000_000))
    back(gift, chen, at)
    assert ledger.balance(FUND).available == 0


def test_a_fund_that_may_be_overdrawn_gives_no_more_than_it_has(campaign, chen, at):  # noqa: F811
    told = {"federation": campaign.federation, "officer": "system", "at": at}
    posting.open_account(FUND, "社会捐助", may_be_overdrawn="yes", **told)
    gift = take(campaign, chen, at)
    promise(gift, 6_000_000, at)
    with pytest.raises(SaidError, match="还能动用 0 元"):
        back(gift, chen, at)


def test_it_is_taken_back_once_with_a_reason_and_by_finance(gift, chen, huang, at):  # noqa: F811
    with pytest.raises(SaidError, match="为什么"):
        back(gift, chen, at, reason=" ")
    with pytest.raises(SaidError, match="财务"):
        back(gift, huang, at)
    made = back(gift, chen, at)
    for again in (gift, made):
        with pytest.raises(SaidError, match="已经冲回过"):
            back(again, chen, at)
    told = {"donor": "x", "fen": 1, "received_on": gift.received_on, "recorded_by": "x", "at": at, "takes_back": gift}
    with pytest.raises(IntegrityError), transaction.atomic():
        Donation.objects.create(number="x", campaign=gift.campaign, fund_source=gift.fund_source, **told)
