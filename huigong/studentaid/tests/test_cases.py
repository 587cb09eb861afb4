"""What is known about a case: the file as it stands, papers of every row, and what several rows and households say."""

import pytest

from huigong.intake.models import FormRow
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.studentaid.cases import cases_of, need_of, surroundings
from huigong.studentaid.facts import facts_of
from huigong.studentaid.queries import applications_of
from huigong.studentaid.tests.office import AFTER, LATE, PAPER_MILL, WEI, Family
from huigong.vault import blind


def facts(office, number=0):
    return office.gather()[number].facts


@pytest.mark.parametrize(
    ("papers", "known"),
    [
        (("benefit_card_copy",), (True, False, False)),
        (("admission_letter",), (False, True, False)),
        (("enrolment_proof",), (False, False, True)),
        ((), (False, False, False)),
    ],
)
def test_papers_of_the_row_are_facts(office, papers, known):
    office.file(WEI)
    office.send(WEI.row(), papers=papers)
    told = facts(office)
    assert (told["benefit_card_copy"], told["admission_letter"], told["enrolment_proof"]) == known


def test_a_letter_whose_original_nobody_saw_does_not_count(office):
    office.file(WEI)
    office.send(WEI.row(), papers=())
    office.bring("名单.xlsx", 1, "admission_letter", original_seen=False)
    assert facts(office)["admission_letter"] is False


def test_the_stamped_sheet_of_a_form_stands_for_every_row_of_it(office):
    office.send(WEI.row(), Family(2).row())
    assert [facts(office, number)["stamped_form"] for number in (0, 1)] == [True, True]
    office.send(Family(3).row(), name="没盖章.xlsx", stamped=False)
    assert facts(office, 2)["stamped_form"] is False


def test_a_row_that_was_mended_after_the_sheet_came_is_not_under_its_stamp(office):
    office.send(WEI.row(), Family(2).row())
    FormRow.objects.filter(number=1).update(unstamped=1)
    assert [facts(office, number)["stamped_form"] for number in (0, 1)] == [False, True]


def test_papers_of_a_merged_row_count_for_the_case(office):
    office.file(WEI)
    office.send(WEI.row(), papers=())
    office.send(WEI.row(), name="另一个单位.xlsx", unit=PAPER_MILL, papers=("benefit_card_copy",))
    assert facts(office)["benefit_card_copy"] is True


def test_the_first_day_on_which_a_row_of_the_case_came_counts(office):
    office.send(WEI.row(), received=LATE)
    assert facts(office)["received_on"] == LATE
    office.send(WEI.row(), name="早先.xlsx", unit=PAPER_MILL)
    assert facts(office)["received_on"] < LATE


def test_a_doubt_about_a_merged_row_is_not_lost(office):
    office.file(WEI)
    office.send(WEI.row())
    assert facts(office)["form_consistent"] is True
    office.send(WEI.row(student_gender="男"), name="另一个单位.xlsx", unit=PAPER_MILL)
    assert facts(office)["form_consistent"] is False


def test_merged_rows_that_name_schools_of_two_levels_are_a_conflict(office):
    office.file(WEI)
    office.send(WEI.row())
    office.send(WEI.row(admission="2017年8月被梧州职业学院录取"), name="另一个单位.xlsx", unit=PAPER_MILL)
    assert facts(office)["education_level_agrees"] is False


def test_brothers_and_sisters_count_from_the_first_time_they_are_asked(office):
    """Their file was built after they applied: the first and the second decision have to see the same family."""
    sister = Family(50)
    twin = WEI.row(student_name="韦小雪", student_id_number=sister.child)
    office.send(WEI.row(), twin)
    office.file(WEI)
    first = facts(office)["children_in_school"]
    office.vouch()
    assert (first, facts(office)["children_in_school"]) == (2, 2)
    assert office.decide() == 0


def test_aid_from_elsewhere_for_the_same_need_is_known_and_ones_own_is_not_held_against_one(wei):
    wei.carry("released")
    ((case, _),) = cases_of(list(applications_of(wei.campaign)), surroundings(wei.campaign))
    assert facts_of(case)["awarded_for_same_need"] is False
    household = wei.case().household_id
    child = blind.index("resident_id", WEI.child)
    aid = Aid(household, child, need_of(wei.campaign), "donations", 100_000, "DN-450400-2017-00001")
    registry.give_all([aid], on=AFTER, officer="chen", at=wei.at)
    ((case, _),) = cases_of(list(applications_of(wei.campaign)), surroundings(wei.campaign))
    assert facts_of(case)["awarded_for_same_need"] is True


def test_the_student_is_found_by_name_only_where_the_file_has_no_number(office):
    office.file(households=[WEI.household()], members=[WEI.member(身份证号码="")])
    office.send(WEI.row())
    assert facts(office)["student_in_file"] is True


def test_a_namesake_with_another_number_is_not_the_student(office):
    office.file(households=[WEI.household()], members=[WEI.member(身份证号码=Family(60).child)])
    office.send(WEI.row())
    assert facts(office)["student_in_file"] is False
