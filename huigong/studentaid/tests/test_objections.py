"""An objection stops approval and payment of its case; one that is upheld sends the case back over the whole way."""

from datetime import timedelta
from uuid import UUID

import pytest

from huigong.audit.queries import history
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Answer, Told
from huigong.payments.queries import held
from huigong.publicnotices import queries as notices
from huigong.studentaid import actions
from huigong.studentaid.models import Award
from huigong.studentaid.tests.office import AFTER, WEI, Family
from huigong.values.sentence import SaidError

CASE, OTHER = "SA-450422-2017-00001", "SA-450422-2017-00002"
ANSWER = Answer("核实过了。", ["二(四)"])


@pytest.fixture
def hung(office):
    """Two families on one notice."""
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.carry("published")
    return office


def object_to(office, reference=CASE, number=1, kind="objection", assignee=None):
    told = Told(kind, "visit", "这家不困难，请核实", case_reference=reference)
    one = grievances.record(office.campaign, told, submission=UUID(int=number), officer="lu", at=office.at)
    to = assignee or office.qin
    return actions.assign_grievance(one, to, case_reference=reference, officer=office.qin, at=office.at)


def answer(office, one, upheld, by=None, days=0):
    at = office.at + timedelta(days=days)
    return actions.answer_grievance(one, ANSWER, upheld=upheld, officer=by or office.qin, at=at)


def test_while_it_is_open_the_case_is_not_approved_and_the_other_is(hung):
    object_to(hung)
    assert hung.approve() == 1
    assert (hung.case().status, hung.case(OTHER).status) == ("on_notice", "approved")


def test_what_comes_after_approval_stops_the_payment(hung):
    assert hung.approve() == 2
    nong = hung.officer("农", "approver")  # 覃 approved it
    one = object_to(hung, assignee=nong)
    assert hung.release() == 1
    assert (hung.case().status, hung.case(OTHER).status) == ("approved", "released")
    assert answer(hung, one, "yes", by=nong) is False
    assert held([CASE]) == {CASE}  # what was approved is not taken back by an answer


def test_one_upheld_after_approval_holds_whatever_becomes_of_others(hung):
    assert hung.approve() == 2
    nong = hung.officer("农", "approver")
    upheld, other = object_to(hung, assignee=nong), object_to(hung, number=2, assignee=nong)
    astray = object_to(hung, number=3, assignee=nong)
    answer(hung, upheld, "yes", by=nong, days=22)
    answer(hung, other, "no", by=nong, days=23)
    assert held([CASE]) == {CASE}
    actions.assign_grievance(astray, nong, case_reference=OTHER, officer=hung.qin, at=hung.at)
    assert held([CASE, OTHER]) == {CASE, OTHER}
    assert hung.release() == 0


def test_not_upheld_the_case_goes_on(hung):
    one = object_to(hung)
    assert answer(hung, one, "no") is False
    assert hung.approve() == 2


def test_upheld_it_goes_back_without_verification_rank_and_place(hung):
    one = object_to(hung)
    assert answer(hung, one, "yes") is True
    case = hung.case()
    assert (case.status, case.verified_by, case.rank, held([CASE])) == ("submitted", "", None, set())
    assert (history(CASE)[-2].action, history(CASE)[-2].payload["grievance"]) == ("application.reopened", one.number)
    assert hung.approve() == 1
    assert Award.objects.filter(application=case).count() == 0


def test_back_on_the_way_it_waits_for_its_own_new_window(hung):
    first = hung.case().reference
    answer(hung, object_to(hung), "yes")
    hung.carry("shared")
    assert hung.case().status == "placed"
    second = hung.publish(from_day=AFTER)
    assert [line.case_reference for line in second.lines.all()] == [first]
    assert notices.past_window(hung.campaign, on=AFTER) == {OTHER}
    assert notices.notices_on([first])[first] == second
    assert hung.approve() == 1  # the old window is over, the new one is not


def test_another_open_objection_keeps_the_case_that_went_back_held(hung):
    one, _ = object_to(hung), object_to(hung, number=2)
    answer(hung, one, "yes")
    assert held([CASE]) == {CASE}


def test_an_appeal_that_is_upheld_opens_a_refused_case_again(hung):
    hung.file(Family(3))
    junior = Family(3).row(admission="2016年9月被藤县第二初级中学录取")
    hung.send(junior, name="初中.xlsx")
    hung.vouch()
    refused = hung.case("SA-450422-2017-00003")
    assert refused.status == "refused"
    one = object_to(hung, refused.reference, kind="appeal")
    assert held([refused.reference]) == set()
    assert answer(hung, one, "yes") is True
    assert hung.case(refused.reference).status == "submitted"


def test_who_verified_is_not_given_it_and_an_unknown_case_is_told(hung):
    hung.officer("黄二", "approver")
    told = Told("objection", "visit", "这家不困难，请核实")
    one = grievances.record(hung.campaign, told, submission=UUID(int=9), officer="lu", at=hung.at)
    with pytest.raises(SaidError, match="换一个人"):
        actions.assign_grievance(one, hung.huang, case_reference=CASE, officer=hung.qin, at=hung.at)
    with pytest.raises(SaidError, match="没有案号"):
        actions.assign_grievance(one, hung.qin, case_reference="SA-1", officer=hung.qin, at=hung.at)
