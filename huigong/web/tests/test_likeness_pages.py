"""The pages of duplicates: a queue, families as columns, only what differs, three words; merging goes with "the same"."""

import re
from html import unescape

import pytest
from django.urls import reverse

from huigong.matching import comparing
from huigong.organisations.models import Officer
from huigong.registry import actions, doubles
from huigong.registry.models import Household, Likeness, Merge
from huigong.runs.demo_doubles import doubled
from huigong.web.console.doubles.shown import cluster_value

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def desk(client, huang, at, on):
    doubled(huang, huang.organisation, at=at)
    on(8, 7)
    client.force_login(huang, backend=BACKEND)
    return client


def shown(client, name, *words):
    return unescape(client.get(reverse(name, args=words)).content.decode())


def pair(name):
    """The pair in which somebody of this name stands."""
    return next(one for one in Likeness.objects.all() if name in {one.one.worker_name, one.other.worker_name})


def test_the_queue_names_the_pairs_and_how_sure(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        page = shown(desk, "likenesses")
    assert "卢小梅" not in page  # the boy is in question, not his mother
    assert "冼子轩" in page
    assert "覃月英" in page


def test_a_group_shows_whole_families_and_only_what_differs_masked(desk):
    page = shown(desk, "likeness", pair("卢小梅").pk)
    assert "卢小梅家" in page
    assert "冼志刚家" in page
    assert "身份证号码只差一处" in page or "身份证号只差一处" in page
    assert "450422200009" not in page
    assert "同一个孩子在两户里" in page


def test_the_same_child_of_two_households_leaves_both_files(desk):
    one = pair("卢小梅")
    answer = desk.post(reverse("likeness-say", args=[one.pk]), told(one, "same"))
    assert answer.status_code == 302
    assert Likeness.objects.get(pk=one.pk).outcome == "same"
    assert Merge.objects.count() == 0


def told(one, outcome, **more):
    files = [one.one, one.other]
    clusters = doubles.group_of(one, Officer.objects.get(username="huang")).clusters
    ticks = {"file": [str(file.pk) for file in files], "cluster": [cluster_value(cluster) for cluster in clusters]}
    given = {"outcome": outcome} | ticks | more
    return given | {f"version-{file.pk}": file.version for file in files}


def test_one_word_is_for_the_people_who_are_ticked_and_a_doubtful_pair_beside_them_is_not_ticked(desk):
    sure, at = pair("卢小梅"), Likeness.objects.first().found_at
    ends = {"one": sure.one, "one_position": 0, "other": sure.other, "other_position": 0}
    doubtful = Likeness.objects.create(**ends, pattern=comparing.POSSIBLE - 1, found_at=at)  # nothing agrees
    page = shown(desk, "likeness", sure.pk)
    ticks = dict(re.findall(r'name="cluster" value="([^"]+)"( checked)?', page))
    assert sorted(ticks.values()) == ["", " checked"]
    one = next(value for value, is_checked in ticks.items() if is_checked)
    desk.post(reverse("likeness-say", args=[sure.pk]), told(sure, "same", cluster=[one]))
    assert Likeness.objects.get(pk=sure.pk).outcome == "same"
    assert Likeness.objects.get(pk=doubtful.pk).outcome == ""


def test_husband_and_wife_become_one_file_and_can_be_taken_apart(desk):
    one = pair("覃月英")
    before = {file.pk: file.version for file in (one.one, one.other)}
    desk.post(reverse("likeness-say", args=[one.pk]), told(one, "same", into=str(one.one_id)))
    made = Merge.objects.get()
    assert (made.kept_id, made.absorbed_id) == (one.one_id, one.other_id)
    assert not Likeness.objects.filter(one=one.one, other=one.other, outcome="").exists()
    actions.take_apart(made, officer="huang", at=made.at)
    assert {file.pk for file in Household.objects.exclude(status="merged")} >= set(before)


def test_a_file_that_changed_meanwhile_is_not_merged_and_the_word_is_not_kept_either(desk):
    one = pair("覃月英")
    given = told(one, "same", into=str(one.one_id)) | {f"version-{one.other_id}": one.other.version - 1}
    desk.post(reverse("likeness-say", args=[one.pk]), given)
    assert Merge.objects.count() == 0
    assert Likeness.objects.get(pk=one.pk).outcome == ""


def test_a_settled_pair_shows_who_said_what_and_opens_again(desk):
    one = pair("卢小梅")
    desk.post(reverse("likeness-say", args=[one.pk]), told(one, "not_same"))
    assert "huang 定的：不是同一人" in shown(desk, "likeness", one.pk)
    assert "不是同一人" in unescape(desk.get(reverse("likenesses") + "?list=done").content.decode())
    desk.post(reverse("likeness-open", args=[one.pk]))
    assert Likeness.objects.get(pk=one.pk).outcome == ""


@pytest.mark.parametrize("given", [{"outcome": "merge"}, {"outcome": "same", "file": []}, {"cluster": []}, {}])
def test_a_word_that_is_none_changes_nothing(desk, given):
    one = pair("卢小梅")
    desk.post(reverse("likeness-say", args=[one.pk]), told(one, "same") | given if "cluster" in given else given)
    assert Likeness.objects.get(pk=one.pk).outcome == ""


def test_looking_again_finds_nothing_new(desk):
    count = Likeness.objects.count()
    desk.post(reverse("likenesses-look"))
    assert Likeness.objects.count() == count


def test_a_city_of_many_files_is_not_compared_while_somebody_waits(desk, monkeypatch):
    monkeypatch.setattr(doubles, "AT_ONCE", 2)
    monkeypatch.setattr(actions, "look_for_likenesses", lambda *_files, **_told: pytest.fail("compared"))
    assert "由管理员在服务器上查" in shown(desk, "likenesses")
    answer = desk.post(reverse("likenesses-look"), follow=True)
    assert "页面上不查" in unescape(answer.content.decode())
