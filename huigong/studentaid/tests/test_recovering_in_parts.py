"""Money that is asked back comes in parts: fund, line of money and record of aid follow each; the rest is owed, or written off."""

from datetime import date, timedelta

import pytest

from huigong.audit.queries import history
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError
from huigong.payments import actions as payments
from huigong.payments.models import Payment
from huigong.payments.queries import held
from huigong.payments.reply_files import ReplyRefusedError
from huigong.registry.models import AidReturn
from huigong.studentaid import actions
from huigong.studentaid.actions import CameIn, GivenUp
from huigong.studentaid.actions.again import NotMendedError
from huigong.studentaid.awards import recoveries_open, still_owed, written_off
from huigong.studentaid.models import Application, PartRecovery, Recovery, Revocation, WriteOff
from huigong.studentaid.money_line import money_lines
from huigong.studentaid.tests.objected_to import BACK, CASE, answer, object_to, reply
from huigong.studentaid.tests.office import AFTER
from huigong.studentaid.tests.test_objections import OTHER, aided, hung, paid, released  # noqa: F401  the fixtures
from huigong.values.money import Fen
from huigong.values.sentence import SaidError

DECIDED = GivenUp(BACK, "梧工纪〔2017〕9号", "这家失火，确实还不了")


@pytest.fixture
def out(paid):  # noqa: F811
    """Both were paid 3,000 yuan; one is asked back."""
    office, nong, batch = paid
    answer(office, object_to(office, assignee=nong), "yes", by=nong, days=22)
    reply(office, batch, "成功", "成功")
    return office, nong, batch


def comes(office, yuan, paper="收据017"):
    came = CameIn(BACK, paper, Fen(yuan * 100))
    return actions.recover(Revocation.objects.get(), came, officer=office.chen, at=office.at + timedelta(days=30))


def gives_up(office, by, told=DECIDED):
    return actions.write_off(Revocation.objects.get(), told, officer=by, at=office.at + timedelta(days=31))


def fund(office):
    return ledger.balance(f"fund:{office.circular.quota.fund_source}")


def line(office):
    (one,) = money_lines(office.campaign)
    return one.committed, one.paid, one.returned, one.adds_up


def listed():
    return list(recoveries_open(Application.objects.all()))


def test_a_part_stands_on_the_fund_and_off_the_record_and_the_rest_is_owed(out):
    office, *_ = out
    before = fund(office).available
    made = comes(office, 1_000)
    assert (made.fen, made.transfer_reference) == (100_000, f"{CASE}:aid:1:recovered:1")
    assert fund(office).available == before + 100_000
    assert line(office) == (600_000, 500_000, 100_000, True)
    assert aided() == {CASE: 200_000, OTHER: 300_000}
    back = AidReturn.objects.get()
    assert (back.fen, back.transfer_reference, back.returned_on) == (100_000, made.transfer_reference, BACK)
    assert [still_owed(one) for one in listed()] == [200_000]
    assert (office.case().status, held([CASE])) == ("released", {CASE})
    told = [event for event in history(CASE) if event.action == "award.part_recovered"]
    assert [event.payload["fen"] for event in told] == [100_000]


def test_the_last_part_ends_it_and_the_case_goes_on(out):
    office, *_ = out
    comes(office, 1_000)
    comes(office, 500, paper="收据018")
    assert isinstance(comes(office, 1_500, paper="收据019"), Recovery)
    assert Payment.objects.get(case_reference=CASE).status == "recovered"
    assert aided() == {OTHER: 300_000}
    assert sum(AidReturn.objects.values_list("fen", flat=True)) == 300_000
    assert line(office) == (300_000, 300_000, 0, True)
    assert (office.case().status, held([CASE]), listed()) == ("submitted", set(), [])
    office.carry("shared")
    office.publish(from_day=AFTER)
    office.approve(on=date(2017, 9, 30))
    assert office.release(on=date(2017, 9, 30)) == 1
    assert line(office) == (600_000, 300_000, 0, True)
    assert aided() == {CASE: 300_000, OTHER: 300_000}


def test_one_paper_brings_one_sum(out):
    office, *_ = out
    comes(office, 1_000)
    for yuan in (1_000, 2_000):
        with pytest.raises(SaidError, match="“收据017”已经记过 1,000 元"):
            comes(office, yuan, paper=" 收据017 ")
    assert (PartRecovery.objects.count(), Recovery.objects.count()) == (1, 0)
    comes(office, 1_000, paper="收据017 第二笔")


