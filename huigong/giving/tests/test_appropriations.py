"""Money that came is booked by its paper, once; a wrong entry is taken back whole, and both stay."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huigong.audit.queries import told_of
from huigong.circulars.models import Campaign
from huigong.circulars.tests.test_open_campaign import opened
from huigong.giving import actions
from huigong.giving.actions import Came
from huigong.giving.models import Appropriation
from huigong.ledger import actions as posting
from huigong.ledger import queries as ledger
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundSource
from huigong.values.money import Fen
from huigong.values.sentence import SaidError
from huigong.values.uuid7 import uuid7

DAY, PAPER = date(2017, 8, 7), "桂工办〔2017〕12号"


@pytest.fixture
def campaign(city, at):
    quotas.keep_source("regional-2017", name="自治区资金", kind=FundSource.Kind.REGION, officer="system", at=at)
    return opened(city, at)


@pytest.fixture
def chen(city, at):
    return organisations.add_officer("陈", role="finance", organisation=city, by="system", at=at)


def came(campaign, chen, at, **changes):
    told = {"source": "regional-2017", "fen": Fen(5_000_000), "paper": PAPER, "received_on": DAY} | changes
    made = actions.appropriate(campaign, Came(**told), officer=chen, at=at)
    actions.see(made, officer=second(campaign, at), at=at)
    return made


def second(campaign, at):
    """The other officer, who sees that the money is there."""
    found = Officer.objects.filter(username="覃").first()
    told = {"role": "approver", "organisation": campaign.federation, "by": "system", "at": at}
    return found or organisations.add_officer("覃", **told)


def left(fund="regional-2017"):
    return ledger.balance(f"fund:{fund}").available


def test_it_stands_in_the_books_by_its_paper(campaign, chen, at):
    one = came(campaign, chen, at)
    assert (one.number, one.fund_source.code, left()) == ("SA-450400-2017-F001", "regional-2017", 5_000_000)
    assert [event.subject for event in told_of("appropriation.received")] == [one.number]


def test_the_same_paper_is_booked_once_and_its_second_sum_says_so(campaign, chen, at):
    came(campaign, chen, at)
    with pytest.raises(SaidError, match="已经记过"):
        came(campaign, chen, at, fen=Fen(1), paper=f" {PAPER} ")
    came(campaign, chen, at, fen=Fen(1_000_000), paper=f"{PAPER} 第二笔")
    assert left() == 6_000_000


def test_a_kind_without_a_source_opens_one(campaign, chen, at):
    one = came(campaign, chen, at, source="own_union", paper="工会经费")
    assert (one.fund_source.code, one.fund_source.kind, left("own-union-2017")) == (
        "own-union-2017",
        "own_union",
        5_000_000,
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"paper": " "}, "都要有"),
        ({"fen": Fen(0)}, "都要有"),
        ({"received_on": date(2015, 12, 31)}, "不早于 2016-01-01"),
        ({"received_on": date(2017, 8, 9)}, "都要有"),
        ({"source": "nowhere"}, "请选一个来源"),
        ({"fen": Fen(10_000_000_001)}, "多半是多写了几个零"),
        ({"paper": "文" * 121}, "拨款文件写了 121 个字"),
        ({"source": "donation"}, "请选一个来源"),
    ],
)
def test_what_cannot_be_booked_says_why_and_books_nothing(campaign, chen, at, changes, said):
    with pytest.raises(SaidError, match=said):
        came(campaign, chen, at, **changes)
    assert Appropriation.objects.count() == 0


def test_a_wrong_entry_is_taken_back_whole_and_its_paper_booked_anew(campaign, chen, at):
    first = came(campaign, chen, at)
    with pytest.raises(SaidError, match="不替您截短"):
        actions.take_back(first, reason="零" * 201, officer=chen, at=at)
    back = actions.take_back(first, reason="少写一个零", officer=chen, at=at)
    assert (back.takes_back, back.fen, left()) == (first, first.fen, 0)
    came(campaign, chen, at, fen=Fen(50_000_000))
    assert left() == 50_000_000
    for again in (first, back):
        with pytest.raises(SaidError, match="已经冲回过"):
            actions.take_back(again, reason="再来", officer=chen, at=at)


def test_what_was_promised_by_then_is_not_taken_back(campaign, chen, at):
    first = came(campaign, chen, at)
    posting.open_account("somewhere", "某处", federation=campaign.federation, officer="system", at=at)
    posting.post(posting.Entry("promise", "fund:regional-2017", "somewhere", Fen(1), "award"), officer="system", at=at)
    with pytest.raises(SaidError, match="还差"), transaction.atomic():
        actions.take_back(first, reason="记错", officer=chen, at=at)
    assert (Appropriation.objects.count(), left()) == (1, 4_999_999)


def test_a_fund_that_an_approval_opened_stays_as_it_was_opened(campaign, chen, at):
    told = {"federation": campaign.federation, "officer": "system", "at": at}
    posting.open_account("fund:regional-2017", "自治区资金", may_be_overdrawn="yes", **told)
    posting.open_account("somewhere", "某处", **told)
    posting.post(
        posting.Entry("promise", "fund:regional-2017", "somewhere", Fen(7_000_000), "award"), officer="system", at=at
    )
    first = came(campaign, chen, at)
    assert left() == -2_000_000
    actions.take_back(first, reason="记错", officer=chen, at=at)
    assert left() == -7_000_000


def test_the_same_paper_is_one_in_all_campaigns(campaign, chen, at):
    """The source is locked while its papers are looked through: the other campaign's officer waits, and is told."""
    came(campaign, chen, at)
    other = Campaign.objects.get(pk=campaign.pk)
    other.pk, other.code = uuid7(), "SA-450400-2017-2"
    other.save(force_insert=True)
    with CaptureQueriesContext(connection) as asked, pytest.raises(SaidError, match="SA-450400-2017-F001"):
        came(other, chen, at)
    if connection.vendor == "postgresql":
        assert any("quotas_fundsource" in one["sql"] and "FOR UPDATE" in one["sql"] for one in asked)
    assert left() == 5_000_000


def test_taking_back_says_why(campaign, chen, at):
    first = came(campaign, chen, at)
    with pytest.raises(SaidError, match="为什么"):
        actions.take_back(first, reason=" ", officer=chen, at=at)


def test_only_finance_books_what_came(campaign, huang, at):
    with pytest.raises(SaidError, match="财务"):
        came(campaign, huang, at)


def test_it_is_never_rewritten(campaign, chen, at):
    one = came(campaign, chen, at)
    for wrong in (one.delete, lambda: Appropriation.objects.update(fen=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
