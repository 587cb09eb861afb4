"""派件 on the pages: taken, given in bulk, shared out among a county's verifiers, found again in the list and on Today."""

import re
from collections import Counter
from html import unescape

import pytest
from django.urls import reverse

from huigong.casework.models import Assignment, CaseAssignee
from huigong.casework.tests.worked import told
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.studentaid.models import Application
from huigong.web.console.applications import all_matching
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def work(db, at, on):
    on(8, 8)
    return campaign_at_work(at, up_to="decided")


@pytest.fixture
def officer(work, at):
    def make(name, code="450422", role="verifier"):
        home = Organisation.objects.get(code=code)
        return organisations.add_officer(name, role=role, organisation=home, by="system", at=at)

    return make


@pytest.fixture
def send(client, work):
    """Posts to the bar of the list as an officer."""

    def do(who, name="cases-assign", args=(), **sent):
        client.force_login(who, backend=BACKEND)
        return client.post(reverse(name, args=[work.campaign.code, *args]), sent)

    return do


@pytest.fixture
def look(client, work):
    def do(who, name="applications", query=""):
        client.force_login(who, backend=BACKEND)
        return unescape(client.get(reverse(name, args=[work.campaign.code]) + query).content.decode())

    return do


def in_hands():
    return dict(CaseAssignee.objects.values_list("case_reference", "assignee"))


def unfinished(code="450422"):
    rows = Application.objects.filter(federation__code=code).exclude(status="refused")
    return list(rows.order_by("reference").values_list("reference", flat=True))


def test_ticked_cases_are_taken_and_stand_under_mine(work, send, look):
    one, two = unfinished()[:2]
    send(work.huang, case=[one, two], to="me", which="ticked")
    assert in_hands() == {one: "huang", two: "huang"}
    page = look(work.huang, query="?assignee=huang")
    assert "这里 2 件" in page
    assert '</span>我的 <span aria-hidden="true">×' in page
    assert one not in look(work.huang, query="?assignee=-&federation=450422")


def seal(page):
    return re.search(r'name="sealed" value="([^"]*)"', page)[1]


def all_of(page, query="?federation=450422", **told):
    """What the bar of a list sends for all that match."""
    return {"which": "all", "query": query, "sealed": seal(page)} | told


def test_all_that_match_are_given_as_they_were_counted(work, send, officer, look):
    deng, query = officer("邓"), "?federation=450422"
    page = look(work.qin, query=query)
    assert f"没办完的全部 {len(unfinished())} 件" in page
    send(work.qin, **all_of(page, to="person", person=deng.username))
    assert in_hands() == dict.fromkeys(unfinished(), "deng")


def test_a_case_more_or_less_since_they_were_counted_is_told_and_nothing_is_given(work, send, officer, look):
    deng, query = officer("邓"), "?federation=450422"
    page, count = look(work.qin, query=query), len(unfinished())
    Application.objects.filter(reference=unfinished()[0]).update(status="refused")
    send(work.qin, **all_of(page, to="person", person=deng.username))
    assert not in_hands()
    assert f"您看到的是 {count} 件，现在符合条件的是 {count - 1} 件" in look(work.qin, query=query)


def test_as_many_but_not_the_same_is_told_too(work, send, officer, look):
    deng, query = officer("邓"), "?federation=450422&verdict=eligible"
    page, one = look(work.qin, query=query), Application.objects.filter(federation__code="450422")
    out, in_ = one.filter(verdict="eligible").first(), one.exclude(verdict="eligible").exclude(status="refused").first()
    Application.objects.filter(pk=out.pk).update(verdict=in_.verdict)
    Application.objects.filter(pk=in_.pk).update(verdict="eligible")
    send(work.qin, **all_of(page, query, to="person", person=deng.username))
    assert not in_hands()
    assert "但有的换了" in look(work.qin, query=query)


def test_a_seal_is_of_one_officer_and_cannot_be_made_up(work, send, officer, look):
    page = look(work.qin, query="?federation=450422")
    for who, sealed in ((work.huang, seal(page)), (work.qin, seal(page)[:-2]), (work.qin, "")):
        send(who, which="all", query="?federation=450422", sealed=sealed, to="me")
    assert not in_hands()


def test_a_list_that_is_too_long_is_not_read_and_offers_no_seal(work, look, monkeypatch):
    monkeypatch.setattr(all_matching, "AT_MOST", 3)
    page = look(work.qin)
    assert 'value="all"' not in page
    assert "太多，先筛一筛就能全选" in page


def test_a_case_is_not_given_to_somebody_who_would_not_see_it(work, send, officer, look):
    cen = officer("岑", "450481")
    one = unfinished()[0]
    send(work.qin, case=[one], to="person", person=cen.username)
    assert not in_hands()
    assert "看不到，没有派" in look(work.qin)


def test_what_nobody_has_is_shared_out_evenly_among_the_countys_verifiers(work, send, officer, look):
    people = [officer(name) for name in ("邓", "蒙", "甘")]
    first, *rest = unfinished()
    send(work.qin, case=[first], to="person", person=people[0].username)
    send(work.qin, **all_of(look(work.qin, query="?federation=450422"), to="share"))
    counts = Counter(in_hands().values())
    assert set(counts) == {"deng", "meng", "gan"}
    assert max(counts.values()) - min(counts.values()) <= 1
    assert in_hands()[first] == "deng"
    assert sum(counts.values()) == len(rest) + 1


