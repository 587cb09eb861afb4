"""Nothing typed is lost: what was refused, or not sent yet, stands in the page again, for whoever typed it."""

import re

from django.urls import reverse

from huigong.employment.models import Opening
from huigong.employment.tests.served import cast, code_of_employer
from huigong.employment.tests.test_lists import ADVERT
from huigong.web.tests.employment.sat_down import BACKEND, post, text


def test_what_was_refused_is_put_back_and_leaves_once_it_is_noted(desk, client, centre, city, at):
    one = centre.graduate(1)
    told = {"kind": "employed", "employer": "糖厂", "note": "下周上班"}
    page = post(desk, "graduate-outcome", one, **told, on="2017-06-01")
    assert "早于毕业日期" in page
    assert 'value="糖厂"' in page
    assert 'value="2017-06-01"' in page
    assert 'value="employed" selected' in page
    plan = {"version": 99, "wanted_work": ["it", "health"], "wanted_places": "藤县、岑溪", "obstacles": "照顾母亲"}
    page = post(desk, "graduate-plan", one, **plan)
    assert [code for code in ("it", "health", "hospitality") if f'value="{code}" checked' in page] == ["it", "health"]
    assert "照顾母亲" in page
    post(desk, "graduate-outcome", one, **told, on="2017-08-01")
    page = text(desk.get(reverse("graduate", args=[one.pk])))
    assert ('value="2017-06-01"' in page, "照顾母亲" in page) == (False, True)
    client.force_login(cast(city, at, name="蓝"), backend=BACKEND)
    assert "照顾母亲" not in text(client.get(reverse("graduate", args=[one.pk])))


def test_a_step_is_noted_once_and_what_was_refused_may_be_sent_with_the_same_number(desk, centre):
    one = centre.graduate(1)
    page = text(desk.get(reverse("graduate", args=[one.pk])))
    form = page.split(f'action="{reverse("graduate-serve", args=[one.pk])}"')[1].split("</form>")[0]
    told = {"once": re.search(r'name="once" value="([0-9a-f]{32})"', form)[1], "note": "模拟面试"}
    assert "模拟面试" in post(desk, "graduate-serve", one, **told, kind="nothing")  # refused: it stays typed
    assert not one.services.exists()
    for _ in range(3):
        page = post(desk, "graduate-serve", one, **told, kind="guidance")
    assert "没有再办第二次" in page
    assert one.services.count() == 1


def test_a_call_that_was_refused_is_in_the_sheet_again(desk, centre):
    one = centre.graduate(1)
    post(desk, "graduate-call", one, channel="phone", answer="spoke", note="想留在县里", promise="寄简历")
    assert "想留在县里" in text(desk.post(reverse("graduate-sheet", args=[one.pk])))


def test_an_opening_is_kept_while_it_is_typed_and_gone_once_it_is_noted(desk, centre):
    desk.post(reverse("opening-draft"), {"title": "会计", "advert": ADVERT}, headers={"X-Requested-With": "keep"})
    page = text(desk.get(reverse("opening-new")))
    assert 'value="会计"' in page
    assert "您" in page
    fields = {"employer": "糖厂", "code": code_of_employer(3), "nature": "private", "title": "会计", "kind": "post"}
    fields |= {"places": "2", "once": re.search(r'name="once" value="([0-9a-f]{32})"', page)[1]}
    led = {desk.post(reverse("opening-new"), fields).url for _ in range(2)}
    assert (len(led), Opening.objects.count()) == (1, 1)
    assert 'value="会计"' not in text(desk.get(reverse("opening-new")))
