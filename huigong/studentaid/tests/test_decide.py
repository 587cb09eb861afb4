"""Deciding: what is missing is incomplete and not refused, what a person has to settle waits, nothing is written twice."""

import pytest

from huigong.audit.queries import history
from huigong.circulars import actions as circulars
from huigong.circulars import queries as of_circulars
from huigong.registry.tests.workbooks import number
from huigong.studentaid.models import Decision
from huigong.studentaid.queries import findings_of
from huigong.studentaid.reasons import why
from huigong.studentaid.tests.office import FOLDER, LATE, WEI, Family, card


def open_findings(office, reference="SA-450422-2017-00001"):
    one = office.case(reference)
    found = findings_of([one])[one.pk]
    return {finding.criterion: finding for finding in found if finding.outcome != "met" and finding.means != "look"}


def decided(office, reference="SA-450422-2017-00001"):
    office.vouch()
    return office.case(reference).verdict


def test_a_family_on_file_with_all_papers_is_eligible(wei):
    assert decided(wei) == "eligible"
    one = wei.case()
    assert (one.amount_fen, one.education_level, one.student_kind) == (300_000, "undergraduate", "freshman")


def test_a_parent_without_a_file_is_incomplete_and_not_refused(office):
    office.send(WEI.row())
    assert decided(office) == "incomplete"
    found = open_findings(office)
    assert found["file_first"].clause == "五(二)"
    assert found["certificate_not_failed"].outcome == "unknown"


def test_the_file_that_is_built_later_is_attached_and_the_case_decided_again(office):
    office.send(WEI.row())
    office.vouch()
    office.file(WEI)
    assert decided(office) == "eligible"
    assert office.case().household.file_number == "GX0001"
    assert list(Decision.objects.values_list("number", "verdict")) == [(1, "incomplete"), (2, "eligible")]


def test_a_file_that_was_closed_is_no_file(office):
    office.file(households=[WEI.household(档案状态="脱困")], members=[WEI.member()])
    office.send(WEI.row())
    assert decided(office) == "incomplete"
    assert "file_first" in open_findings(office)


@pytest.mark.parametrize(
    ("review", "verdict"),
    [("2017年上半年已审核", "eligible"), ("未审核", "eligible"), ("2017年上半年已审核未通过", "to_settle")],
)
def test_the_certificate_has_three_states_and_only_a_failed_review_goes_to_a_leader(office, review, verdict):
    office.file(households=[WEI.household(优惠证审核=review)], members=[WEI.member()])
    office.send(WEI.row())
    assert decided(office) == verdict


def test_a_late_form_waits_for_a_leader_and_is_refused_by_nobody(office):
    office.file(WEI)
    office.send(WEI.row(), received=LATE)
    assert decided(office) == "to_settle"
    office.settle(office.case(), "late")
    assert decided(office) == "eligible"
    said = next(one for one in findings_of([office.case()])[office.case().pk] if one.criterion == "in_time")
    assert "负责人同意收下迟交的表" in said.sentence.zh


def test_the_last_day_is_in_time(office):
    office.file(WEI)
    office.send(WEI.row(), received=LATE.replace(day=10))
    assert decided(office) == "eligible"


def test_form_and_file_that_place_a_continuing_student_on_two_levels_go_to_a_person(office):
    office.file(WEI)
    office.send(WEI.row(admission="2016年9月被藤县职业学校录取"))
    assert decided(office) == "to_settle"
    assert list(open_findings(office)) == ["level_agrees"]


def test_a_school_that_nobody_lists_is_not_guessed(office):
    office.file(WEI)
    office.send(WEI.row(admission="2017年8月被某某学院录取"))
    assert decided(office) == "incomplete"
    assert "level_covered" in open_findings(office)


def test_junior_high_is_not_covered_and_says_so(office):
    office.file(households=[WEI.household()], members=[WEI.member(当前学历="初中", 就读学校="藤县第二初级中学")])
    office.send(WEI.row(admission="2016年9月被藤县第二初级中学录取"))
    assert decided(office) == "refused"
    assert list(open_findings(office)) == ["level_covered"]


def test_a_parent_too_young_is_for_a_leader_until_one_has_looked(office):
    parent = number(f"{WEI.child[:6]}19900101{WEI.child[14:17]}")
    office.file(households=[WEI.household(身份证号码=parent)], members=[WEI.member()])
    office.send(WEI.row(parent_id_number=parent))
    assert decided(office) == "to_settle"
    assert list(open_findings(office)) == ["family_plausible"]
    office.settle(office.case(), "doubt")
    assert decided(office) == "eligible"


