"""The list of applications as a queue: chips that take one filter off, lists kept under a name, until when a family was told."""

from html import unescape

import pytest
from django.urls import reverse

from huigong.casework.models import SavedView
from huigong.casework.tests.worked import told
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
    assert text().count("8月21日前补齐") == 1
