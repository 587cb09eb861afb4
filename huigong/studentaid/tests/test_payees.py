"""What keeps an award out of the bank's file is mended, and another person says so: card, name, amount; no dead end."""

import dataclasses
from datetime import timedelta

import pytest

from huigong.audit.queries import history
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.payments import actions as payments
from huigong.payments import profiles
from huigong.payments.models import Hold, Payment
from huigong.payments.queries import standing_against
from huigong.registry import actions as registry
from huigong.registry.models import Household
from huigong.studentaid import actions
from huigong.studentaid.tests.office import WEI, Family, card
from huigong.values.sentence import SaidError

CASE = "SA-450422-2017-00001"
RARE = "韦𬭚"  # no character of GBK


@pytest.fixture
def office(office):
    """A circular that asks nothing about cards: what is wrong shows at the bank's file only."""
    silent = [use for use in office.circular.criteria if use.name not in {"card_right", "card_of_the_worker"}]
    office.circular = dataclasses.replace(office.circular, criteria=tuple(silent))
    return office


def carried(office, **wei):
    office.file(Family(2), households=[WEI.household(**wei)], members=[WEI.member(), Family(2).member()])
    office.send(WEI.row(parent_name=wei.get("姓名", "韦秀兰")), Family(2).row())
    office.carry("approved")
    return office


def confirm(office, by=None):
    actions.confirm_changed_payee(office.case(), officer=by or office.huang, at=office.at + timedelta(days=22))


def standing():
    return {str(one) for one in standing_against([CASE]).get(CASE, [])}


def agree(office, **changes):
    text = profiles.text_of("default")
    for before, after in changes.values():
        assert before in text
        text = text.replace(before, after)
    payments.agree(office.campaign, text, officer="chen", at=office.at)


def test_a_card_mended_in_the_file_is_paid_after_another_person_confirmed_it(office):
    carried(office, 惠工卡号="6217000000000000019")
    assert (office.release(), standing()) == (1, {"card_invalid"})
    with pytest.raises(SaidError, match="写上或改对本人的惠工卡号"):
        confirm(office)
    home = Household.objects.get(pk=office.case().household_id)
    registry.amend(home, "card", card(91), officer="huang", at=office.at)
    with pytest.raises(SameHandsError, match="收款人"):
        confirm(office)
    with pytest.raises(OtherRoleError):
        confirm(office, by=office.chen)
    confirm(office, by=office.officer("农", "verifier"))
    assert standing() == set()
    told = [one for one in history(CASE) if one.action == "payee.confirmed"]
    assert [one.payload["reasons"] for one in told] == [["card_changed", "card_invalid"]]
    assert office.release() == 1
    assert Payment.objects.get(case_reference=CASE).card.plain() == card(91)


def test_a_name_that_the_file_cannot_carry_is_paid_once_written_as_the_bank_keeps_it(office):
    agree(office, encoding=("gb18030", "gbk"))
    carried(office, 姓名=RARE)
    assert (office.release(), standing()) == (1, {"name_not_carried"})
    with pytest.raises(SaidError, match="按银行开户的写法"):
        confirm(office)
    office.file(households=[WEI.household(姓名="韦秀兰")])
    confirm(office)
    assert (standing(), office.release()) == (set(), 1)
    assert Payment.objects.get(case_reference=CASE).payee_name == "韦秀兰"


def test_a_name_is_paid_as_it_is_once_another_profile_was_agreed_that_carries_it(office):
    agree(office, encoding=("gb18030", "gbk"))
    carried(office, 姓名=RARE)
    office.release()
    payments.agree(office.campaign, profiles.text_of("default"), officer="chen", at=office.at + timedelta(days=1))
    confirm(office)
    assert (standing(), office.release()) == (set(), 1)


def amend(office, name, value, by):
    home = Household.objects.get(pk=office.case().household_id)
    registry.amend(home, name, value, officer=by.username, at=office.at)


def test_who_brought_the_card_in_with_a_workbook_does_not_confirm_it(office):
    office.file(WEI)
    office.send(WEI.row())
    office.carry("approved")
    office.file(households=[WEI.household(惠工卡号=card(91))], by=office.huang.username)
    assert office.release() == 0
    with pytest.raises(SameHandsError, match="要由另一位审核人核实"):
        confirm(office)
    confirm(office, by=office.officer("农", "verifier"))
    assert office.release() == 1


def test_who_wrote_the_card_does_not_confirm_it_by_letting_another_write_the_name(office):
    carried(office)
    nong = office.officer("农", "verifier")
    amend(office, "card", card(91), nong)
    amend(office, "worker_name", "韦秀兰兰", office.lu)
    assert (office.release(), standing()) == (1, {"card_changed"})
    with pytest.raises(SameHandsError, match="收款人或卡号"):
        confirm(office, by=nong)
    confirm(office)


def test_who_wrote_what_another_one_confirmed_may_confirm_what_others_write_next(office):
    carried(office)
    nong = office.officer("农", "verifier")
    amend(office, "card", card(91), nong)
    office.release()
    confirm(office)
    amend(office, "worker_name", "韦秀兰兰", office.lu)
    confirm(office, by=nong)
    assert standing() == set()


def test_a_card_confirmed_while_an_earlier_one_was_held_is_paid(office):
    carried(office)
    amend(office, "card", card(91), office.lu)
    assert (office.release(), standing()) == (1, {"card_changed"})
    amend(office, "card", card(92), office.lu)
    confirm(office)
    assert (office.release(), standing()) == (1, set())
    assert Payment.objects.get(case_reference=CASE).card.plain() == card(92)


def test_a_card_that_nobody_looked_at_is_held_whatever_was_confirmed_since(office):
    carried(office)
    own = Household.objects.get(pk=office.case().household_id).card.plain()
    amend(office, "card", card(91), office.lu)
    office.release()
    amend(office, "card", own, office.lu)
    confirm(office)
    amend(office, "card", card(91), office.lu)
    assert (office.release(), standing()) == (0, {"card_changed"})


def test_nothing_held_is_nothing_to_confirm(office):
    carried(office)
    with pytest.raises(SaidError, match="不用确认"):
        confirm(office)
    assert Hold.objects.count() == 0