def test_a_verifier_shares_nothing_out(work, send):
    send(work.huang, case=unfinished()[:2], to="share")
    assert not in_hands()


def test_what_was_given_is_put_back_from_the_list(work, send, officer, look):
    deng, one = officer("邓"), unfinished()[0]
    send(work.qin, case=[one], to="person", person=deng.username)
    assert "您上次派了 1 件" in look(work.qin)
    send(work.qin, "assignment-undo", [1])
    assert in_hands() == {one: ""}
    assert "您上次派了" not in look(work.qin)
    assert Assignment.objects.get(number=2).how == "undone"


def test_who_is_away_gives_theirs_to_a_colleague(work, send, officer, look):
    deng, meng, cases = officer("邓"), officer("蒙"), unfinished()[:3]
    send(deng, case=cases, to="me")
    assert "谁不在，先交给同事" in look(deng, "assignments")
    send(deng, **{"all-of": "deng", "to": "meng", "back": "assignments"})
    assert in_hands() == dict.fromkeys(cases, "meng")
    send(meng, **{"all-of": "deng", "to": "meng"})
    send(deng, "assignment-undo", [2])
    assert in_hands() == dict.fromkeys(cases, "deng")


def test_today_tells_how_many_are_in_ones_hands_and_how_many_are_due(work, client, send, at, look):
    owes = Application.objects.filter(status="incomplete").order_by("reference").first().reference
    other = next(one for one in unfinished() if one != owes)
    told(work.huang, at, reference=owes)
    send(work.huang, case=[owes, other], to="me")
    client.force_login(work.huang, backend=BACKEND)
    page = unescape(client.get(reverse("today")).content.decode())
    assert "件在您手上" in page
    assert "快到期或过期了" not in page


def test_the_count_on_today_opens_a_list_of_that_length(work, client, send, at, on, look):
    owes = Application.objects.filter(status="incomplete").order_by("reference").first().reference
    told(work.huang, at, reference=owes)
    send(work.huang, case=[owes, *unfinished()[:3]], to="me")
    on(8, 18)
    client.force_login(work.huang, backend=BACKEND)
    page = client.get(reverse("today")).content.decode()
    for word, count in (("件在您手上", len({owes, *unfinished()[:3]})), ("快到期或过期了", 1)):
        line = next(one for one in page.split("<li") if word in one)
        address = unescape(line.split('href="')[1].split('"')[0])
        assert f"这里 {count} 件" in unescape(client.get(address).content.decode())


def test_the_case_and_the_desk_say_who_has_it_and_others_may_still_work(work, client, send, officer):
    deng, one = officer("邓"), unfinished()[0]
    send(deng, case=[one], to="me", back="desk")
    client.force_login(work.huang, backend=BACKEND)
    for name in ("application", "desk"):
        page = client.get(reverse(name, args=[one])).content.decode()
        assert "<strong>邓</strong>" in page
        assert "我来办" not in page
    assert 'name="act"' in page


def test_a_county_verifier_finds_no_assignment_of_the_city(work, send, officer, client):
    deng, one = officer("邓"), unfinished()[0]
    send(work.huang, case=[one], to="me")
    assert send(deng, "assignment-undo", [1]).status_code == 404
    assert send(deng, case=unfinished("450481")[:1], to="me").status_code == 302
    assert in_hands() == {one: "huang"}


def test_the_list_asks_as_many_questions_with_everything_assigned(
    work, client, send, look, django_assert_max_num_queries
):
    send(work.huang, **all_of(look(work.huang), "?", to="me"))
    assert len(in_hands()) > 20
    address = reverse("applications", args=[work.campaign.code])
    client.get(address)
    with django_assert_max_num_queries(40):
        client.get(address + "?assignee=huang")


@pytest.mark.parametrize("case", ["", "a/b"])
def test_back_to_what_is_no_case_is_the_list(send, work, officer, case):
    answer = send(officer("韦"), to="me", case=[*unfinished()[:1], case], back="application")
    assert answer.status_code == 302
    assert reverse("applications", args=[work.campaign.code]) in answer["Location"]


def test_a_finished_case_offers_nobody_to_take_it(client, work, officer):
    client.force_login(officer("韦"), backend=BACKEND)
    one = Application.objects.get(reference=unfinished()[0])
    address = reverse("application", args=[one.reference])
    assert "我来办" in client.get(address).content.decode()
    Application.objects.filter(pk=one.pk).update(status="refused")
    assert "我来办" not in client.get(address).content.decode()


def test_what_was_put_back_costs_the_page_no_question_more(send, client, work, officer, django_assert_max_num_queries):
    wei = officer("韦")
    for _ in range(3):
        send(wei, to="me", case=unfinished()[:1])
        number = Assignment.objects.latest("number").number
        send(wei, "assignment-undo", [number])
    client.force_login(wei, backend=BACKEND)
    with django_assert_max_num_queries(18):
        page = client.get(reverse("assignments", args=[work.campaign.code])).content.decode()
    assert page.count("撤销第") >= 3
