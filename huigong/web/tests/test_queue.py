"""The list of applications as a queue: chips that take one filter off, lists kept under a name, until when a family was told."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from huigong.casework.models import SavedView
from huigong.casework.tests.worked import told
from huigong.registry.models import FileMark, Household, SearchKey
from huigong.studentaid.models import Application
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def work(db, at):
    return campaign_at_work(at, up_to="decided")


@pytest.fixture
def sit(client, work):
    def take_seat(officer):
        client.force_login(officer, backend=BACKEND)

    take_seat(work.huang)
    return take_seat


@pytest.fixture
def text(client, work, sit):
    home = reverse("applications", args=[work.campaign.code])
    return lambda query="": unescape(client.get(home + query).content.decode())


def save(client, work, **more):
    sent = {"name": "藤县待审", "query": "?federation=450422&verified=no"} | more
    return client.post(reverse("list-save", args=[work.campaign.code]), sent)


def test_each_filter_has_a_chip_that_takes_off_that_one_alone(text):
    page = text("?federation=450422&level=undergraduate")
    assert 'href="?level=undergraduate"><span class="unseen">去掉' in page
    assert 'href="?federation=450422"><span class="unseen">去掉' in page
    assert '<span class="unseen">去掉' not in text()


def test_headings_order_the_list_and_keep_its_filters(text):
    page = text("?federation=450422&sort=rank")
    assert '<a href="?federation=450422">案号</a>' in page
    assert 'aria-sort="ascending"><a href="?federation=450422&sort=rank">名次</a>' in page


def test_a_list_is_kept_and_dropped_by_its_owner_alone(client, work, sit, text):
    assert save(client, work, share="yes").url.endswith("?federation=450422&verified=no")
    assert "藤县待审" in text()
    sit(work.qin)
    assert "藤县待审" in text()
    client.post(reverse("list-drop", args=[work.campaign.code]), {"name": "藤县待审"})
    assert SavedView.objects.count() == 1
    sit(work.huang)
    client.post(reverse("list-drop", args=[work.campaign.code]), {"name": "藤县待审"})
    assert not SavedView.objects.exists()


def test_a_list_of_ones_own_is_not_seen_by_colleagues(client, work, sit, text):
    save(client, work)
    sit(work.qin)
    assert "藤县待审" not in text()


@pytest.mark.parametrize("wrong", [{"name": " "}, {"query": "?"}, {"query": "?next=https://example.org"}])
def test_without_a_name_or_a_filter_nothing_is_kept(client, work, sit, wrong):
    save(client, work, **wrong)
    assert not SavedView.objects.exists()


def test_until_when_a_family_was_told_stands_in_its_row_while_it_owes_something(work, text, at):
    owes = Application.objects.filter(status="incomplete").first()
    done = Application.objects.filter(status="eligible").first()
    told(work.huang, at, reference=owes.reference)
    told(work.huang, at, reference=done.reference)
    assert text().count("8月21日 补齐") == 1


def test_the_list_filters_by_the_day_that_a_family_was_told(work, at, text, on):
    late, soon = Application.objects.filter(status="incomplete").order_by("reference")[:2]
    told(work.huang, at, reference=late.reference)
    told(work.huang, at, reference=soon.reference)
    on(8, 23)
    page = text("?due=over")
    assert late.reference in page
    assert soon.reference in page
    assert "过期 2 个工作日" in page
    on(8, 18)
    assert late.reference in text("?due=soon")
    assert late.reference not in text("?due=over")
    on(8, 8)
    assert late.reference in text("?due=later")


def test_the_easiest_come_first_and_their_neighbours_stand_in_that_order(work, client, text):
    rows = list(Application.objects.order_by("open_points", "reference").values_list("reference", "open_points"))
    assert rows[0][1] < rows[-1][1]
    page = text("?sort=easiest")
    places = [page.index(f'id="{reference}"') for reference, _ in rows]
    assert places == sorted(places)
    middle = len(rows) // 2
    shown = unescape(client.get(reverse("application", args=[rows[middle][0]]) + "?sort=easiest").content.decode())
    assert f"{middle + 1} / {len(rows)}" in shown
    for other in (rows[middle - 1][0], rows[middle + 1][0]):
        assert reverse("application", args=[other]) + "?sort=easiest" in shown


def test_narrow_rows_are_kept_for_the_officer_alone(client, work, sit, text):
    assert 'class="cases"' in text()
    back = reverse("applications", args=[work.campaign.code]) + "?status=incomplete"
    answer = client.post(reverse("list-density"), {"dense": "yes", "back": back})
    assert answer.url == back
    assert 'class="cases dense"' in text()
    sit(work.qin)
    assert 'class="cases"' in text()
    assert client.post(reverse("list-density"), {"back": "https://else.where/"}).url == reverse("today")


def test_a_heading_filters_and_keeps_the_other_filters(text):
    page = text("?federation=450405&status=incomplete&sort=easiest")
    funnel = page.split("按状态筛选")[1].split("</details>")[0]
    assert '<input type="hidden" name="federation" value="450405">' in funnel
    assert '<input type="hidden" name="sort" value="easiest">' in funnel
    assert 'name="status" value="incomplete" checked' in funnel
    assert 'type="hidden" name="status"' not in funnel


def test_places_are_told_for_what_the_officer_sees_and_asks_for(work, text):
    assert "指标 <strong>24</strong>" in text()
    work.share()
    whole, county = text(), text("?federation=450422")
    assert "已定 <strong>0</strong>" not in whole
    assert "指标 <strong>24</strong>" not in county
    assert "为什么是这些数" in county


def test_what_is_unusual_is_a_word_with_its_reason(work, text):
    one, other = Household.objects.filter(pk__in=Application.objects.values("household")).order_by("pk")[:2]
    SearchKey.objects.filter(household=other, kind="c").delete()
    for key in SearchKey.objects.filter(household=one, kind="c"):
        key.pk, key.household, key.federation = None, other, other.federation
        key.save(force_insert=True)
    FileMark.objects.filter(household=one).update(changed_on=date(2017, 8, 12))
    Application.objects.filter(household=other).update(verified_digest="0" * 64)
    page = text()
    assert "另有 1 户用同一张卡" in page
    assert "档案 8月12日 又改过" in page
    assert "审核过以后事实变了" in page
    assert "首年报送" not in page  # there is no earlier year to look at
