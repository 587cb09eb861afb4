"""原件 on its pages: taken in against a slip, shown while it is here, given back once."""

import pytest
from django.urls import reverse

from huigong.casework.models import OriginalSlip
from huigong.web.tests.steps.desk import WEI


@pytest.fixture
def at_desk(desk, shared):
    return desk(shared)


def receive(at_desk, **more):
    told = {"reference": WEI, "kind": "admission_letter", "from": "韦秀兰", "due": "2017-08-25"}
    return at_desk.post("original-receive", [at_desk.code], **told | more)


def test_an_original_is_taken_in_and_stands_on_the_list_until_it_went_back(at_desk):
    assert f"{WEI}-Y01" in receive(at_desk)
    assert f"{WEI}-Y01" in at_desk.look("originals")
    assert "由韦小雨领回" in at_desk.post("original-back", [f"{WEI}-Y01"], to="韦小雨")
    assert f"{WEI}-Y01" not in at_desk.look("originals")
    assert f"{WEI}-Y01" in at_desk.look("originals", closed="yes")
    assert "没有再记" in at_desk.post("original-back", [f"{WEI}-Y01"], to="别人")
    assert OriginalSlip.objects.get().returned_to == "韦小雨"


def test_what_is_kept_too_long_is_told(at_desk, shared, on):
    receive(at_desk)
    assert "过期未还" not in at_desk.look("originals")
    on(8, 28)
    at_desk.sit(shared.huang)
    page = at_desk.look("originals")
    assert "过期未还" in page
    assert "1 件过了应还的日子" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": "SA-450422-2018-00001"},
        {"kind": "payroll"},
        {"from": " "},
        {"due": "soon"},
        {"due": "2017-08-15"},
    ],
)
def test_what_is_lacking_is_told_and_nothing_is_taken_in(at_desk, wrong):
    assert "还没有收" in receive(at_desk, **wrong)
    assert not OriginalSlip.objects.exists()


def test_the_slip_prints_without_the_furniture_of_the_screen(at_desk, client):
    receive(at_desk)
    page = client.get(reverse("original", args=[f"{WEI}-Y01"])).content.decode()
    assert "收件人签字" in page
    assert '<aside class="screen">' in page


def test_nothing_is_given_back_to_nobody(at_desk):
    receive(at_desk)
    assert "请写领回人" in at_desk.post("original-back", [f"{WEI}-Y01"], to="")
    assert OriginalSlip.objects.get().returned_on is None
