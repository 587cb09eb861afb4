"""Paying again: only what failed or came back, only once the cause is dealt with, by other hands, as a new attempt."""

from datetime import timedelta

import pytest

from huigong.audit.queries import history
from huigong.audit.tests.kept import kept
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.payments import actions as payments
from huigong.payments import profiles
from huigong.payments import queries as of_payments
from huigong.payments.models import Hold, Payment, PaymentBatch
from huigong.payments.queries import standing_against
from huigong.payments.tests.bank import hand_out
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.registry.aid_standing import standing_aid
from huigong.studentaid import actions
from huigong.studentaid.actions.again import NotMendedError
from huigong.studentaid.actions.purse import refuse_beyond_what_came
from huigong.studentaid.cases import need_of
from huigong.studentaid.money_line import money_lines
from huigong.studentaid.tests.office import AFTER, WEI, Family, card
from huigong.values import money
from huigong.values.sentence import SaidError

CASE = "SA-450422-2017-00001"


class Paid:
    """韦, 黄 and 陆 went to the bank by the file that comes with the product."""

    def __init__(self, office):
        self.office = office
        self.at = office.at + timedelta(days=22)
        self.batch = PaymentBatch.objects.get()

    def answered(self, *words, batch=None, days=0):
        batch = batch or self.batch
        lines = [
            f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},金秋助学 {row.batch.number},{word},{why}"
            for row, (word, why) in zip(batch.payments.order_by("position"), words, strict=True)
        ]
        at = self.at + timedelta(days=days)
        content = "\n".join(lines).encode("gb18030")
        hand_out(batch, officer=self.office.chen, at=at)
        payments.take_reply(batch, content, name="回单.csv", officer=self.office.chen, at=at)

    def mend(self, by=None):
        actions.confirm_payee(self.office.case(CASE), officer=by or self.office.huang, at=self.at)

    def again(self, by=None):
        return actions.pay_again(self.office.campaign, officer=by or self.office.chen, at=self.at)


OK, NAME, LIMIT, OPEN, BACK = (
    ("成功", ""),
    ("失败", "户名不符"),
    ("失败", "超过限额"),
    ("处理中", ""),
    ("退汇", "已销户"),
)


@pytest.fixture
@kept
def paid(office):
    families = [Family(number) for number in (1, 2, 3)]
    office.file(*families)
    office.send(*(family.row() for family in families))
    office.carry("released")
    return Paid(office)


@pytest.fixture
def other_verifier(paid):
    return paid.office.officer("农", "verifier")


def new_card(paid, number=91):
    paid.office.file(households=[WEI.household(惠工卡号=card(number))])


def test_what_failed_is_held_until_somebody_dealt_with_it(paid):
    paid.answered(LIMIT, OK, OK)
    assert paid.again() == 0
    assert of_payments.held([CASE]) == {CASE}


def test_only_the_failure_is_paid_again_as_a_second_attempt_with_its_own_transfers(paid, other_verifier):
    paid.answered(LIMIT, OK, OK)
    paid.mend(by=other_verifier)
    assert paid.again() == 1
    assert paid.again() == 0
    second = PaymentBatch.objects.get(number__endswith="B002")
    assert list(second.payments.values_list("case_reference", "attempt", "fen")) == [(CASE, 2, 300_000)]
    paid.answered(OK, batch=second)
    kinds = [
        (one.reference.removeprefix(f"{CASE}:aid:"), one.kind) for one in ledger.transfers() if CASE in one.reference
    ]
    assert kinds == [("1:pending", "pending"), ("1:void", "void"), ("2:pending", "pending"), ("2:post", "post")]
    assert sum(line.posted for line in ledger.trial_balance() if line.code.startswith("aid:")) == 900_000


def test_what_bounced_after_payment_is_paid_again(paid, other_verifier):
    paid.answered(OK, OK, OK)
    paid.answered(BACK, OK, OK, days=3)
    new_card(paid)
    paid.mend(by=other_verifier)
    assert paid.again() == 1
    paid.answered(OK, batch=PaymentBatch.objects.get(number__endswith="B002"), days=4)
    assert sum(line.posted for line in ledger.trial_balance() if line.code.startswith("aid:")) == 900_000
    assert Payment.objects.get(case_reference=CASE, attempt=2).card.plain() == card(91)


