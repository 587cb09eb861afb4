"""排序分名额 on its page: what was shown before is what is given."""

from huigong.studentaid.models import Application
from huigong.web.tests.steps.desk import WEI, cells, events, named, statuses


def test_sharing_gives_what_the_page_said_before(desk, verified):
    at_desk = desk(verified)
    page = at_desk.look("step-share")
    assert cells(page, "藤县总工会") == [7, 0, 7, 8, 7, 1, 0]
    assert "补(三)" in page
    assert "排好了：15 件有名额，3 件候补，2 件并列等负责人定。" in at_desk.say_yes("step-share", page)
    assert statuses() == {"placed": 15, "waiting": 3, "tied": 2, "incomplete": 6, "to_settle": 4}
    assert len(events("application.ranked")) == 20
    sums = [sum(column) for column in zip(*(cells(page, name) for name in named(page)), strict=True)]
    assert sums[4:] == [15, 3, 2]


def test_who_is_not_verified_is_counted_and_takes_no_part(desk, verified):
    Application.objects.filter(reference=WEI).update(verified_by="", verified_digest="")
    at_desk = desk(verified)
    page = at_desk.look("step-share")
    assert "还有 1 件没有审核，不参加这次排序" in page
    assert cells(page, "藤县总工会")[3] == 7
    at_desk.say_yes("step-share", page)
    assert Application.objects.get(reference=WEI).status == "eligible"


def test_a_tie_that_was_settled_is_shared_again(desk, verified):
    at_desk = desk(verified)
    at_desk.do("step-share")
    tied = Application.objects.filter(status="tied").first()
    said = {"about": "tie", "reason": "大的先上学", "sure": "yes", "version": tied.version}
    at_desk.sit(verified.qin).post("application-settle", [tied.reference], **said)
    at_desk.sit(verified.huang)
    assert "排序分名额（1）" in at_desk.campaign()
    at_desk.do("step-share")
    assert Application.objects.get(pk=tied.pk).status == "placed"
