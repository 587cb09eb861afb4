"""复核 on its pages: the seed draws, the second look is blind and by other hands, and an opinion is given once."""

import re

import pytest

from huigong.casework.models import SecondLook, SecondLookDraw
from huigong.casework.sampling import drawn
from huigong.studentaid.models import Application


@pytest.fixture
def at_desk(desk, shared):
    return desk(shared)


def draw(at_desk, **more):
    return at_desk.post("second-looks", [at_desk.code], **{"seed": "20170816", "size": "4", "status": ""} | more)


def page_of(at_desk, look):
    return at_desk.client.get(f"/second-looks/{look.pk}/").content.decode()


def test_the_seed_draws_the_same_cases_for_everybody(at_desk):
    assert "抽了 4 件" in draw(at_desk)
    pool = [one.reference for one in Application.objects.all() if one.is_verified]
    looks = SecondLook.objects.order_by("position").values_list("case_reference", flat=True)
    assert list(looks) == drawn(pool, seed="20170816", size=4)
    assert "抽了 4 件" in draw(at_desk)
    assert "种子 20170816" in at_desk.look("second-looks")


def test_a_form_that_is_sent_twice_draws_once(at_desk):
    number = re.search(r'name="once" value="([0-9a-f]{32})"', at_desk.look("second-looks"))[1]
    assert "抽了 4 件" in draw(at_desk, once=number)
    assert "没有再办第二次" in draw(at_desk, once=number)
    assert SecondLookDraw.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"seed": ""}, {"size": "0"}, {"size": "many"}, {"size": "501"}, {"size": "00000119"}, {"size": "1" * 5000}],
)
def test_without_a_seed_or_a_number_nothing_is_drawn(at_desk, wrong):
    assert "还没有抽" in draw(at_desk, **wrong)
    assert not SecondLookDraw.objects.exists()


def test_a_status_narrows_what_is_drawn_from(at_desk):
    draw(at_desk, status="incomplete")
    found = Application.objects.filter(reference__in=SecondLook.objects.values("case_reference"))
    assert {one.status for one in found} == {"incomplete"}


def test_the_second_look_is_blind_until_the_opinion_is_given(at_desk, shared):
    draw(at_desk, status="incomplete")
    look = SecondLook.objects.first()
    at_desk.sit(shared.qin)
    page = page_of(at_desk, look).split("复核意见")[0]
    assert "事实" in page
    assert "缺材料" not in page
    assert "还要补" not in page
    assert "记下了" in at_desk.post("second-look", [look.pk], opinion="eligible", note="看着都齐")
    look.refresh_from_db()
    assert (look.opinion, look.first_verdict, look.looked_by) == ("eligible", "incomplete", shared.qin.username)
    assert "不一致" in page_of(at_desk, look)
    assert "意见给过了" in at_desk.post("second-look", [look.pk], opinion="refused")


def test_who_verified_gives_no_second_opinion(at_desk):
    draw(at_desk)
    look = SecondLook.objects.first()
    assert "复核要换一个人" in page_of(at_desk, look)
    assert "要换一个人" in at_desk.post("second-look", [look.pk], opinion="eligible")
    look.refresh_from_db()
    assert look.opinion == ""
