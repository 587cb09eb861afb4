"""A1: a sample that its seed repeats, and one payment from the yuan back to the form and the clause."""

import re

import pytest

from huigong.organisations import actions as organisations
from huigong.payments.models import Payment

CASE = "SA-450422-2017-00001"


@pytest.fixture
def released(work, on):
    work.approve()
    work.release()
    on(8, 30)
    return work


@pytest.fixture
def liang(released, at):
    return organisations.add_officer("梁", role="auditor", organisation=released.city, by="system", at=at)


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
        "钱", "发放", "审批", "公示", "名额和名次", "认定：逐条、条款", "审核和材料", "登记表", "留痕",
    ]  # fmt: skip
    assert f"{CASE}:aid:1:pending" in page
    assert "2017-3, 2017-08-28" in page
    assert len(re.findall(r'href="/circulars/2017-wuzhou-21/\?version=', page)) >= 10
    assert re.search(r'href="/forms/[^"]+#row-', page)
    assert "这一步没有记录" not in page


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
    with django_assert_max_num_queries(45):
        desk.look("walk", CASE)
