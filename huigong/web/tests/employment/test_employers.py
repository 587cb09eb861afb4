"""Employers asked for places, at the desk: noted, shown with what they kept, their telephone only on record; hired graduates."""

from django.urls import reverse

from huigong.audit import queries as audit
from huigong.employment import actions
from huigong.employment.models import Employer, Graduate, Outcome
from huigong.employment.tests.served import code_of_employer, greedy
from huigong.web.tests.employment.sat_down import post, text


def asked(desk, number=1, **changes):
    told = {"code": code_of_employer(number), "name": f"第{number}糖厂", "nature": "state_large", "promised": "2"}
    return text(desk.post(reverse("employer-keep"), told | {"asked_on": "2017-07-10"} | changes, follow=True))


def test_an_employer_that_was_asked_stands_there_before_it_has_any_opening(desk):
    assert "还没有动员过单位" in text(desk.get(reverse("employers")))
    page = asked(desk)
    assert ("先动员了国有大中型企业" in page, "还差 2 个" in page) == (True, True)
    one = Employer.objects.get()
    assert (one.asked_on.isoformat(), one.promised) == ("2017-07-10", 2)
    assert "国有大中型企业没有先动员" in asked(desk, 2, nature="private", asked_on="2017-07-09")


def test_many_employers_stand_on_pages_and_are_added_up_whole(desk, centre, django_assert_max_num_queries):
    for number in range(1, 61):
        centre.employer(number, nature="private" if number > 3 else "state_large", promised=1)
    with django_assert_max_num_queries(25):
        page = text(desk.get(reverse("employers")))
    assert ("60 家" in page, "1 / 2" in page, page.count('data-label="做到"')) == (True, True, 50)
    last = text(desk.get(reverse("employers") + "?page=2"))
    assert last.count('data-label="做到"') == 10
    assert Employer.objects.filter(nature="state_large").first().name not in last, "large state firms stand first"
    assert '<td class="number" data-label="答应的名额">57</td>' in last, "the sums are of all pages"


def test_what_is_wrong_with_a_code_or_a_number_is_told_and_nothing_is_kept(desk):
    assert "信用代码" in asked(desk, code="123")
    assert "不是整数" in asked(desk, promised="两个")
    assert not Employer.objects.exists()


def test_the_telephone_of_a_contact_is_looked_at_only_on_record(desk):
    asked(desk, phone="0774-6012345", contact="甘经理")
    one = Employer.objects.get()
    page = text(desk.get(reverse("employer", args=[one.pk])))
    assert ("6012345" in page, "甘经理" in page) == (False, True)
    assert desk.post(reverse("employer-reveal", args=[one.pk])).status_code == 404
    assert "6012345" in text(desk.post(reverse("employer-reveal", args=[one.pk]), {"purpose": "work"}))
    assert [told.payload["kind"] for told in audit.looks(str(one.pk))] == ["phone"]


def test_whoever_was_hired_out_of_a_round_is_noted_there_and_counts_as_a_place_kept(desk, centre, city):
    one, opening = centre.graduate(1), centre.opening()
    made = actions.propose(city, solve=greedy, **centre.by)
    proposal = made.proposals.get()
    actions.send(proposal, **centre.by)
    actions.answer(proposal, "taken", **centre.by)
    page = text(desk.get(reverse("graduate", args=[one.pk])))
    assert f"{opening.employer.name}录用了（文员）" in page
    assert f'name="employer" maxlength="100" value="{opening.employer.name}"' in page
    told = {"employer": opening.employer.name, "by_aid": "on", "evidence": "contract", "evidence_on": "2017-08-07"}
    page = post(desk, "graduate-outcome", one, kind="employed", on="2017-08-07", **told)
    outcome = Outcome.objects.get()
    assert (outcome.employer, outcome.opening) == (opening.employer, opening)
    assert "录用了（文员）" not in page
    assert "做到" in text(desk.get(reverse("employer", args=[opening.employer_id])))


def test_a_course_that_closes_the_gap_is_joined_with_one_click(desk, centre):
    one = centre.graduate(1)
    centre.opening(title="配送司机", skills=["driving_licence"])
    course = centre.opening(kind="training", title="驾驶证订单班", teaches=["driving_licence"], places=1)
    page = text(desk.get(reverse("graduate", args=[one.pk])))
    assert "“驾驶证订单班”能补上" in page
    fields = {"kind": "made_to_order", "opening": str(course.pk)}
    assert "驾驶证订单班" in post(desk, "graduate-serve", one, **fields)
    assert one.services.get().opening == course
    page = text(desk.get(reverse("opening", args=[course.pk])))
    assert ("还剩 0 个" in page, one.name in page) == (True, True)
    assert "已经报满" in post(desk, "graduate-serve", centre.graduate(2), **fields)
    actions.close_opening(course, **centre.by)
    assert "已经关闭或过期" in post(desk, "graduate-serve", one, **fields)
    assert Graduate.objects.get(pk=one.pk).services.count() == 1
