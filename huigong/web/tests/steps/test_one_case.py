"""One case is verified on its own page, as it was shown and once."""

import re

from huigong.audit import queries as audit
from huigong.registry.models import Household
from huigong.studentaid.models import Application
from huigong.web.tests.steps.desk import (
    NO_LETTER,
    WEI,
)


def test_a_case_is_verified_as_it_was_shown_and_once(desk, submitted):
    at_desk = desk(submitted)
    assert "还没审核" in at_desk.case(WEI)
    assert "还没有记下" in at_desk.verify(WEI, sure="")
    assert "审核了，由您署名" in at_desk.verify(WEI)
    one = Application.objects.get(reference=WEI)
    assert (one.is_verified, one.verified_by, one.status) == (True, submitted.huang.username, "eligible")
    page = at_desk.case(WEI)
    assert re.search(r"仍然有效.*黄 · <time[^>]*>2017-08-16 12:00", page, re.DOTALL)
    assert 'name="sure"' not in page
    assert "已经审核过" in at_desk.verify(WEI)
    assert [told.action for told in audit.history(WEI)].count("application.verified") == 1


def test_facts_that_were_not_shown_are_decided_and_shown_first(desk, submitted):
    at_desk = desk(submitted)
    page = at_desk.case(WEI)
    Household.objects.filter(worker_name="韦秀兰").update(file_status="已脱困")
    assert "请看过下面各条，再审核" in at_desk.verify(WEI)
    one = Application.objects.get(reference=WEI)
    assert (one.verified_by, one.status) == ("", "incomplete")
    assert "仍然有效" not in page
    assert "审核了，由您署名" in at_desk.verify(WEI)


def test_who_verified_stays_told_when_the_facts_changed_since(desk, verified):
    at_desk = desk(verified)
    at_desk.bring(NO_LETTER, "admission_letter")
    page = at_desk.case(NO_LETTER)
    assert "审核以后事实变了" in page
    assert "事实变了，要再审核" in page


def test_a_case_that_holds_a_place_is_not_verified_again(desk, shared):
    at_desk = desk(shared)
    assert "application-verify" not in at_desk.case(WEI)
    assert "已经有名额，不再审核" in at_desk.verify(WEI)
    assert "材料不再改变认定" in at_desk.bring(WEI, "benefit_card_copy")
