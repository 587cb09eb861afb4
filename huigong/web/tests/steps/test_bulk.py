"""批量审核 on its page: three cases are opened first, all or none, and taken back until the list is frozen."""

import re

import pytest
from django.urls import reverse

from huigong.casework import actions as casework
from huigong.casework.models import BulkVerification
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.registry.models import Household
from huigong.studentaid.models import Application
from huigong.web.console.applications import bulk_ahead
from huigong.web.console.campaigns import working
from huigong.web.tests.steps.desk import CHANGED, events, told

REASON = "选错了单位"


def drawn_on(page):
    return re.findall(r">(SA-[\d-]+)<", page.split("钱和名额")[0])


def count_on(page):
    return int(re.search(r"(\d+) 件，共", page)[1])


@pytest.fixture
def at_desk(desk, submitted):
    return desk(submitted)


@pytest.fixture
def opened(at_desk):
    """The page of the bulk after its three cases were opened."""
    for reference in drawn_on(at_desk.look("step-bulk")):
        at_desk.case(reference)
    return at_desk.look("step-bulk")


def test_all_green_cases_are_verified_in_one_go_and_the_bulk_is_kept(at_desk, opened, submitted):
    count = count_on(opened)
    assert 3 < count <= 20
    assert "第 1 批审核了" in at_desk.say_yes("step-bulk", opened)
    (bulk,) = BulkVerification.objects.all()
    verified = Application.objects.exclude(verified_by="")
    assert bulk.references == sorted(one.reference for one in verified if one.is_verified)
    assert len(bulk.references) == count == len(events("application.verified"))
    assert {one.status for one in verified} == {"eligible"}


def test_before_the_three_were_opened_there_is_no_button_and_posting_does_nothing(at_desk):
    page = at_desk.look("step-bulk")
    assert "审核这" not in page
    assert "还有 3 件要先打开" in page
    assert "还没有办：抽出来的三件要先打开看过" in at_desk.say_yes("step-bulk", page)
    at_desk.case(drawn_on(page)[0])
    assert "还有 2 件要先打开" in at_desk.look("step-bulk")
    assert "还没有办" in at_desk.say_yes("step-bulk", page)
    assert not BulkVerification.objects.exists()


@pytest.mark.parametrize("outcome", ["doubt", "missing"])
def test_a_case_that_the_desk_was_not_content_with_stays_out(at_desk, submitted, outcome):
    first = drawn_on(at_desk.look("step-bulk"))[0]
    case, before = Application.objects.get(reference=first), count_on(at_desk.look("step-bulk"))
    seen = {"facts_digest": case.facts_digest, "data_key_id": case.data_key_id}
    by = {"officer": submitted.huang, "at": submitted.at}
    casework.check(first, "stamped", outcome=outcome, note="章看不清", **seen, **by)
    page = at_desk.look("step-bulk")
    assert count_on(page) == before - 1
    assert "审核台上勾了缺东西或有疑问" in page
    casework.check(first, "stamped", outcome="fine", note="", **seen, **by)
    assert count_on(at_desk.look("step-bulk")) == before


def test_a_case_that_was_asked_for_something_that_has_not_come_stays_out(at_desk, submitted):
    first, before = drawn_on(at_desk.look("step-bulk"))[0], count_on(at_desk.look("step-bulk"))
    at_desk.post("application-tell", [first], own="请补一份说明", due_on="2017-08-30", act="send")
    page = at_desk.look("step-bulk")
    assert count_on(page) == before - 1
    assert "告知过要补的，还没补来" in page


def test_a_case_that_changed_after_it_was_opened_is_to_be_opened_again(at_desk, opened, submitted):
    assert "审核这" in opened
    first = drawn_on(opened)[0]
    household = Application.objects.get(reference=first).household_id
    Household.objects.filter(pk=household).update(file_status="已脱困")
    assert CHANGED in at_desk.say_yes("step-bulk", opened)
    assert first not in drawn_on(at_desk.look("step-bulk"))
    assert events("application.verified") == []


def test_what_changes_between_looking_and_locking_undoes_the_whole_bulk(at_desk, opened, monkeypatch):
    again = bulk_ahead.again
    monkeypatch.setattr("huigong.web.console.applications.bulk.again", lambda *told: (again(*told)[0], False))
    assert "一件也没有办" in at_desk.say_yes("step-bulk", opened)
    assert (events("application.verified"), BulkVerification.objects.count()) == ([], 0)


def test_the_same_three_are_drawn_however_often_one_asks(at_desk):
    assert drawn_on(at_desk.look("step-bulk")) == drawn_on(at_desk.look("step-bulk"))


