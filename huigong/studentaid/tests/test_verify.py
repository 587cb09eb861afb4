"""Verification is of facts: who verified saw these and no others."""

import pytest

from huigong.audit.queries import history
from huigong.organisations.hands import OtherRoleError
from huigong.studentaid import actions
from huigong.studentaid.queries import findings_of
from huigong.studentaid.reasons import why
from huigong.studentaid.tests.office import PAPER_MILL, WEI, Family, card


def verify(office, by):
    return actions.verify(office.gather(), officer=by, at=office.at)


def test_verifying_twice_does_nothing(wei):
    assert verify(wei, wei.huang) == 1
    assert verify(wei, wei.huang) == 0


def test_nobody_verified_nobody_placed(wei):
    wei.decide()
    assert wei.case().verdict == "eligible"
    assert wei.share() == {}
    assert "还要有人审核" in why(wei.case(), findings_of([wei.case()])[wei.case().pk]).sentence.zh


@pytest.mark.parametrize(
    "change",
    [
        {"家庭年度总收入(元)": 24000},
        {"惠工卡号": card(99)},
        {"姓名": "韦秀蓝"},
    ],
)
def test_a_file_that_changed_after_verification_gives_no_place_until_verified_again(wei, change):
    wei.vouch()
    wei.file(households=[WEI.household(**change)])
    wei.decide()
    assert wei.case().is_verified is False
    assert wei.share() == {}
    wei.vouch()
    assert wei.share() == {"placed": 1}


def test_who_is_no_verifier_verifies_nothing(wei):
    with pytest.raises(OtherRoleError, match="审核"):
        verify(wei, wei.qin)


def test_an_officer_of_another_city_verifies_nothing(wei, mo):
    assert verify(wei, mo) == 0


def test_a_county_verifies_its_own(office):
    office.send(WEI.row())
    office.send(Family(2).row(), name="市.xlsx", unit=PAPER_MILL)
    assert verify(office, office.officer("县黄", "verifier", office.county)) == 1
    assert office.case().verified_by
    assert office.case("SA-450400-2017-00001").verified_by == ""


def unverify(office, by=None):
    return actions.unverify([office.case()], officer=by or office.huang, at=office.at)


def test_a_verification_is_taken_back_until_a_place_is_given(wei):
    wei.vouch()
    wei.allot(c450422=0)
    wei.share()
    assert unverify(wei) == 1
    case = wei.case()
    assert (case.status, case.verified_by, case.rank, case.is_verified) == ("eligible", "", None, False)
    assert history(case.reference)[-1].action == "application.unverified"
    assert unverify(wei) == 0
    wei.vouch()
    assert wei.case().is_verified


def test_a_list_that_is_frozen_stays(wei):
    wei.vouch()
    wei.share()
    with pytest.raises(actions.FrozenError, match="名单已经定了"):
        unverify(wei)
    assert wei.case().is_verified


def test_who_is_no_verifier_takes_nothing_back(wei, mo):
    wei.vouch()
    with pytest.raises(OtherRoleError):
        unverify(wei, wei.qin)
    assert unverify(wei, mo) == 0
