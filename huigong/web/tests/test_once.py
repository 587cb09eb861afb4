"""Pressed twice, reloaded, gone back to: a form that makes something anew does it once, and a fresh page does it again."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from huigong.audit import actions as audit
from huigong.casework.models import OneTimeNotice, OriginalSlip, PostTaken
from huigong.registry import actions, code_lists
from huigong.registry.models import AidGiven, Household, Survey
from huigong.registry.tests.lives import drafted
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"
AGAIN = "没有再办第二次"


@pytest.fixture
def sent(client):
    """Sends the form of a page to an address with the number that the page drew into it, as often as it is told to."""

    def number_for(page, address):
        form = page.split(f'action="{address}"')[1].split("</form>")[0]
        return re.search(r'name="once" value="([0-9a-f]{32})"', form)[1]

    def sent(page, address, times=2, **given):
        drawn = number_for(unescape(client.get(page).content.decode()), address)
        answers = [client.post(address, given | {"once": drawn}) for _ in range(times)]
        assert len({answer.url for answer in answers}) == 1
        return unescape(client.get(urlsplit(answers[0].url).path).content.decode())

    return sent


@pytest.fixture
def file(client, huang, at, on):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    on(8, 7)
    client.force_login(huang, backend=BACKEND)
    return drafted(huang, at)


@pytest.fixture
def work(client, db, at, on):
    on(8, 16)
    work = campaign_at_work(at, up_to="shared")
    client.force_login(work.huang, backend=BACKEND)
    return work


@pytest.mark.parametrize(
    ("name", "more", "rows", "given"),
    [
        ("household-aid", (), "aid_given", {"word": "医疗救助", "giver": "民政", "yuan": "500", "on": "2017-08-07"}),
        ("household-measure", (), "measures", {"word": "就业创业发展", "what": "介绍到糖厂", "due": "2017-12-31"}),
        ("household-prepare", ("home_visit",), "entries", {"version": "0", "word": "属实", "note": "看过"}),
        ("household-prepare", ("report",), "entries", {"version": "0"}),
    ],
)  # fmt: skip
def test_what_a_file_is_given_stands_in_it_once(file, huang, sent, name, more, rows, given):
    page, address = reverse("household", args=[file.pk]), reverse(name, args=[file.pk, *more])
    before = getattr(file, rows).count()
    given |= {"owner": huang.username} if rows == "measures" else {}
    assert AGAIN in sent(page, address, times=3, **given)
    assert getattr(file, rows).count() == before + 1


def test_a_fresh_page_gives_the_same_again(file, sent):
    page, address = reverse("household", args=[file.pk]), reverse("household-aid", args=[file.pk])
    for _ in range(2):
        sent(page, address, times=1, word="医疗救助", giver="民政", yuan="500", on="2017-08-07")
    assert AidGiven.objects.count() == 2


def test_who_begins_a_file_with_two_presses_stands_before_it_and_is_not_told_that_there_is_one(client, file):
    address = reverse("household-new")
    number = re.search(r'name="once" value="([0-9a-f]{32})"', client.get(address).content.decode())[1]
    told = {"once": number, "worker_name": "罗少芬", "id_number": "450422197601011234"}
    assert client.post(address, told | {"size": "很多"}).status_code == 422
    assert client.post(address, told).url == client.post(address, told).url
    assert Household.objects.filter(worker_name="罗少芬").count() == 1


def test_what_was_refused_is_mended_and_sent_with_the_same_number(client, file):
    address = reverse("household-aid", args=[file.pk])
    given = {"once": "a" * 32, "word": "医疗救助", "giver": "民政", "on": "2017-08-07"}
    client.post(address, given | {"yuan": "五百"})
    assert not PostTaken.objects.exists()
    client.post(address, given | {"yuan": "500"})
    assert AidGiven.objects.count() == 1


@pytest.mark.parametrize("number", ["", "x", "A" * 32, "0" * 33, "0" * 31 + "\u0661"])
def test_what_is_no_number_of_ours_is_taken_as_a_form_without_one(client, file, number):
    given = {"once": number, "word": "医疗救助", "giver": "民政", "yuan": "500", "on": "2017-08-07"}
    client.post(reverse("household-aid", args=[file.pk]), given)
    assert AidGiven.objects.count() == 1
    assert not PostTaken.objects.exists()


def test_what_breaks_half_way_leaves_the_number_unused(client, file, monkeypatch):
    """The number and the effect are one write: neither stands without the other."""

    def broken(*_what, **_told):
        raise ZeroDivisionError

    monkeypatch.setattr(audit, "record", broken)
    given = {"once": "a" * 32, "word": "医疗救助", "giver": "民政", "yuan": "500", "on": "2017-08-07"}
    with pytest.raises(ZeroDivisionError):
        client.post(reverse("household-aid", args=[file.pk]), given)
    assert not AidGiven.objects.exists()
    assert not PostTaken.objects.exists()


def test_a_survey_is_frozen_once(file, sent, at):
    actions.amend(file, "file_status", "在档", officer="lu", at=at)
    assert AGAIN in sent(reverse("surveys"), reverse("surveys-freeze"))
    assert Survey.objects.count() == 1


def test_an_original_has_one_slip(work, sent):
    page, address = (reverse(name, args=[work.campaign.code]) for name in ("originals", "original-receive"))
    given = {"reference": "SA-450422-2017-00008", "kind": "admission_letter", "from": "韦秀兰", "due": "2017-08-25"}
    assert AGAIN in sent(page, address, **given)
    assert OriginalSlip.objects.count() == 1


def test_a_family_is_told_once_though_its_letter_is_gone_back_to(work, client, lacking):
    """The letter is drawn anew when one goes back to it: it carries the number with which it was first asked for."""
    address, given = reverse("application-tell", args=[lacking]), {"own": "请带户口本。", "due_on": "2017-08-30"}

    def drawn(**more):
        page = unescape(client.post(address, given | more).content.decode())
        return re.search(r'name="once" value="([0-9a-f]{32})"', page)[1]

    number = re.search(r'name="once" value="([0-9a-f]{32})"', client.get(address).content.decode())[1]
    assert drawn(act="look", once=number) == number
    first = client.post(address, given | {"act": "send", "once": number})
    assert drawn(act="look", once=number) == number
    assert client.post(address, given | {"act": "send", "once": number}).url == first.url
    assert OneTimeNotice.objects.get().round == 1
    fresh = re.search(r'name="once" value="([0-9a-f]{32})"', client.get(address).content.decode())[1]
    client.post(address, given | {"act": "send", "once": fresh})
    assert OneTimeNotice.objects.count() == 2


@pytest.fixture
def lacking(work):
    return work.campaign.applications.filter(status="incomplete").values_list("reference", flat=True).first()
