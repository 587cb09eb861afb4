"""On Today: objections whose answer is overdue, those to be given to somebody, and notices that hang on after their window."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from huigong.giving import actions as giving
from huigong.giving.actions import Gift
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Told
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer
from huigong.publicnotices.models import NoticePosting
from huigong.studentaid import actions as studentaid
from huigong.values.money import Fen
from huigong.web.console.campaigns.tasks import known, tasks
from huigong.web.tests.campaign_at_work import AtWork

CASE = "SA-450422-2017-00001"


@dataclass
class Said:
    """The campaign, the approver who was given the first one, and the day of the answers."""

    work: AtWork
    nong: Officer
    due: date


@pytest.fixture
def said(work):
    """Two objections that came on the same day; one was given to the approver."""
    for number in (1, 2):
        told = Told("objection", "visit", "这家不困难，请核实", case_reference=CASE if number == 1 else "")
        one = grievances.record(work.campaign, told, submission=UUID(int=number), officer="lu", at=work.at)
        if number == 1:
            nong = organisations.add_officer("农", role="approver", organisation=work.city, by="system", at=work.at)
            studentaid.assign_grievance(one, nong, case_reference=CASE, officer=work.qin, at=work.at)
    return Said(work, nong, one.due_on)


def told(said, officer, roles, day):
    found = tasks(known(officer, said.work.campaign), frozenset(roles), day=day)
    return {one.address.partition("?show=")[2]: one.count for one in found if "/grievances/" in one.address}


def test_until_its_day_it_is_the_assignees_and_what_nobody_has_is_everybodys(said):
    assert told(said, said.nong, {"approver"}, said.due) == {"unassigned": 1, "mine": 1}
    assert told(said, said.work.huang, {"verifier"}, said.due) == {"unassigned": 1}
    assert told(said, said.work.chen, {"finance"}, said.due) == {}


def test_overdue_it_stands_with_the_assignee_and_with_every_approver(said):
    late = said.due + timedelta(days=1)
    assert told(said, said.nong, {"approver"}, late) == {"overdue": 2}
    assert told(said, said.work.qin, {"approver"}, late) == {"overdue": 2}
    assert told(said, said.work.huang, {"verifier"}, late) == {"unassigned": 1}


@pytest.mark.parametrize("which", ["overdue", "unassigned", "mine"])
def test_each_count_opens_a_list_of_that_length(said, sit, which):
    page = sit(said.nong).get(f"/campaigns/{said.work.campaign.code}/grievances/?show={which}").content.decode()
    day = timezone.localdate()
    expected = told(said, said.nong, {"approver"}, day).get(which, 0)
    assert page.count('href="/grievances/') == expected


def test_what_hangs_after_its_window_is_a_task_of_its_unit_and_of_the_office(said):
    notice = NoticePosting.objects.first().notice
    late = notice.last_day + timedelta(days=1)
    for officer, role in ((said.work.lu, "preparer"), (said.work.huang, "verifier")):
        for day, wanted in ((notice.last_day, 0), (late, 1)):
            found = tasks(known(officer, said.work.campaign), frozenset({role}), day=day)
            hung = [one for one in found if one.address == f"/notices/{notice.number}/"]
            assert bool(sum(one.count for one in hung)) == bool(wanted), (officer, day)


def test_money_waits_for_another_than_who_wrote_it_down(said):
    work, nobody = said.work, set()
    for donor in ("甲公司", "乙公司"):
        one = giving.take_in(work.campaign, Gift(donor, Fen(100), "", work.at.date()), officer=work.chen, at=work.at)
    giving.take_gift_back(one, reason="记了两次", officer=work.chen, at=work.at)

    def waiting(officer, *roles):
        found = tasks(known(officer, work.campaign), frozenset(roles), day=said.due)
        return {one.count for one in found if one.address.endswith("/funds/")}

    assert waiting(work.qin, "approver") == {1}
    assert waiting(work.chen, "finance") == waiting(work.huang, "verifier") == nobody
    giving.see(work.campaign.donations.first(), officer=work.qin, at=work.at)
    assert waiting(work.qin, "approver") == nobody