@pytest.mark.parametrize("yuan", [0, -1, 2_001, 3_000])
def test_no_more_comes_back_than_is_out_and_not_nothing(out, yuan):
    office, *_ = out
    comes(office, 1_000)
    with pytest.raises(SaidError, match="还差 2,000 元"):
        comes(office, yuan, paper="收据018")
    assert PartRecovery.objects.count() == 1


def test_what_was_recovered_in_part_does_not_bounce_as_a_whole(out):
    office, _, batch = out
    comes(office, 1_000)
    row = batch.payments.get(case_reference=CASE)
    word = f"{row.position},{row.card.plain()},{row.payee_name},3000.00,,退汇,账户注销"
    with pytest.raises(ReplyRefusedError, match="已追回"):
        payments.take_reply(
            batch, word.encode("gb18030"), name="二.csv", officer=office.chen, at=office.at + timedelta(days=40)
        )


def test_the_rest_is_written_off_by_a_decision_and_what_the_family_keeps_counts(out):
    office, nong, _ = out
    comes(office, 1_000)
    made = gives_up(office, nong)
    assert (made.fen, made.paper, WriteOff.objects.count()) == (200_000, DECIDED.paper, 1)
    assert aided() == {CASE: 200_000, OTHER: 300_000}
    assert line(office) == (600_000, 500_000, 100_000, True)
    assert (listed(), office.case().status, held([CASE])) == ([], "released", set())
    for again in (lambda: comes(office, 2_000), lambda: gives_up(office, nong)):
        with pytest.raises(SaidError, match=r"没有要追回的.*请按到款登记"):
            again()
    assert actions.pay_again(office.campaign, officer=office.chen, at=office.at) == 0
    # Another objection to it, upheld, reopens nothing: two awards of one case would stand on the books.
    other = object_to(office, number=2, assignee=nong)
    assert answer(office, other, "yes", by=nong, days=50) == ""
    assert office.case().status == "released"


def test_what_the_bank_gives_back_after_a_write_off_is_written_down_and_the_case_goes_on(out):
    office, nong, batch = out
    gives_up(office, nong)
    row = batch.payments.get(case_reference=CASE)
    word = f"{row.position},{row.card.plain()},{row.payee_name},3000.00,,退汇,账户注销"
    told = {"name": "二.csv", "officer": office.chen, "at": office.at + timedelta(days=40)}
    payments.take_reply(batch, word.encode("gb18030"), **told)
    assert [one.award.application.reference for one in listed()] == [CASE]
    with pytest.raises(NotMendedError, match="批准已经撤销"):
        actions.confirm_payee(office.case(), officer=office.huang, at=office.at)
    with pytest.raises(SaidError, match="没有要追回的"):
        gives_up(office, nong)
    assert comes(office, 3_000).fen == 0  # the reply reversed the post already
    assert (aided(), line(office)) == ({OTHER: 300_000}, (300_000, 300_000, 0, True))
    assert (office.case().status, held([CASE]), listed()) == ("submitted", set(), [])
    assert list(written_off(Application.objects.all())) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (GivenUp(BACK, " ", "x"), "文号"),
        (GivenUp(BACK, "x", " "), "为什么"),
        (GivenUp(date(2018, 1, 1), "x", "x"), "今天"),
        (GivenUp(date(2017, 8, 6), "x", "x"), "不早于批准的 2017-08"),
    ],
)
def test_a_write_off_needs_its_decision_its_day_and_its_reason(out, told, said):
    office, nong, _ = out
    with pytest.raises(SaidError, match=said):
        gives_up(office, nong, told)
    with pytest.raises(OtherRoleError):
        gives_up(office, office.chen)
    assert not WriteOff.objects.exists()


def test_what_the_bank_never_paid_is_not_written_off(paid):  # noqa: F811
    office, nong, batch = paid
    answer(office, object_to(office, assignee=nong), "yes", by=nong, days=22)
    with pytest.raises(SaidError, match="没有要追回的"):
        gives_up(office, nong)
    reply(office, batch, "失败", "成功")
    with pytest.raises(SaidError, match="没有要追回的"):
        gives_up(office, nong)


def test_money_is_not_back_before_it_was_approved(out):
    office, *_ = out
    with pytest.raises(SaidError, match="不早于批准的"):
        actions.recover(
            Revocation.objects.get(),
            CameIn(date(1, 1, 1), "收据1"),
            officer=office.chen,
            at=office.at + timedelta(days=30),
        )
