"""A1: a sample that its seed repeats, and one payment from the yuan back to the form and the clause."""

import io
import re
from uuid import UUID

import docx
import pytest
from django.db import transaction
from django.utils import timezone

from huigong.approvals.models import Approval
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Told
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.payments import actions as payments
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.tests.bank import hand_out
from huigong.publicnotices.models import NoticePosting
from huigong.studentaid import actions
from huigong.studentaid.actions.revoking import Because, revoke
from huigong.studentaid.models import Application, Award, Revocation
from huigong.values import money
from huigong.web.console.walk import of_money
from huigong.web.console.walk.line import Reader
from huigong.web.tests.campaign_at_work import AFTER_THE_NOTICE
from huigong.web.tests.money.conftest import scan, write_form

CASE = "SA-450422-2017-00001"


@pytest.fixture
def released(work, on):
    work.approve()
    work.release()
    on(8, 30)
    return work


@pytest.fixture
def liang(work, at):
    return organisations.add_officer("梁", role="auditor", organisation=work.city, by="system", at=at)


def names(page):
    return re.findall(r'href="/applications/(SA-[^/]+)/walk/"', page)


def test_the_same_seed_draws_the_same_payments_for_everybody(desk, released, liang):
    first = names(desk.sit(liang).look("walks", released.campaign.code, seed="2017", size="3"))
    assert len(first) == 3
    assert names(desk.sit(released.qin).look("walks", released.campaign.code, seed="2017", size="3")) == first
    assert set(first) <= set(Payment.objects.values_list("case_reference", flat=True))


@pytest.mark.parametrize("size", ["x", "-1", "99999", ""])
def test_a_size_that_is_none_draws_the_usual_number(desk, released, liang, size):
    page = desk.sit(liang).look("walks", released.campaign.code, size=size)
    assert 0 < len(names(page)) <= 10


def test_trial_balance_awards_and_statistics_say_one_sum(desk, released, liang):
    page = desk.sit(liang).look("walks", released.campaign.code)
    assert "一致" in page
    assert "不一致" not in page


def test_the_walk_leads_from_the_yuan_to_the_form_and_cites_every_clause(desk, released, liang):
    page = desk.sit(liang).look("walk", CASE)
    titles = re.findall(r"<h2>(\d+)\. ([^<]+)</h2>", page)
    assert [title for _number, title in titles] == [
        "钱从哪来", "钱", "发放", "审批", "异议和申诉", "公示", "名额和名次", "认定：逐条、条款", "审核和材料", "登记表", "留痕",
    ]  # fmt: skip
    assert f"{CASE}:aid:1:pending" in page
    assert "2017-3, 2017-08-28" in page
    assert len(re.findall(r'href="/circulars/2017-wuzhou-21/\?version=', page)) >= 10
    assert re.search(r'href="/forms/[^"]+#row-', page)
    assert "这一步没有记录" not in page


@pytest.fixture
def whole(desk, work, nong, deng, proven, on, at):
    """A payment that left a trace at every step: money booked, a board's statement, an objection, a signed form, a reply."""
    case = Application.objects.select_related("unit").get(reference=CASE)
    wei, shi = (
        organisations.add_officer(name, role=role, organisation=work.city, by="system", at=at)
        for name, role in (("韦", "verifier"), ("石", "finance"))
    )
    on(8, 22)
    paper = {"source": "regional-2017", "yuan": "60000", "paper": "桂工办〔2017〕5号", "day": "2017-08-18"}
    desk.sit(work.chen).post("fund-money", work.campaign.code, **paper)
    desk.sit(shi).post("fund-money-seen", work.campaign.code, 1)
    told = Told("objection", "visit", "这家不困难，请核实", case_reference=CASE)
    one = grievances.record(work.campaign, told, submission=UUID(int=1), officer="lu", at=timezone.now())
    desk.sit(work.huang).post("grievance-assign", one.number, reference=CASE, assignee=wei.username)
    desk.sit(wei).post("grievance-answer", one.number, upheld="no", words="查过了，与事实不符。", clauses=["二(四)"])
    on(8, 28)
    board = NoticePosting.objects.get(unit=case.unit)
    files = {"statement": scan(), "photograph": scan(b"\xff\xd8\xff a board", "现场.jpg")}
    desk.sit(deng).post("posting-enter", board.pk, hung_on="2017-08-21", until="2017-08-25", objections="0", **files)
    desk.sit(work.huang).post("posting-confirm", board.pk, sure="yes")
    write_form(desk, work)
    form = Approval.objects.get().number
    for who in (work.huang, nong, work.qin):
        desk.sit(who).post("approval-sign", form, agrees="yes")
    actions.release(work.campaign, work.circular, officer=work.chen, on=AFTER_THE_NOTICE, at=timezone.now())
    batch = PaymentBatch.objects.get()
    hand_out(batch, officer=work.chen, at=timezone.now())
    lines = [
        (row, f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)}")
        for row in batch.payments.all()
    ]
    reply = "\n".join(f"{text},金秋助学 {batch.number},成功," for _row, text in lines).encode("gb18030")
    payments.take_reply(batch, reply, name="回单.csv", officer=work.chen, at=timezone.now())
    return work


