"""Release: the worker's own card that was approved, by a third person, once; one bad card stops nobody else."""

import dataclasses

import pytest

from huigong.audit.queries import history
from huigong.audit.tests.kept import kept
from huigong.ledger import queries as ledger
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.payments import actions as payments
from huigong.payments import bank_files
from huigong.payments import queries as of_payments
from huigong.payments.models import Hold, Payment, PaymentBatch
from huigong.registry.models import AidGiven, Household
from huigong.studentaid.models import Award
from huigong.studentaid.tests.office import WEI, Family, card

CASE = "SA-450422-2017-00001"


@pytest.fixture
@kept
def approved(office):
    """Three awards: 韦, 黄 and 陆."""
    families = [Family(number) for number in (1, 2, 3)]
    office.file(*families)
    office.send(*(family.row() for family in families))
    office.carry("approved")
    return office


def statuses(office):
    return [office.case(f"SA-450422-2017-0000{number}").status for number in (1, 2, 3)]


def test_file_batch_payments_awards_and_ledger_agree(approved):
    assert approved.release() == 3
    batch = PaymentBatch.objects.get()
    lines = [line.split(",") for line in of_payments.file_of(batch).decode("gb18030").splitlines()]
    fen = [round(float(line[3]) * 100) for line in lines]
    assert [line[:3] for line in lines] == [
        ["1", card(1), "韦秀兰"],
        ["2", card(2), "黄桂芳"],
        ["3", card(3), "陆建国"],
    ]
    assert (batch.declared_count, batch.declared_fen) == (len(lines), sum(fen)) == (3, 900_000)
    assert (
        sum(Payment.objects.values_list("fen", flat=True))
        == sum(Award.objects.values_list("fen", flat=True))
        == 900_000
    )
    assert sum(line.fen for line in ledger.transfers()) == 900_000
    assert {one.transfer_reference for one in Payment.objects.all()} == {line.reference for line in ledger.transfers()}
    assert statuses(approved) == ["released"] * 3


def test_aid_given_is_recorded_so_that_the_need_is_not_paid_again(approved):
    approved.release()
    aid = AidGiven.objects.order_by("case_reference").first()
    assert (aid.case_reference, aid.need, aid.fen) == (CASE, "schooling-2017", 300_000)
    assert [event.action for event in history(CASE)][-3:] == ["payment.released", "aid.given", "application.released"]


def test_releasing_twice_pays_nobody_twice(approved):
    approved.release()
    told = len(history(CASE))
    assert approved.release() == 0
    assert (Payment.objects.count(), PaymentBatch.objects.count(), len(history(CASE))) == (3, 1, told)


@pytest.mark.parametrize("earlier", ["huang", "qin"])
def test_who_verified_or_approved_does_not_release(approved, earlier):
    officer = approved.also(getattr(approved, earlier), "finance")
    with pytest.raises(SameHandsError, match="换一个人"):
        approved.release(by=officer)
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("who", ["lu", "huang", "qin"])
def test_only_finance_releases(approved, who):
    with pytest.raises(OtherRoleError, match="财务"):
        approved.release(by=getattr(approved, who))


def test_finance_of_another_city_releases_nothing(approved, other_city):
    assert approved.release(by=approved.officer("莫", "finance", other_city)) == 0


@pytest.mark.parametrize("change", [{"惠工卡号": card(91)}, {"姓名": "韦秀英"}, {"惠工卡号": ""}])
def test_a_payee_changed_after_approval_is_held_and_the_others_are_paid(approved, change):
    approved.file(households=[WEI.household(**change)])
    assert approved.release() == 2
    assert statuses(approved) == ["approved", "released", "released"]
    assert list(of_payments.holds([CASE])) == [CASE]


def test_a_changed_card_that_somebody_confirmed_is_paid_and_the_next_change_is_not(approved):
    approved.file(households=[WEI.household(惠工卡号=card(91))])
    approved.release()
    payments.lift(CASE, reason=Hold.Reason.CARD_CHANGED, officer="qin", at=approved.at)
    approved.file(households=[WEI.household(惠工卡号=card(92))])
    assert approved.release() == 0
    payments.lift(CASE, reason=Hold.Reason.CARD_CHANGED, officer="qin", at=approved.at)
    assert approved.release() == 1
    assert Payment.objects.get(case_reference=CASE).card.plain() == card(92)


def test_a_card_that_fails_its_check_is_held_and_stops_nobody_else(office):
    """A circular without a criterion about the card lets such an award through to here."""
    silent = [use for use in office.circular.criteria if use.name not in {"card_right", "card_of_the_worker"}]
    office.circular = dataclasses.replace(office.circular, criteria=tuple(silent))
    office.file(
        Family(2),
        households=[WEI.household(惠工卡号="6217000000000000019")],
        members=[WEI.member(), Family(2).member()],
    )
    office.send(WEI.row(), Family(2).row())
    office.carry("approved")
    assert office.release() == 1
    assert Hold.objects.get().reason == "card_invalid"
    assert office.case(CASE).status == "approved"


def test_a_name_that_the_banks_file_cannot_carry_is_held_and_not_written_otherwise(office):
    rare = "韦\ue000兰"
    office.file(Family(2), households=[WEI.household(姓名=rare)], members=[WEI.member(), Family(2).member()])
    office.send(WEI.row(parent_name=rare), Family(2).row())
    office.carry("approved")
    assert office.release() == 1
    content = of_payments.file_of(PaymentBatch.objects.get())
    assert b"?" not in content
    assert len(content.splitlines()) == 1
    assert Hold.objects.get().reason == "name_not_carried"


def test_a_character_outside_a_smaller_code_page_is_held_there(approved):
    profile = dataclasses.replace(bank_files.default_profile(), encoding="gbk")
    assert bank_files.carries(profile, "韦秀兰")
    assert not bank_files.carries(profile, "韦𬭚")


def test_a_hold_stops_an_approved_award(approved):
    payments.hold(CASE, reason=Hold.Reason.OBJECTION, officer="qin", at=approved.at)
    assert approved.release() == 2
    payments.lift(CASE, reason=Hold.Reason.OBJECTION, officer="qin", at=approved.at)
    assert approved.release() == 1
    assert list(PaymentBatch.objects.values_list("number", "declared_count")) == [
        ("SA-450400-2017-B001", 2),
        ("SA-450400-2017-B002", 1),
    ]


def test_a_file_that_lost_its_card_does_not_break_the_others(approved):
    Household.objects.filter(file_number="GX0001").update(card=None, card_index="")
    assert approved.release() == 2
