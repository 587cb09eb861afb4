"""Openings: pasted, confirmed by their employer at the desk or by code, shown in a round."""

import re
from datetime import date

from django.urls import reverse

from huigong.employment import actions
from huigong.employment.models import Opening
from huigong.employment.tests.served import code_of_employer, greedy
from huigong.employment.tests.test_lists import ADVERT
from huigong.web.often import OF_A_CASE
from huigong.web.tests.employment.sat_down import post, text


def test_an_employer_confirms_its_opening_by_code_and_withdraws_it_later(client, desk, centre, clock_stands):
    one = centre.opening(confirmed="no")
    page = text(desk.get(reverse("opening", args=[one.pk])))
    code = re.search(r"<strong class=\"whole\">([A-Z]{8})</strong>", page)[1]
    client.logout()
    told = {"number": one.reference, "code": code}
    assert one.title in text(client.post(reverse("opening-answer"), told))
    for answer, status in (("yes", "on_offer"), ("yes", "on_offer"), ("no", "closed")):
        client.post(reverse("opening-answer"), told | {"answer": answer})
        assert Opening.objects.get().status == status
    wrong = client.post(reverse("opening-answer"), {"number": one.reference, "code": "ABCDEFGH"})
    assert (wrong.status_code, one.title in text(wrong)) == (422, False)
    tries = [client.post(reverse("opening-answer"), told).status_code for _ in range(OF_A_CASE)]
    assert tries[-1] == 429


def test_an_opening_that_ran_out_is_not_confirmed_by_code(client, centre):
    one = centre.opening(confirmed="no")
    Opening.objects.update(valid_until="2017-08-01")
    told = {"number": one.reference, "code": actions.code_of_opening(one), "answer": "yes"}
    answer = client.post(reverse("opening-answer"), told)
    assert (answer.status_code, "已经过期" in text(answer)) == (422, True)


def test_a_pasted_advertisement_becomes_an_opening_that_its_employer_confirms(desk, centre):
    read = text(desk.post(reverse("opening-new"), {"advert": ADVERT, "read": "yes"}))
    assert "藤县糖业有限公司" in read
    fields = {
        "advert": ADVERT,
        "employer": "藤县糖业有限公司",
        "code": code_of_employer(3),
        "nature": "state_large",
        "title": "会计",
        "kind": "post",
        "places": "2",
        "pay": "3000",
        "valid_until": "2017-12-31",
    }
    wrong = desk.post(reverse("opening-new"), fields | {"code": "123"})
    assert (wrong.status_code, "18 位" in text(wrong)) == (422, True)
    desk.post(reverse("opening-new"), fields)
    one = Opening.objects.get()
    assert (one.status, one.source, one.advert.plain()[:4]) == ("proposed", "pasted", "藤县糖业")
    assert "单位确认了" in post(desk, "opening-confirm", one)
    assert Opening.objects.get().status == "on_offer"


def test_a_round_is_shown_with_reasons_and_sent_one_by_one(desk, centre, city):
    one, other = centre.graduate(1), centre.graduate(2)
    centre.opening()
    made = actions.propose(city, **centre.by, solve=greedy)
    page = text(desk.get(reverse("round", args=[made.pk])))
    assert one.name in page
    assert f'{other.name}</a> <span class="muted">合适的岗位名额已满' in page
    assert "0.000%" in page
    proposal = made.proposals.get()
    assert "推荐了" in post(desk, "proposal-answer", made, proposal=str(proposal.pk), to="sent")
    assert "录用了" in text(desk.get(reverse("round", args=[made.pk])))


def test_whoever_is_left_is_told_what_lacks_which_course_closes_it_and_when_to_make_another_round(desk, centre, city):
    one, other = centre.graduate(1), centre.graduate(2)
    driver = centre.opening(title="配送司机", skills=["driving_licence"])
    course = centre.opening(kind="training", title="驾驶证订单班", teaches=["driving_licence"], places=9)
    centre.plan(other, skills=["driving_licence"])
    made = actions.propose(city, solve=greedy, **centre.by)
    assert [told.graduate for told in made.proposals.all()] == [other]
    address = reverse("round", args=[made.pk])
    assert "差：驾驶证（配送司机）。“驾驶证订单班”能补上，其余符合。" in text(desk.get(address))
    page = text(desk.get(reverse("opening", args=[driver.pk])))
    assert f'<a href="{reverse("opening", args=[course.pk])}">“驾驶证订单班”能补上' in page
    centre.plan(one, skills=["driving_licence"])
    assert "合适的岗位名额已满（如配送司机）" in text(desk.get(address))
    centre.opening(title="文员", valid_until=date(2017, 8, 20))
    assert "有合适的岗位（如文员），这一次没有算进去" in text(desk.get(address))
