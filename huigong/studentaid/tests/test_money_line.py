"""One line of money adds up at every moment, and nothing is paid while it does not."""

from datetime import timedelta

import pytest
from django.db import connection

from huigong.audit import guards
from huigong.audit.tests.kept import kept
from huigong.circulars.models import Campaign
from huigong.ledger import actions as ledger
from huigong.ledger.actions import RefusedTransferError
from huigong.payments import actions as payments
from huigong.payments.models import PaymentBatch
from huigong.payments.tests.bank import hand_out
from huigong.studentaid.models import Application, Award
from huigong.studentaid.money_line import MoneyDoesNotAddUpError, money_lines
from huigong.studentaid.tests.office import Family
from huigong.values import money
from huigong.values.money import yuan
from huigong.values.sentence import SaidError
from huigong.values.uuid7 import uuid7


@pytest.fixture
@kept
def gathered(office):
    families = [Family(number) for number in (1, 2, 3)]
    office.file(*families)
    office.send(*(family.row() for family in families))
    return office


def provide(office, amount, document="桂财1号"):
    payments.provide(
        office.campaign,
        office.circular.quota.fund_source,
        yuan(amount),
        name="专项资金",
        document=document,
        officer="chen",
        at=office.at,
    )


def line(office, **options):
    (found,) = money_lines(office.campaign, **options)
    return found


def sums(found):
    return found.allotted, found.committed, found.to_pay, found.paid, found.returned, found.left


def elsewhere(office, amount, *, awarded=True):
    """Another campaign takes as much from the same source: it is one purse."""
    source = office.circular.quota.fund_source
    reference, fund, aid = "SA-450422-2018-00001:aid:1:pending", f"fund:{source}", f"aid:{source}:450422"
    told = {"officer": "qin", "at": office.at}
    name = {"federation": office.city, **told}
    ledger.open_account(fund, "示例", may_be_overdrawn="yes", **name)
    ledger.open_account(aid, "示例", **name)
    ledger.post(ledger.Entry(reference, fund, aid, yuan(amount), "student-aid", "pending"), **told)
    if awarded:
        campaign = Campaign.objects.get(pk=office.campaign.pk)
        campaign.pk, campaign.code = uuid7(), "2018-wuzhou"
        campaign.save(force_insert=True)
        one = Application.objects.first()
        one.pk, one.campaign, one.reference = uuid7(), campaign, "SA-450422-2018-00001"
        one.save(force_insert=True)
        Award.objects.create(
            application=one,
            fen=yuan(amount),
            fund_source=source,
            approved_by="qin",
            transfer_reference=reference,
            at=office.at,
        )


def answer(office, *words):
    batch = PaymentBatch.objects.get()
    lines = [
        f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},,{word},{'限额' if word != '成功' else ''}"
        for row, word in zip(batch.payments.order_by("position"), words, strict=True)
    ]
    at = office.at + timedelta(days=23)
    hand_out(batch, officer=office.chen, at=at)
    payments.take_reply(batch, "\n".join(lines).encode("gb18030"), name="x", officer=office.chen, at=at)


def test_approved_paid_and_returned_add_up_to_what_was_committed(gathered):
    provide(gathered, 20_000)
    gathered.carry("approved")
    assert sums(line(gathered)) == (2_000_000, 900_000, 900_000, 0, 0, 1_100_000)
    gathered.release()
    answer(gathered, "成功", "失败", "成功")
    assert sums(line(gathered)) == (2_000_000, 900_000, 0, 600_000, 300_000, 1_100_000)
    assert line(gathered).adds_up


def test_the_line_stands_as_it_was_at_any_moment(gathered):
    provide(gathered, 20_000)
    gathered.carry("released")
    answer(gathered, "成功", "成功", "成功")
    before = gathered.at + timedelta(days=20, hours=1)
    assert sums(line(gathered, at=before)) == (2_000_000, 900_000, 900_000, 0, 0, 1_100_000)
    assert money_lines(gathered.campaign, at=gathered.at) == []


def test_money_that_nobody_wrote_down_is_not_invented(gathered):
    gathered.carry("approved")
    assert (line(gathered).allotted, line(gathered).left, line(gathered).adds_up) == (None, None, True)


def test_more_than_was_received_is_not_approved(gathered):
    provide(gathered, 8_000)
    with pytest.raises(RefusedTransferError, match="还差 1,000 元"):
        gathered.carry("approved")
    assert not Award.objects.exists()


def test_the_same_paper_is_booked_once(gathered):
    provide(gathered, 8_000)
    provide(gathered, 8_000)
    provide(gathered, 1_000, document="桂财2号")
    gathered.carry("approved")
    assert line(gathered).allotted == 900_000


def test_an_award_that_the_ledger_does_not_hold_blocks_every_payment(gathered):
    gathered.carry("approved")
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON studentaid_award"
        cursor.execute(f"DROP TRIGGER studentaid_award_no_update{on}")
        Award.objects.filter(payee_name="韦秀兰").update(fen=400_000)
    guards.install()
    assert not line(gathered).adds_up
    with pytest.raises(MoneyDoesNotAddUpError, match="账不平"):
        gathered.release()
    assert not PaymentBatch.objects.exists()


def test_a_transfer_that_no_award_stands_for_blocks_every_payment(gathered):
    gathered.carry("approved")
    source = gathered.circular.quota.fund_source
    one = ledger.Entry("SA-450422-2017-00001:aid:2:pending", f"fund:{source}", f"aid:{source}:450422", money.Fen(1), "x", "pending")  # fmt: skip
    ledger.post(one, officer="mo", at=gathered.at)
    with pytest.raises(MoneyDoesNotAddUpError):
        gathered.release()


@pytest.mark.parametrize("awarded", [True, False])
def test_what_another_campaign_takes_from_the_purse_is_not_paid_out_of_it_again(gathered, awarded):
    gathered.carry("approved")
    provide(gathered, 9_000)
    assert (line(gathered).left, line(gathered).adds_up) == (0, True)
    elsewhere(gathered, 1, awarded=awarded)
    assert (line(gathered).elsewhere, line(gathered).available, line(gathered).adds_up) == (100 * awarded, -100, False)
    with pytest.raises(MoneyDoesNotAddUpError, match="账不平"):
        gathered.release()
    provide(gathered, 1, document="桂财2号")
    assert gathered.release() == 3


@pytest.mark.parametrize(("came", "goes"), [(9_999, False), (10_000, True)])
def test_a_purse_that_an_approval_opened_is_closed_at_what_came(gathered, came, goes):
    gathered.carry("published")
    elsewhere(gathered, 1_000)
    provide(gathered, came)
    if goes:
        assert gathered.approve() == 3
        return
    with pytest.raises(SaidError, match=r"到款 9,999 元.*还差 1 元"):
        gathered.approve()
    assert Award.objects.count() == 1


def test_money_that_was_booked_and_taken_back_closes_no_purse(gathered):
    gathered.carry("published")
    elsewhere(gathered, 1_000)
    provide(gathered, 2_000, document="D1")
    source = gathered.circular.quota.fund_source
    payments.take_back(source, yuan(2_000), document="D1", officer="chen", at=gathered.at)
    assert gathered.approve() == 3