def test_the_walk_begins_where_the_money_came_from_and_shows_every_paper_on_the_way(desk, whole, liang):
    page = desk.sit(liang).look("walk", CASE)
    assert "这一步没有记录" not in page
    for told in (
        "60,000 元 · 桂工办〔2017〕5号 · 2017-08-18 · 陈记，石核对 2017-08-22",
        "账上还能用 ",
        "不成立 · 韦 2017-08-22 12:00 · 二(四)",
        "2017-08-21 – 2017-08-25 · 收到异议 0 件 · 邓录，黄核对",
        "现场.jpg",
        "陈收",
        "持有 ",
    ):
        assert told in page, told
    gist = next(clause.gist for clause in whole.circular.clauses if clause.id == "二(四)")
    assert page.count(gist) == 1


@pytest.fixture
def county(work, at):
    """An officer of the county by role: the case is the county's, the money is the city's."""

    def officer(role):
        where = Organisation.objects.get(code="450422")
        return organisations.add_officer(f"县{role}", role=role, organisation=where, by="system", at=at)

    return officer


@pytest.mark.parametrize("who", ["liang", "chen", "huang", "qin", "finance", "verifier", "auditor"])
def test_every_door_on_the_walk_opens_to_whoever_sees_it(desk, whole, liang, county, who):
    named = {"liang": liang, **{name: getattr(whole, name) for name in ("chen", "huang", "qin")}}
    page = desk.sit(named.get(who) or county(who)).look("walk", CASE)
    opened = {
        door: desk.client.get(door.partition("#")[0]).status_code for door in re.findall(r'<dt><a href="([^"]+)"', page)
    }
    assert len(opened) > 10
    assert {door: status for door, status in opened.items() if status != 200} == {}
    kinds = {door.split("/")[1] for door in opened}
    assert {"notices", "postings", "circulars", "forms"} <= kinds
    assert ({"batches", "approvals"} <= kinds) == (who in named)
    assert any("/papers/" in door for door in opened) == (who in {"chen", "qin"})


@pytest.mark.parametrize("who", ["finance", "verifier", "auditor"])
def test_the_county_reads_neither_the_citys_money_nor_what_was_objected_nor_its_places(desk, whole, liang, county, who):
    secret = ("60,000", "桂工办", "账上还能用", "异议和申诉", "G001", "陈收")
    city, here = (desk.sit(one).look("walk", CASE).split('class="chain"')[1] for one in (liang, county(who)))
    assert [told for told in secret if told not in city] == []
    assert [told for told in (*secret, "梧州市总工会</a></dt>") if told in here] == []
    paper = io.BytesIO(desk.download("walk-printed", CASE, "docx").content)
    printed = "\n".join(one.text for one in docx.Document(paper).paragraphs)
    assert [told for told in secret if told in printed] == []
    assert "来源：" in printed


def test_money_that_was_seen_only_after_the_approval_is_told_so(desk, released, liang, proven, at):
    desk.sit(liang)
    assert "现在没有登记着的到款" in desk.look("walk", CASE)
    paper = {"source": "regional-2017", "yuan": "60000", "paper": "桂工办〔2017〕5号", "day": "2017-08-18"}
    desk.sit(released.chen).post("fund-money", released.campaign.code, **paper)
    desk.sit(released.qin).post("fund-money-seen", released.campaign.code, 1)
    page = desk.sit(liang).look("walk", CASE)
    assert "批准以后才核对" in page
    assert "那时到款还没有登记" in page
    assert "账上还能用" not in page


def test_sums_whose_funds_do_not_open_stand_as_a_number_and_the_rest_by_name(desk, whole, liang, monkeypatch):
    one = Application.objects.select_related("campaign", "household").get(reference=CASE)
    monkeypatch.setattr(of_money, "_SHOWN", 0)
    told = of_money.of_source(one, Reader(liang, lambda _: True))
    assert [line.said for line in told if line.word == "别的到款"] == ["还有 1 笔，共 60,000 元"]
    monkeypatch.undo()
    told = of_money.of_source(one, Reader(liang, lambda _: False))
    assert not any("桂工办" in line.said for line in told)
    assert {line.word for line in told if not line.behind} == {"来源"}


def test_city_finance_reads_of_no_objection(desk, whole):
    page = desk.sit(whole.chen).look("walk", CASE)
    assert "异议和申诉" not in page
    assert "G001" not in page.split('class="chain"')[1]


def test_what_was_taken_back_still_tells_its_source_and_approval(desk, whole, liang):
    award = Award.objects.get(application__reference=CASE)
    with transaction.atomic():
        revoke(award, Because(Revocation.Why.OBJECTION, "二(四)"), officer="qin", at=timezone.now())
    page = desk.sit(liang).look("walk", CASE)
    assert "桂工办" in page
    assert award.minutes in page


def test_no_whole_number_of_anybody_stands_on_it(desk, released, liang):
    page = desk.sit(liang).look("walk", CASE)
    card = Payment.objects.get(case_reference=CASE).card.plain()
    assert card not in page
    assert card[-4:] in page


def test_the_walk_goes_out_as_a_paper(desk, released, liang):
    answer = desk.sit(liang).download("walk-printed", CASE, "docx")
    assert answer.content[:2] == b"PK"
    assert desk.download("walk-printed", CASE, "exe").status_code == 404


def test_the_walk_asks_few_questions(desk, released, liang, django_assert_max_num_queries):
    desk.sit(liang)
    with django_assert_max_num_queries(60):
        desk.look("walk", CASE)
