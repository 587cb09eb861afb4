"""Figures and returns: every number opens its names, four more are four people, a return is frozen and corrected."""

import re

from django.urls import reverse

from huigong.audit import queries as audit
from huigong.employment import actions
from huigong.employment.models import StatisticalReturn
from huigong.employment.tests.served import campaign_of
from huigong.web.tests.employment.sat_down import text


def test_every_number_opens_its_names_and_four_more_are_four_people(desk, centre, city, at):
    campaign_of(city, at)
    people = [centre.graduate(number) for number in range(1, 11)]
    for one in people[:2]:
        centre.hire(one)
    centre.hire(people[2], by_aid=False)
    centre.hire(people[3], by_aid=False, evidence="", evidence_on=None)
    page = text(desk.get(reverse("employment-figures")))
    assert "还差 4 人" in page
    called = re.search(r'先联系这 4 位.*?<ol class="list who">(.*?)</ol>', page)[1]
    assert (called.count("<a "), called.count("还没有联系过")) == (4, 4)
    alone = (people[2].name, people[3].name)
    assert not any(name in called for name in alone), "no call and no paper makes work that was found alone count"
    for group, number in (("graduates", 10), ("graduates_placed_by_aid", 2), ("graduates_settled", 3)):
        names = text(desk.get(reverse("employment-names"), {"group": group}))
        assert f'<span class="muted">{number}</span></h1>' in names
        assert names.count("GE-450400-2017-") == number


def test_a_return_is_frozen_taken_away_and_corrected(desk, centre, city, at):
    campaign_of(city, at)
    one = centre.graduate(1)
    assert "第 1 次" in text(desk.post(reverse("return-freeze"), {"as_of": "2017-08-07"}, follow=True))
    assert "要更正请写原因" in text(desk.post(reverse("return-freeze"), {"as_of": "2017-08-07"}, follow=True))
    centre.hire(one)
    page = text(desk.post(reverse("return-freeze"), {"as_of": "2017-08-07", "reason": "漏了一人"}, follow=True))
    assert "漏了一人" in page
    assert "原数" in page
    corrected = page.partition('id="corrections"')[2].partition("</section>")[0]
    assert corrected.count(f">{one.name}</a>") == 2, "one more is placed by aid, one more is settled"
    first = StatisticalReturn.objects.get(number=1)
    assert 'id="corrections"' not in text(desk.get(reverse("return", args=[first.pk])))
    frozen = StatisticalReturn.objects.get(number=2)
    for form in ("xlsx", "docx"):
        answer = desk.post(reverse("return-download", args=[frozen.pk, form]), {"purpose": "report"})
        assert answer.content[:2] == b"PK"
    assert [told.action for told in audit.history(f"SA-450400-2017:{city.code}")][-2:] == ["output.downloaded"] * 2


def test_start_ups_stand_on_one_page_with_their_rate_and_its_names(desk, centre):
    one, planned = centre.graduate(1), centre.graduate(2)
    actions.plan_start_up(one, "六堡茶网店", "卖茶", on=centre.today, **centre.by)
    actions.plan_start_up(planned, "面包店", "烤面包", on=centre.today, **centre.by)
    actions.lose(centre.hire(one, kind="self_employed", evidence="licence"), on=centre.today, why="failed", **centre.by)
    address = reverse("employment-start-ups")
    page, counted = text(desk.get(address)), text(desk.get(address, {"kind": "settled"}))
    assert "<strong>0.0%</strong>" in page
    assert ("六堡茶网店" in page, "面包店" in page) == (True, True)
    assert ("六堡茶网店" in counted, "面包店" in counted) == (True, False)