def test_what_failed_is_owed_still_and_promised_to_nobody_else(paid):
    """Its money stands on the fund again, its award stands too: a fourth award would have nothing to be paid from."""
    source = paid.office.circular.quota.fund_source
    told = {"name": "自治区资金", "document": "D1", "officer": "chen", "at": paid.at}
    payments.provide(paid.office.campaign, source, 900_000, **told)
    paid.answered(LIMIT, OK, OK)
    refuse_beyond_what_came(source, 0)
    with pytest.raises(SaidError, match="还差 3,000 元"):
        refuse_beyond_what_came(source, 300_000)
    assert all(line.adds_up for line in money_lines(paid.office.campaign))


def test_a_need_that_was_met_meanwhile_is_not_paid_again(paid, other_verifier):
    paid.answered(LIMIT, OK, OK)
    paid.mend(by=other_verifier)
    case = paid.office.case(CASE)
    aid = Aid(
        case.household_id,
        case.student_index,
        need_of(paid.office.campaign),
        "donations",
        300_000,
        "DN-450400-2017-00001",
    )
    registry.give_all([aid], on=AFTER, officer="chen", at=paid.at)
    assert paid.again() == 0
    assert list(standing_against([CASE])[CASE]) == [Hold.Reason.SAME_NEED]
    assert Payment.objects.filter(case_reference=CASE).count() == 1
    actions.revoke_met_already(paid.office.case(CASE), officer=paid.office.qin, at=paid.at)
    assert paid.office.case(CASE).status == "submitted"
    aids = standing_aid().filter(person_index=case.student_index).values_list("case_reference", flat=True)
    assert list(aids) == ["DN-450400-2017-00001"], "what the bank did not pay is off the record of aid"


def test_what_is_not_known_yet_is_never_paid_again(paid):
    paid.answered(OPEN, OK, OK)
    with pytest.raises(NotMendedError, match="没有银行没付成"):
        paid.mend()
    assert paid.again() == 0


def test_a_refused_name_or_account_is_not_sent_again_as_it_was(paid):
    paid.answered(NAME, OK, OK)
    with pytest.raises(NotMendedError, match="还是原来的"):
        paid.mend()
    assert of_payments.held([CASE]) == {CASE}


def test_a_card_changed_again_after_it_was_confirmed_is_held(paid, other_verifier):
    paid.answered(NAME, OK, OK)
    new_card(paid)
    paid.mend(by=other_verifier)
    new_card(paid, 92)
    assert paid.again() == 0
    assert of_payments.reasons_held([CASE]) == {(CASE, "card_changed")}


def test_confirming_is_recorded_with_the_attempt_and_the_cause(paid, other_verifier):
    paid.answered(LIMIT, OK, OK)
    paid.mend(by=other_verifier)
    told = history(CASE)[-1]
    assert (told.action, told.actor, told.payload["attempt"], told.payload["reason"]) == (
        "payment.mended",
        other_verifier.username,
        1,
        "limit",
    )


@pytest.mark.parametrize("who", ["lu", "qin", "chen"])
def test_only_a_verifier_confirms(paid, who):
    paid.answered(LIMIT, OK, OK)
    with pytest.raises(OtherRoleError):
        paid.mend(by=getattr(paid.office, who))


@pytest.mark.parametrize("who", ["lu", "huang", "qin"])
def test_only_finance_pays_again(paid, who):
    with pytest.raises(OtherRoleError):
        paid.again(by=getattr(paid.office, who))


def test_who_confirmed_does_not_pay_again(paid, other_verifier):
    paid.answered(LIMIT, OK, OK)
    paid.mend(by=other_verifier)
    with pytest.raises(SameHandsError):
        paid.again(by=paid.office.also(other_verifier, "finance"))
    assert Payment.objects.count() == 3


def test_a_payee_that_the_file_cannot_carry_is_held_leaves_no_promise_and_stops_nobody_else(paid, other_verifier):
    paid.answered(NAME, LIMIT, OK)
    paid.office.file(households=[WEI.household(姓名="韦𬭚兰")])
    paid.mend(by=other_verifier)
    narrow = profiles.text_of("default").replace("gb18030", "gbk")
    payments.agree(paid.office.campaign, narrow, officer="chen", at=paid.at)
    other = paid.office.case("SA-450422-2017-00002")
    actions.confirm_payee(other, officer=other_verifier, at=paid.at)
    assert paid.again() == 1
    assert not ledger.references(prefix=f"{CASE}:aid:2")
    assert list(standing_against([CASE])[CASE]) == [Hold.Reason.NAME_NOT_CARRIED]


def test_finance_of_another_city_pays_nothing_again(paid, other_verifier, other_city):
    paid.answered(LIMIT, OK, OK)
    paid.mend(by=other_verifier)
    assert paid.again(by=paid.office.officer("莫", "finance", other_city)) == 0
