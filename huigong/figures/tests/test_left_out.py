"""Nobody left out: why a child has no aid by what the circular would say, what to do next, who was visited, whose list it is."""

from datetime import UTC, datetime, timedelta

import pytest

from huigong.figures.left_out import (
    CASE_LACKS_ONE,
    COULD_APPLY,
    GRADUATE,
    ONE_SHORT,
    SEVERAL,
    as_workbook,
    left_out,
    some_left_out,
)
from huigong.figures.standing import Standing
from huigong.figures.tests.sheets import sheets
from huigong.registry import actions as registry
from huigong.registry.actions import Done
from huigong.registry.models import Household
from huigong.studentaid.tests.office import Family
from huigong.values.sentence import SaidError

NINE = Family(9)


def why(town, name=NINE.student_name):
    return [one.why for one in left_out(town.standing) if one.name == name]


def lines(town, kind):
    return [one for one in left_out(town.standing) if one.why == kind]


def test_who_is_whole_on_file_and_did_not_apply_could_at_once(town):
    (one,) = [one for one in left_out(town.standing) if one.name == NINE.student_name]
    assert (one.why, one.visited_on, one.household.file_number) == (COULD_APPLY, None, "GX0009")
    assert "登记表" in one.step[0]


@pytest.mark.parametrize(
    ("changes", "kind"), [({}, ONE_SHORT), ({"就读学校": "没有登记的学校", "当前学历": "大学", "学制(年)": 4}, SEVERAL)]
)
def test_what_is_short_in_the_file_is_what_the_circular_says(town, changes, kind):
    town.office.file(households=[NINE.household(惠工卡号="")], members=[NINE.member(**changes)])
    (one,) = [one for one in left_out(town.standing) if one.name == NINE.student_name]
    assert one.why == kind
    assert "惠工卡" in one.reason[0]
    assert one.step[0].startswith("先办好")


def test_cases_that_lack_one_thing_are_named_with_their_reference(town):
    found = lines(town, CASE_LACKS_ONE)
    assert all(one.reference.startswith("SA-") for one in found)
    assert {one.reference for one in found} <= {one.reference for one in town.standing.applications}


def test_a_graduate_is_on_the_list_until_somebody_went(town):
    leaver = NINE.member(当前学历="大专", 入学年份=2014, **{"学制(年)": 3}, 就业状况="毕业未就业")
    town.office.file(households=[NINE.household()], members=[leaver])
    assert why(town) == [GRADUATE]
    visited(town, "要帮忙找工作")
    assert why(town) == []


def visited(town, word, **more):
    at = datetime(2017, 9, 2, 1, 0, tzinfo=UTC) + timedelta(minutes=len(word))
    file = Household.objects.get(file_number="GX0009")
    registry.visit(file, Done(**{"on": at.date(), "officer": "lu", "at": at, "word": word} | more))


def test_a_visit_is_shown_and_the_family_stays_until_it_applied(town):
    visited(town, "这次不申请", note="奶奶病了，走不开")
    (one,) = [one for one in left_out(town.standing) if one.name == NINE.student_name]
    assert (str(one.visited_on), one.visited) == ("2017-09-02", "这次不申请")
    with pytest.raises(SaidError, match="走访的结果"):
        visited(town, "")


def test_only_families_that_the_asker_may_see_are_on_the_list(town):
    assert some_left_out(town.standing, Household.objects.none(), [], most=50).lines == []


def test_some_are_the_same_as_all_where_they_are_few(town):
    leaver = NINE.member(当前学历="大专", 入学年份=2014, **{"学制(年)": 3}, 就业状况="毕业未就业", 姓名="韦大雨")
    town.office.file(households=[NINE.household()], members=[NINE.member(), leaver])
    found = some_left_out(town.standing, Household.objects.all(), [], most=50)
    assert (found.lines, found.more) == (list(left_out(town.standing)), False)
    assert {COULD_APPLY, GRADUATE} <= {one.why for one in found.lines}


def test_of_many_only_so_many_are_looked_at_and_that_is_said(town):
    town.office.file(*(Family(number) for number in range(21, 25)))
    found = some_left_out(town.standing, Household.objects.all(), [], most=2)
    assert found.more
    assert len([one for one in found.lines if one.why == COULD_APPLY]) <= 2


def test_the_questions_do_not_grow_with_the_files(town, django_assert_max_num_queries):
    town.office.file(*(Family(number) for number in range(21, 41)))
    with django_assert_max_num_queries(45):
        some_left_out(Standing(town.standing.campaign), Household.objects.all(), [], most=10)


def test_the_workbook_has_a_line_each_with_reason_and_step(town):
    rows = sheets(as_workbook, town.standing)["没落下谁"]
    assert rows[0][:7] == ["属地工会", "单位", "职工编号", "职工", "学生", "情形", "原因"]
    assert len(rows) - 1 == len(list(left_out(town.standing)))
