"""Rows become cases: one a student and household, whoever sent it and whenever the file was built."""

from huigong.audit.queries import history
from huigong.studentaid.actions import submit
from huigong.studentaid.models import Application, Submission
from huigong.studentaid.tests.office import PAPER_MILL, WEI, Family

TOGETHER = "SA-450422-2017-00001"


def references():
    return list(Application.objects.order_by("reference").values_list("reference", flat=True))


def test_a_row_becomes_a_case_with_a_reference_of_its_federation(wei):
    one = wei.case(TOGETHER)
    assert (one.student_name, one.worker_name, one.unit_name) == ("韦小雨", "韦秀兰", "藤县糖业有限公司工会")
    (event,) = history(TOGETHER)
    assert (event.action, event.payload["to"], event.payload["file"]) == (
        "application.submitted",
        "submitted",
        "GX0001",
    )


def test_references_count_within_their_federation(office):
    office.send(WEI.row(), Family(2).row(), name="县.xlsx")
    office.send(Family(3).row(), name="市.xlsx", unit=PAPER_MILL)
    assert references() == ["SA-450400-2017-00001", "SA-450422-2017-00001", "SA-450422-2017-00002"]


def test_a_form_submitted_twice_makes_nothing_new(wei):
    form = Submission.objects.get().row.form
    assert submit(form, officer="lu", at=wei.at) == 0
    assert references() == [TOGETHER]


def test_a_student_sent_by_two_units_of_one_household_is_one_case_and_both_rows_are_kept(wei):
    wei.send(WEI.row(), name="另一个单位.xlsx", unit=PAPER_MILL)
    assert references() == [TOGETHER]
    rows = Submission.objects.order_by("-is_first").values_list("row__form__name", "is_first", "row__status")
    assert list(rows) == [("名单.xlsx", True, "submitted"), ("另一个单位.xlsx", False, "submitted")]
    assert [event.action for event in history(TOGETHER)] == ["application.submitted", "application.merged"]


def test_the_father_sends_the_same_child_of_the_same_file(office):
    father = Family(40)
    office.file(WEI, members=[WEI.member(姓名="陈大山", 身份证号码=father.parent, 与户主关系="配偶", 就业状况="务农")])
    office.send(WEI.row())
    office.send(WEI.row(parent_name="陈大山", parent_id_number=father.parent), name="父亲.xlsx", unit=PAPER_MILL)
    assert references() == [TOGETHER]


def test_two_households_that_send_one_student_are_two_cases(office):
    office.file(WEI, Family(2))
    office.send(WEI.row())
    office.send(Family(2).row(student_name=WEI.student_name, student_id_number=WEI.child), name="另一户.xlsx")
    assert references() == [TOGETHER, "SA-450422-2017-00002"]


def test_a_second_row_after_the_file_was_built_is_still_the_same_household(office):
    """Who applied before there was a file is found by the file: else one household would stand against itself."""
    office.send(WEI.row())
    office.file(WEI)
    office.send(WEI.row(), name="又报.xlsx", unit=PAPER_MILL)
    assert references() == [TOGETHER]
    office.decide()
    office.send(WEI.row(phone="13800000009"), name="第三次.xlsx", unit=PAPER_MILL)
    assert references() == [TOGETHER]
