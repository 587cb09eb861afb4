"""The page of implementation plans: filed by the county, seen by the city, and what is not the county's is answered."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huigong.circulars import plans
from huigong.circulars.models import ImplementationPlan
from huigong.documents import actions as documents
from huigong.web.tests.campaign_at_work import empty_campaign


@pytest.fixture
def work(db, at, on):
    on(8, 7)
    return empty_campaign(at)


@pytest.fixture
def deng(work, officer):
    return officer("邓", "verifier", work.lu.organisation.parent)


def sent(**words):
    scan = SimpleUploadedFile("方案.pdf", words.pop("content", b"%PDF-1.4"))
    return {"federation": "450422", "paper": "藤工发〔2017〕12号", "filed_on": "2017-08-03", "scan": scan} | words


def test_a_county_files_and_the_city_reads(desk, work, deng):
    code = work.campaign.code
    page = desk.sit(deng).look("plans", code)
    assert "过期 7 天" in page
    assert "岑溪" not in page.split("<main")[1]
    status, page = desk.post("plan-file", code, **sent(**{"clause-1": "四(一)", "adds-1": "办辅导班"}))
    assert (status, "办辅导班" in page) == (200, True)
    made = ImplementationPlan.objects.get()
    assert (made.federation.code, made.filed_by) == ("450422", deng.username)
    assert desk.download("plan-scan", made.pk).content == b"%PDF-1.4"
    page = desk.sit(work.huang).look("plans", code)
    assert "迟报 3 天" in page
    assert reverse("plan", args=[made.pk]) in page
    assert "岑溪市总工会" in page


def test_a_scan_that_was_erased_in_its_time_is_told_and_not_filed_again(desk, work, deng):
    desk.sit(deng).post("plan-file", work.campaign.code, **sent())
    made = ImplementationPlan.objects.get()
    documents.erase(made.scan, documents.Kept("会计凭证：30年", date(2017, 8, 1)), officer="qin", at=timezone.now())
    assert "到期销毁" in desk.follow("plan-scan", made.pk)
    _, page = desk.post("plan-file", work.campaign.code, **sent(paper="藤工发〔2017〕13号"))
    assert "请重新扫描" in page
    assert ImplementationPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ({"clause-1": "五(三)", "adds-1": "截止改到8月20日"}, "五(三) 由市里统一规定"),
        ({"federation": "450481"}, "还没有报"),
        ({"content": b"MZ program"}, "还没有报"),
        ({"filed_on": "soon"}, "还没有报"),
        ({"filed_on": "2017-09-01"}, "请核对"),
    ],
)
def test_what_cannot_be_filed_is_answered_and_nothing_is_kept(desk, work, deng, words, answer):
    _, page = desk.sit(deng).post("plan-file", work.campaign.code, **sent(**words))
    assert answer in page
    assert not ImplementationPlan.objects.exists()


def test_many_counties_are_listed_by_as_many_questions(desk, work, django_assert_max_num_queries):
    desk.sit(work.huang)
    with django_assert_max_num_queries(16):
        page = desk.look("plans", work.campaign.code)
    assert page.count("过期 7 天") == plans.counties_of(work.campaign).count() > 5


def test_the_navigation_offers_only_what_opens_to_where_somebody_stands(desk, work, deng):
    """A county's reviewer holds the role of second looks, but those are the city's."""
    page = desk.sit(deng).look("today")
    assert reverse("plans", args=[work.campaign.code]) in page
    assert reverse("second-looks", args=[work.campaign.code]) not in page
    assert reverse("second-looks", args=[work.campaign.code]) in desk.sit(work.huang).look("today")
