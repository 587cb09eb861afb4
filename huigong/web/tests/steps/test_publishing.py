"""公示 on its page: the notice hangs as it was shown, from a day that may be."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.circulars import actions as circulars
from huigong.circulars import queries
from huigong.circulars.models import Campaign
from huigong.publicnotices.models import NoticeLine, PublicNotice
from huigong.web.tests.campaign_at_work import FOLDER, NOTICE_FROM, empty_campaign
from huigong.web.tests.steps.desk import (
    CHANGED,
    events,
    statuses,
)


def test_the_notice_hangs_as_it_was_shown_with_its_rule_and_masked_names(desk, undated):
    at_desk = desk(undated)
    page = at_desk.look("step-publish")
    for expected in ("2017-08-16", "2017-08-22", "5 个工作日", "补充通知（四）", "补(四)", "发布公示（15 件）", "韦**"):
        assert expected in page
    assert "韦小雨" not in page
    assert "韦秀兰" not in page
    shown = re.findall(r'<th scope="row">([A-Z2-7]{10})</th>', page)
    assert "15 件，8月16日到8月22日（当天还算）" in at_desk.say_yes("step-publish", page)
    assert sorted(shown) == sorted(NoticeLine.objects.values_list("number", flat=True))
    assert statuses()["on_notice"] == 15
    notice = PublicNotice.objects.get()
    assert audit.history(notice.number)[0].action == "notice.published"
    assert len(events("application.published")) == 15


def test_the_first_notice_sets_the_day_of_the_campaign_for_the_command_too(desk, undated, at):
    desk(undated).do("step-publish", **{"from": "2017-08-19"})  # a Saturday: the window begins on Monday
    campaign = Campaign.objects.get()
    assert campaign.notice_from == date(2017, 8, 21)
    dated = [one for one in audit.history(campaign.code) if one.action == "campaign.dated"]
    assert [one.actor for one in dated] == [undated.huang.username]
    days = {"received_on": campaign.received_on, "officer": "system", "at": at}
    again = (campaign.version, undated.circular, undated.city)
    assert circulars.open_campaign(*again, notice_from=date(2017, 8, 21), **days) == campaign
    with pytest.raises(circulars.OtherCampaignError, match="2017-08-21"):
        circulars.open_campaign(*again, notice_from=date(2017, 8, 14), **days)


def test_a_day_that_stands_is_offered_and_a_later_notice_leaves_it(desk, shared, on):
    at_desk = desk(shared)
    assert 'value="2017-08-21"' in at_desk.look("step-publish")
    on(8, 30)
    at_desk.sit(shared.huang)
    assert "8月30日到9月5日" in at_desk.do("step-publish")
    assert Campaign.objects.get().notice_from == NOTICE_FROM


@pytest.mark.parametrize("asked", ["2017-08-01", "yesterday", ""])
def test_a_notice_never_hangs_backwards_while_the_campaign_runs(desk, undated, asked):
    at_desk = desk(undated)
    assert "8月16日到8月22日" in at_desk.do("step-publish", **{"from": asked})


def test_a_campaign_of_the_past_hung_on_its_own_day_only_if_somebody_says_so(desk, shared, on):
    on(11, 20)
    at_desk = desk(shared)
    page = at_desk.look("step-publish", **{"from": "2017-08-21"})
    assert "这是过去的日子" in page
    assert "还没有办" in at_desk.say_yes("step-publish", page, sure="")
    assert not PublicNotice.objects.exists()
    assert "8月21日到8月25日" in at_desk.say_yes("step-publish", page)


def test_another_day_than_the_one_shown_is_not_published(desk, undated):
    at_desk = desk(undated)
    page = at_desk.look("step-publish")
    assert CHANGED in at_desk.say_yes("step-publish", page, **{"from": "2017-08-28"})
    assert not PublicNotice.objects.exists()


def test_a_year_that_the_calendar_lacks_is_said_and_another_day_may_be_asked(desk, undated):
    page = desk(undated).look("step-publish", **{"from": "2041-08-28"})
    assert "工作日历里没有2041年" in page
    assert 'name="seen"' not in page
    assert 'name="from"' in page


@pytest.mark.parametrize(("step", "why"), [("step-publish", "没有写公示几个工作日"), ("step-share", "公示期")])
def test_without_a_supplement_no_place_is_shared_and_no_notice_hangs(desk, at, db, step, why):
    work = empty_campaign(at)
    bare = circulars.publish(FOLDER, officer="system", at=at)
    Campaign.objects.update(version=bare)
    assert queries.circular_of_version(bare).notice is None
    at_desk = desk(work)
    page = at_desk.look(step)
    assert why in page
    assert 'name="seen"' not in page
    assert why in unescape(at_desk.client.post(reverse(step, args=[work.campaign.code])).content.decode())