def test_filters_of_the_list_narrow_the_bulk_and_a_colleagues_case_stays_out(at_desk, submitted):
    whole = count_on(at_desk.look("step-bulk"))
    narrow = count_on(at_desk.look("step-bulk", federation="450422"))
    assert 0 < narrow < whole
    case = drawn_on(at_desk.look("step-bulk"))[0]
    casework.take(case, officer=submitted.qin, at=submitted.at.replace(month=8, day=16, hour=4))
    page = at_desk.look("step-bulk")
    assert "同事正打开着" in page
    assert count_on(page) == whole - 1


def test_a_bulk_is_taken_back_with_a_reason(at_desk, opened):
    at_desk.say_yes("step-bulk", opened)
    bulk = BulkVerification.objects.get()
    assert "请写明理由" in at_desk.post("bulk", [bulk.pk], reason=" ")
    assert f"撤销了：{len(bulk.references)} 件" in at_desk.post("bulk", [bulk.pk], reason=REASON)
    assert not Application.objects.exclude(verified_by="").exists()
    assert "已经撤销过" in at_desk.post("bulk", [bulk.pk], reason=REASON)


def test_once_a_place_is_given_the_bulk_stays_and_its_page_says_why(at_desk, opened, client):
    at_desk.say_yes("step-bulk", opened)
    bulk = BulkVerification.objects.get()
    at_desk.do("step-share")
    page = client.get(reverse("bulk", args=[bulk.pk])).content.decode()
    assert "名单已经定了" in page
    assert "<textarea" not in page
    assert "名单已经定了" in at_desk.post("bulk", [bulk.pk], reason=REASON)
    bulk.refresh_from_db()
    assert bulk.undone_at is None


def test_more_than_a_part_goes_through_in_one_transaction(at_desk, opened, monkeypatch, client):
    for name in ("bulk", "bulk_ahead"):
        monkeypatch.setattr(f"huigong.web.console.applications.{name}.AT_A_TIME", 3)
    count = count_on(opened)
    assert f"审核了 {count} 件" in at_desk.say_yes("step-bulk", opened)
    assert told(client.get(reverse("campaign", args=[at_desk.code])).content.decode()) == ""


def test_a_countys_verifier_works_on_the_county_alone_and_takes_back_their_own(desk, submitted, client):
    county = Organisation.objects.get(code="450422")
    nong = organisations.add_officer("农", role="verifier", organisation=county, by="system", at=submitted.at)
    whole = count_on(desk(submitted).look("step-bulk"))
    mine = desk(submitted).sit(nong)
    for reference in drawn_on(mine.look("step-bulk")):
        mine.case(reference)
    page = mine.look("step-bulk")
    assert 0 < count_on(page) < whole
    assert "审核了" in mine.say_yes("step-bulk", page)
    bulk = BulkVerification.objects.get()
    cases = Application.objects.filter(reference__in=bulk.references)
    assert set(cases.values_list("federation__code", flat=True)) == {"450422"}
    assert f"撤销了：{len(bulk.references)} 件" in mine.post("bulk", [bulk.pk], reason=REASON)
    mo = organisations.add_officer(
        "岑", role="verifier", organisation=Organisation.objects.get(code="450421"), by="system", at=submitted.at
    )
    desk(submitted).sit(mo)
    assert client.get(reverse("bulk", args=[bulk.pk])).status_code == 404


def test_a_bulk_with_a_case_that_went_elsewhere_is_not_taken_back_by_halves(desk, submitted):
    county = Organisation.objects.get(code="450422")
    nong = organisations.add_officer("农", role="verifier", organisation=county, by="system", at=submitted.at)
    away = Application.objects.exclude(federation__code="450422").first()
    own = Application.objects.filter(federation__code="450422").first()
    bulk = casework.note_bulk(submitted.campaign.code, [away.reference, own.reference], officer=nong, at=submitted.at)
    assert "1 件现在不归您管" in desk(submitted).sit(nong).post("bulk", [bulk.pk], reason=REASON)
    bulk.refresh_from_db()
    assert bulk.undone_at is None


def test_taking_back_tells_how_far_it_is(at_desk, opened, monkeypatch):
    at_desk.say_yes("step-bulk", opened)
    monkeypatch.setattr("huigong.web.console.applications.bulk.AT_A_TIME", 2)
    seen, tell = [], working._tell
    monkeypatch.setattr(working, "_tell", lambda work: (seen.append((work.phase, work.done, work.total)), tell(work)))
    bulk = BulkVerification.objects.get()
    at_desk.post("bulk", [bulk.pk], reason=REASON)
    moving = [done for phase, done, total in seen if phase == "moving" and total == len(bulk.references)]
    assert moving[0] == 2
    assert max(moving) == len(bulk.references)
