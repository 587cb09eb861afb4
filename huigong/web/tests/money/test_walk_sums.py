"""Statistics, awards and ledger are compared fund by fund: what is counted of one source is not told of another."""

import pytest

from huigong.figures.counting import figures
from huigong.figures.standing import Standing
from huigong.figures.statistics import group_words
from huigong.payments import actions as payments
from huigong.studentaid import actions
from huigong.studentaid.models import Application
from huigong.studentaid.tests.office import AFTER, MINUTES, WEI, Family, opened
from huigong.values.money import yuan
from huigong.web.console.walk.walking import agreed

CASE, OTHER = "SA-450422-2017-00001", "SA-450422-2017-00002"


@pytest.fixture
def two_funds(city, at, tmp_path):
    """Two students approved, each out of a fund of their own."""
    office = opened(city, at, tmp_path)
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.carry("published")
    told = {"name": "社会捐助", "document": "D1", "officer": "chen", "at": at}
    payments.provide(office.campaign, "donation-2017", yuan(5_000), **told)
    for only, source in (([CASE], ""), ([OTHER], "donation-2017")):
        actions.approve(
            office.campaign,
            office.circular,
            MINUTES,
            officer=office.qin,
            on=AFTER,
            at=at,
            only=only,
            fund_source=source,
        )
    return office


def test_each_fund_is_compared_with_its_own_figure(two_funds):
    own = two_funds.circular.quota.fund_source
    found = {one.line.fund_source: (one.counted, one.agrees) for one in agreed(two_funds.campaign)}
    assert found == {own: (300_000, True), "donation-2017": (300_000, True)}
    Application.objects.filter(reference=OTHER).update(amount_fen=299_999)
    found = {one.line.fund_source: (one.counted, one.agrees) for one in agreed(two_funds.campaign)}
    assert found == {own: (300_000, True), "donation-2017": (299_999, False)}


def test_statistics_count_a_student_under_the_source_that_pays(two_funds):
    standing = Standing(two_funds.campaign)
    approved = {
        one.group: one.references for one in figures(standing) if one.breakdown == "fund" and one.measure == "approved"
    }
    assert approved == {two_funds.circular.quota.fund_source: (CASE,), "donation-2017": (OTHER,)}
    assert group_words(standing, "fund", "donation-2017") == "donation-2017"
