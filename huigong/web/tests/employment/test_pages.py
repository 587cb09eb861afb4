"""The pages of the employment programme: the morning list, the call, the plan, the outcome, and what is refused to whom."""

import re

from django.urls import reverse

from huigong.audit import queries as audit
from huigong.employment import actions
from huigong.employment.models import Graduate, Service
from huigong.employment.tests.served import campaign_of, cast
from huigong.web.often import OF_A_CASE
from huigong.web.tests.employment.sat_down import BACKEND, post, text


def test_the_morning_list_says_whom_to_call_and_why(desk, centre):
    centre.graduate(1)
    zero = centre.graduate(2, zero_employment=True)
    page = text(desk.get(reverse("employment")))
    assert page.index(zero.name) < page.index("韦小雨")
    assert "还没有联系过" in page
    assert f'form="calling" formaction="{reverse("graduate-sheet", args=[zero.pk])}"' in page


def test_whoever_is_done_with_leads_to_the_next_one_to_call(desk, centre):
    one, following = centre.graduate(1), centre.graduate(2)
    page = post(desk, "graduate-call", one, channel="phone", answer="spoke")
    assert f'下一位要联系的：<a href="{reverse("graduate", args=[following.pk])}" data-key="ArrowDown">' in page
    assert "下一位要联系的" not in post(desk, "graduate-call", following, channel="phone", answer="spoke")


def test_fifty_on_the_list_cost_no_more_questions_than_one(desk, centre, django_assert_max_num_queries):
    for number in range(1, 30):
        centre.graduate(number)
    with django_assert_max_num_queries(16):
        desk.get(reverse("employment"))


def test_the_call_sheet_shows_the_number_on_record_and_one_click_notes_the_answer(desk, centre):
    one = centre.graduate(1)
    sheet = text(desk.post(reverse("graduate-sheet", args=[one.pk])))
    assert "13800000001" in sheet
    assert [told.payload["kind"] for told in audit.looks(one.reference)] == ["phone"]
    done = post(desk, "graduate-call", one, channel="phone", answer="spoke", promise="寄简历", due="2017-08-11")
    assert "这次联系记下了" in done
    assert Graduate.objects.get().promise.plain() == "寄简历"
    assert "寄简历" not in done


def test_half_a_promise_is_refused_and_nothing_is_noted(desk, centre):
    one = centre.graduate(1)
    assert "一起写" in post(desk, "graduate-call", one, channel="phone", answer="spoke", promise="寄简历")
    assert not one.contacts.exists()


def test_a_plan_is_kept_and_never_shows_the_obstacles(desk, centre):
    one = centre.graduate(1)
    fields = {
        "version": one.version,
        "wanted_work": ["office"],
        "wanted_places": "藤县、岑溪",
        "obstacles": "母亲要人照顾",
    }
    assert "一人一策存好了" in post(desk, "graduate-plan", one, **fields)
    found = Graduate.objects.get()
    assert (found.wanted_places, found.obstacles.plain()) == (["藤县", "岑溪"], "母亲要人照顾")
    page = post(desk, "graduate-plan", one, **{**fields, "version": found.version, "obstacles": ""})
    assert "母亲要人照顾" not in page
    assert Graduate.objects.get().obstacles.plain() == "母亲要人照顾"


def test_an_outcome_gives_a_code_and_the_graduate_confirms_by_it(desk, client, centre):
    one = centre.graduate(1)
    fields = {
        "kind": "employed",
        "on": "2017-08-07",
        "by_aid": "on",
        "employer": "糖厂",
        "evidence": "contract",
        "evidence_on": "2017-08-07",
    }
    assert "没有记过给本人的服务" in post(desk, "graduate-outcome", one, **fields)
    actions.serve(one, "guidance", on=centre.today, **centre.by)
    page = post(desk, "graduate-outcome", one, **fields)
    code = re.search(r"<strong class=\"whole\">([A-Z]{8})</strong>", page)[1]
    client.logout()
    answer = client.post(reverse("outcome-confirm"), {"number": one.reference, "code": code})
    assert "收到了" in text(answer)
    assert one.outcomes.get().confirmed_at


