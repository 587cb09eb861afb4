"""Somebody leaves: everything that was in their hands stands on the list, and is in the successor's hands afterwards."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huigong.approvals import actions as approvals
from huigong.approvals.models import Approval
from huigong.casework import actions as casework
from huigong.casework import queries as of_casework
from huigong.casework.models import SavedView
from huigong.casework.tests.worked import received
from huigong.documents import actions as documents
from huigong.figures import books
from huigong.figures.open_work import open_work_of
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Told
from huigong.grievances.models import Grievance
from huigong.intake import actions as intake
from huigong.intake.models import Draft
from huigong.organisations import actions as organisations
from huigong.organisations.models import HandOver, Officer
from huigong.registry import actions as registry
from huigong.registry.models import Household, Measure
from huigong.runs import handing_over
from huigong.runs.handing_over import hand_over
from huigong.studentaid import actions as studentaid
from huigong.studentaid.tests.conftest import office  # noqa: F401  the fixture
from huigong.studentaid.tests.forms_to_sign import later, put
from huigong.studentaid.tests.office import WEI, Family
from huigong.values.sentence import SaidError

CASE = "SA-450422-2017-00001"


@pytest.fixture
def busy(office):  # noqa: F811
    """黄 has one of everything in hand; the cases were verified by 农, so that 黄 may answer the objection."""
    office.nong = office.officer("农", "verifier")
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.vouch(by=office.nong)
    office.share()
    office.publish()
    casework.assign(office.campaign.code, {CASE: "huang"}, how="taken", officer=office.huang, at=office.at)
    received(office.huang, office.at)
    intake.keep_draft(office.huang, f"desk:{CASE}", {"note-x": "看过原件"}, at=office.at)
    put(office)
    scan = documents.store(b"%PDF-1.4", name="单.pdf", media_type="application/pdf", officer="huang", at=office.at)
    told = {"act": "approve", "reference": office.campaign.code, "organisation": office.city, "minutes": "2017-9"}
    organisations.enter_sheet(
        office.qin, **told, signed_on=office.at.date(), scan=scan, clerk=office.huang, at=office.at
    )
    one = grievances.record(
        office.campaign,
        Told("objection", "visit", "这家不困难，请核实"),
        submission=UUID(int=1),
        officer="lu",
        at=office.at,
    )
    studentaid.assign_grievance(one, office.huang, case_reference=CASE, officer=office.qin, at=office.at)
    family, due = Household.objects.get(worker_name=WEI.worker_name), office.at.date() + timedelta(days=30)
    registry.plan(family, "就业创业发展", "介绍到糖厂", owner=office.huang, due=due, officer="huang", at=office.at)
    casework.save_list("待看", campaign_code=office.campaign.code, query="status=x", share=True, officer=office.huang)
    return office


def leave(office, successor):  # noqa: F811
    return hand_over(office.huang, successor, office.qin, on=office.at.date(), by="an", at=later(office))


def test_everything_in_hand_stands_on_the_list_and_moves(busy):
    deng = busy.officer("邓", "verifier")
    before = open_work_of(busy.huang)
    assert {kind for kind, _ in before} == {
        "case",
        "sheet",
        "approval",
        "grievance",
        "slip",
        "measure",
        "list",
        "draft",
    }
    made = leave(busy, deng)
    assert [tuple(one) for one in made.items] == before
    assert open_work_of(deng) == before, "what the leaver had in hand is orphaned"
    left = Officer.objects.get(pk=busy.huang.pk)
    assert not of_casework.cases_of(left.username)
    assert not Grievance.objects.filter(assigned_to=left.username, answered_by="").exists()
    assert not Draft.objects.filter(officer=left).exists()
    assert (Measure.objects.get().owner, SavedView.objects.get().owner) == (deng, "deng")
    assert Draft.objects.get(officer=deng).content.plain() == '{"note-x": "看过原件"}'
    assert books.verify().holds


def test_the_successor_can_do_what_only_the_leaver_could(busy):
    deng = busy.officer("邓", "verifier")
    leave(busy, deng)
    approvals.withdraw(Approval.objects.get(), officer=deng, at=later(busy) + timedelta(days=1))
    answer = grievances.Answer("核实过了。", ["二(四)"])
    studentaid.answer_grievance(Grievance.objects.get(), answer, upheld="no", officer=deng, at=later(busy))
    assert of_casework.names_of_assignees([CASE]) == {CASE: "deng"}


def test_what_came_by_one_hand_over_goes_on_by_the_next(busy):
    deng, gan = busy.officer("邓", "verifier"), busy.officer("甘", "verifier")
    before = open_work_of(busy.huang)
    leave(busy, deng)
    again = hand_over(deng, gan, busy.qin, on=busy.at.date(), by="an", at=later(busy))
    assert [tuple(one) for one in again.items] == before == open_work_of(gan)


def test_a_successor_who_decided_the_case_of_an_objection_is_refused_and_nothing_moves(busy):
    with pytest.raises(SaidError, match="先把这一件交办给别人"):
        leave(busy, busy.nong)
    assert not HandOver.objects.exists()
    assert of_casework.names_of_assignees([CASE]) == {CASE: "huang"}


def test_a_list_of_a_name_that_the_successor_has_bears_the_leavers_name(busy):
    deng = busy.officer("邓", "verifier")
    casework.save_list("待看", campaign_code=busy.campaign.code, query="mine", share=False, officer=deng)
    leave(busy, deng)
    kept = dict(SavedView.objects.filter(owner="deng").values_list("name", "query"))
    assert kept == {"待看": "mine", "待看（黄）": "status=x"}


def test_a_successor_who_would_not_see_a_family_is_refused(busy):
    elsewhere = organisations.found_federation("450481", "岑溪市总工会", parent=busy.city, officer="an", at=busy.at)
    with pytest.raises(SaidError, match=r"帮扶措施里.*看不到"):
        registry.hand_measures(busy.huang, busy.officer("岑", "verifier", elsewhere), officer="an", at=busy.at)
    assert Measure.objects.get().owner == busy.huang


def test_a_successor_who_would_not_see_the_cases_is_refused(busy):
    elsewhere = organisations.found_federation("450481", "岑溪市总工会", parent=busy.city, officer="an", at=busy.at)
    with pytest.raises(SaidError, match="看不到，没有交接"):
        leave(busy, busy.officer("岑", "verifier", elsewhere))


def test_two_drafts_of_one_page_are_not_laid_over_one_another(busy):
    deng = busy.officer("邓", "verifier")
    intake.keep_draft(deng, f"desk:{CASE}", {"note-x": "另一句"}, at=busy.at)
    with pytest.raises(SaidError, match="都有没交的草稿"):
        leave(busy, deng)


def test_no_row_is_locked_first_once_the_chains_head_is(busy):
    """Whoever answers the objection at the same moment holds its row and waits for the head: with the head in hand nobody
    may wait for a row. SQLite has one writer at a time and locks no rows.
    """
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    deng = busy.officer("邓", "verifier")
    with CaptureQueriesContext(connection) as asked:
        leave(busy, deng)
    statements = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
    tables = [re.search(r'FROM "(\w+)"', one)[1] for one in statements]
    head = tables.index("audit_chainhead")
    assert {"organisations_officer", "grievances_grievance", "intake_draft"} <= set(tables[:head])
    assert set(tables[head:]) - {"audit_chainhead"} <= set(tables[:head])


def test_what_came_into_their_hands_meanwhile_is_told_and_nothing_moves(busy, monkeypatch):
    deng = busy.officer("邓", "verifier")
    turn = handing_over.audit.take_turn

    def late():
        turn()
        intake.keep_draft(busy.huang, "form:late", {"a": "1"}, at=busy.at)

    monkeypatch.setattr(handing_over.audit, "take_turn", late)
    with pytest.raises(SaidError, match="请再办一次"):
        leave(busy, deng)
    assert not HandOver.objects.exists()
