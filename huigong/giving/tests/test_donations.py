"""A donation is booked with its wish and its receipt in one go, and a wish shuts nobody out."""

import io
from datetime import date

import docx
import pytest
from django.db import DatabaseError, transaction

from huigong.circulars.tests.test_open_campaign import opened
from huigong.giving import actions
from huigong.giving.actions import Gift
from huigong.giving.models import Donation
from huigong.giving.receipt import receipt
from huigong.giving.tests.test_appropriations import second
from huigong.ledger import queries as ledger
from huigong.organisations import actions as organisations
from huigong.values.money import Fen
from huigong.values.sentence import SaidError

DAY = date(2017, 8, 7)


@pytest.fixture
def campaign(city, at):
    return opened(city, at)


@pytest.fixture
def chen(city, at):
    return organisations.add_officer("陈", role="finance", organisation=city, by="system", at=at)


def take(campaign, chen, at, **changes):
    told = {
        "donor": "梧州糖业有限公司",
        "fen": Fen(5_000_000),
        "wish": "给藤县的大学新生",
        "received_on": DAY,
    } | changes
    made = actions.take_in(campaign, Gift(**told), officer=chen, at=at)
    actions.see(made, officer=second(campaign, at), at=at)
    return made


def test_it_stands_in_the_books_and_a_second_has_a_number_of_its_own(campaign, chen, at):
    first, second = take(campaign, chen, at), take(campaign, chen, at)
    assert (first.number, second.number) == ("SA-450400-2017-D001", "SA-450400-2017-D002")
    assert ledger.balance("fund:donation-2017").available == 10_000_000
    assert first.fund_source.kind == "donation"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"donor": " "}, "都要有"),
        ({"fen": Fen(0)}, "都要有"),
        ({"received_on": date(2017, 8, 9)}, "都要有"),
        ({"received_on": date(1, 1, 1)}, "不早于 2016-01-01"),
        ({"wish": "只给女生"}, "女生"),
        ({"fen": Fen(10_000_000_001)}, "多半是多写了几个零"),
        ({"donor": "某" * 101}, "捐助人写了 101 个字"),
        ({"wish": "给" * 201}, "意愿写了 201 个字"),
        ({"wish": "限汉族学生"}, "汉族"),
        ({"wish": "不给患病家庭"}, "患病"),
    ],
)
def test_what_cannot_be_taken_says_why_and_books_nothing(campaign, chen, at, changes, said):
    with pytest.raises(SaidError, match=said):
        take(campaign, chen, at, **changes)
    assert Donation.objects.count() == 0


def test_only_finance_takes_money_in(campaign, huang, at):
    with pytest.raises(SaidError, match="财务"):
        take(campaign, huang, at)


def test_the_receipt_says_the_sum_in_capitals_and_the_wish(campaign, chen, at):
    content = receipt(take(campaign, chen, at))
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    for told in ("伍万元整", "50,000", "给藤县的大学新生", "SA-450400-2017-D001"):
        assert told in text


def test_a_donation_is_never_rewritten(campaign, chen, at):
    one = take(campaign, chen, at)
    for wrong in (one.delete, lambda: Donation.objects.update(fen=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