def test_the_public_page_tells_nothing_and_slows_who_guesses(client, centre, clock_stands):
    one = centre.graduate(1)
    answers = [
        client.post(reverse("outcome-confirm"), {"number": one.reference, "code": "ABCDEFGH"}).status_code
        for _ in range(OF_A_CASE + 2)
    ]
    assert answers == [422] * OF_A_CASE + [429] * 2
    assert one.name not in text(client.get(reverse("outcome-confirm")))


def test_the_plan_says_which_policy_may_be_claimed_and_an_answer_changes_it(desk, centre):
    one = centre.graduate(1)
    centre.hire(one, kind="self_employed", evidence="licence")
    page = text(desk.get(reverse("graduate", args=[one.pk])))
    assert "银发〔2016〕202号" in page
    assert "还要问</span> <strong>创业担保贷款" in page
    fields = {"question": "confirmed_no_other_loan", "answer": "yes"}
    assert "可以申领</span> <strong>创业担保贷款" in post(desk, "graduate-answer", one, **fields)
    assert "没有这一问" in post(desk, "graduate-answer", one, question="confirmed_rich", answer="yes")
    assert Graduate.objects.get().confirmed == {"confirmed_no_other_loan": True}


def test_the_catalogue_is_shown_for_a_day_and_says_where_it_has_nothing(desk):
    there, none = (text(desk.get(reverse("employment-policies"), {"on": day})) for day in ("2018-03-20", "2009-01-01"))
    assert "财社〔2017〕164号" in there
    assert "读过一部分" in there
    assert "这一天没有收进目录的政策" in none


def test_what_cannot_be_is_told_at_the_top_of_the_page(desk, centre):
    one = centre.graduate(1)
    said = post(desk, "graduate-outcome", one, kind="employed", on="2017-06-01", employer="糖厂")
    assert "早于毕业日期" in said
    assert "请写成 2017-09-01" in post(desk, "graduate-outcome", one, kind="employed", on="昨天", employer="糖厂")


def test_a_visit_at_the_window_is_one_click_and_is_counted(desk, centre):
    one = centre.graduate(1)
    desk.post(reverse("window"), {"kind": "guidance", "who": one.reference})
    page = text(desk.post(reverse("window"), {"kind": "policy"}, follow=True))
    assert "今天窗口 2 人次" in page
    assert Service.objects.filter(graduate=None).count() == 1


def test_whoever_only_looks_changes_nothing_and_gives_money_only_as_approver(desk, client, centre, city, at):
    one = centre.graduate(1)
    actions.plan_start_up(one, "网店", "卖茶", on=centre.today, **centre.by)
    assert client.post(reverse("graduate-support", args=[one.pk]), {"yuan": "5000"}).status_code == 403
    client.force_login(cast(city, at, "approver", "覃"), backend=BACKEND)
    assert client.post(reverse("graduate-call", args=[one.pk]), {}).status_code == 403
    assert "扶持资金记账了" in post(client, "graduate-support", one, yuan="5000")


def test_somebody_of_another_city_sees_nobody(client, centre, mo):
    centre.graduate(1)
    client.force_login(mo, backend=BACKEND)
    assert "韦小雨" not in text(client.get(reverse("employment"), {"show": "all"}))


def test_pages_speak_english(desk, centre, city, at):
    campaign_of(city, at)
    one = centre.graduate(1)
    desk.cookies["django_language"] = "en"
    for address in (
        reverse("employment"),
        reverse("graduate", args=[one.pk]),
        reverse("employment-figures"),
        reverse("openings"),
        reverse("window"),
        reverse("employment-policies") + "?on=2018-03-20",
        reverse("opening-answer"),
        reverse("employment-start-ups"),
        reverse("employers"),
    ):
        page = re.sub(r"<[^>]+>", " ", text(desk.get(address)).split("<main")[1])
        left = re.findall(r"[\u4e00-\u9fff]{4,}", page)
        assert [word for word in left if word not in {"梧州市总工会", "二(二)"}] == [], address