def test_another_card_on_the_form_is_a_look_and_the_files_decides(office):
    office.file(WEI)
    office.send(WEI.row(certificate_no="6217000000000000019"))
    assert decided(office) == "eligible"
    said = {one.criterion: one for one in findings_of([office.case()])[office.case().pk]}["card_looked_at"]
    assert (said.outcome, said.means) == ("not_met", "look")


def test_a_card_that_fails_its_check_goes_to_a_person(office):
    office.file(households=[WEI.household(惠工卡号="6217000000000000019")], members=[WEI.member()])
    office.send(WEI.row())
    assert decided(office) == "to_settle"
    assert list(open_findings(office)) == ["card_right"]


@pytest.mark.parametrize(
    ("lacking", "criterion"),
    [("benefit_card_copy", "benefit_card_copied"), ("admission_letter", "admission_shown")],
)
def test_a_missing_paper_is_incomplete_until_it_comes(office, lacking, criterion):
    office.file(WEI)
    office.send(WEI.row(), papers={"benefit_card_copy", "admission_letter"} - {lacking})
    assert decided(office) == "incomplete"
    assert list(open_findings(office)) == [criterion]
    office.bring("名单.xlsx", 1, lacking)
    assert decided(office) == "eligible"


def test_a_freshman_is_not_asked_for_proof_of_enrolment_nor_a_continuing_student_for_a_letter(office):
    other = Family(2)
    office.file(WEI, other)
    office.send(WEI.row(), papers=("benefit_card_copy", "admission_letter"))
    continuing = other.row(admission="2015年9月被藤县第一中学录取")
    office.send(continuing, name="在读.xlsx", papers=("benefit_card_copy", "enrolment_proof"))
    assert [decided(office), decided(office, "SA-450422-2017-00002")] == ["eligible", "eligible"]


def test_an_unstamped_form_is_electronic_only(office):
    office.file(WEI)
    office.send(WEI.row(), stamped=False)
    assert decided(office) == "incomplete"
    assert list(open_findings(office)) == ["stamped"]


def test_an_unchanged_case_gets_no_second_decision_and_no_second_event(wei):
    wei.vouch()
    before = len(history("SA-450422-2017-00001"))
    assert wei.vouch() == 0
    assert len(history("SA-450422-2017-00001")) == before
    assert Decision.objects.count() == 1


def test_decisions_are_numbered_and_the_event_names_the_one_that_stands(office):
    office.file(WEI)
    office.send(WEI.row(), stamped=False)
    office.decide()
    office.bring("名单.xlsx", 0, "stamped_form")
    office.decide()
    told = [event.payload for event in history("SA-450422-2017-00001") if event.action == "application.decided"]
    assert [(one["number"], one["to"], one["fen"]) for one in told] == [
        (1, "incomplete", 300_000),
        (2, "eligible", 300_000),
    ]
    assert told[-1]["decision"] == Decision.objects.get(number=2).digest


def test_facts_that_go_and_come_back_name_the_decision_that_stands_again(wei):
    """Verified anew for another card and back: the same decision still stands, and no number is told that is not there."""
    wei.vouch()
    wei.file(households=[WEI.household(惠工卡号=card(9))])
    wei.vouch()
    assert Decision.objects.count() == 1
    told = [
        event.payload["number"] for event in history("SA-450422-2017-00001") if event.action == "application.decided"
    ]
    assert told == [1, 1]


def test_another_version_of_the_circular_is_another_decision(wei):
    wei.vouch()
    other = circulars.publish(FOLDER, [], officer="system", at=wei.at)
    assert wei.decide(other, of_circulars.circular_of_version(other)) == 1
    assert list(Decision.objects.order_by("number").values_list("number", "amount_fen")) == [(1, 300_000), (2, None)]
    one = wei.case()
    assert "还要有人审核" not in why(one, findings_of([one])[one.pk]).sentence.zh
    assert "金额" in why(one, findings_of([one])[one.pk]).sentence.zh


def test_a_turn_in_the_order_is_gone_when_the_facts_change(office):
    office.allot(c450422=0)
    office.file(WEI)
    office.send(WEI.row())
    office.carry("shared")
    assert (office.case().status, office.case().rank) == ("waiting", 1)
    office.file(households=[WEI.household(档案状态="脱困")])
    office.vouch()
    assert (office.case().status, office.case().rank, office.case().amount_fen) == ("incomplete", None, None)
