"""立案 on its page: taken rows become cases that are decided on what is there."""

from huigong.intake.models import FormRow
from huigong.web.tests.steps.desk import events, row_of, statuses


def test_taken_rows_become_cases_that_are_decided_on_what_is_there(desk, taken):
    at_desk = desk(taken)
    assert "立案（30）" in at_desk.campaign()
    page = at_desk.look("step-submit")
    assert "30 行" in page
    assert row_of(page.replace(' class="broken"', ""), '<a href="[^"]*">01-as-printed.xlsx</a>').endswith(
        '<td class="number">6</td>'
    )
    assert "立案了：30 行成了 30 件新申请。" in at_desk.say_yes("step-submit", page)
    assert FormRow.objects.filter(status="accepted").count() == 0
    assert statuses() == {"eligible": 20, "incomplete": 6, "to_settle": 4}
    opened = events("application.submitted")
    assert len(opened) == 30
    assert {one.actor for one in opened} == {taken.huang.username}
    assert events("application.verified") == []
