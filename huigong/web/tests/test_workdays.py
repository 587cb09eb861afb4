"""工作日历 in the browser: a year month by month, kept by the top's administrator; pages say where a year is missing."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from huigong.circulars.calendar import FESTIVALS, working_calendar
from huigong.organisations import actions as organisations

PASTED = "\n".join(f"2099-01-0{n}\tholiday\t{name}\t国办发明电〔2098〕1号" for n, name in enumerate(FESTIVALS, 1))


@pytest.fixture
def seat(client, city, at):
    def sit(role, where=city):
        officer = organisations.add_officer(f"苏{role}", role=role, organisation=where, by="system", at=at)
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    return sit


def page(client, query=""):
    return unescape(client.get(reverse("working-days") + query).content.decode())


def test_a_worked_saturday_and_a_holiday_are_marked_in_their_month(client, seat, django_assert_max_num_queries):
    seat("verifier")
    with django_assert_max_num_queries(14):
        shown = page(client, "?year=2017")
    assert '<td class="worked">30<span>班</span></td>' in shown
    assert '<td class="holiday">2<span>休</span></td>' in shown
    assert "2017-09-30 周六" in shown or "2017-09-30" in shown
    assert "改一天" not in shown


def test_the_administrator_of_the_top_pastes_a_year(client, seat):
    seat("administrator")
    answer = client.post(reverse("working-days-keep"), {"pasted": PASTED})
    assert answer.url.endswith("?year=2099")
    assert 2099 in working_calendar().years
    assert "存了 7 天" in page(client, "?year=2099")


def test_a_single_day_needs_its_source(client, seat):
    seat("administrator")
    sent = {"date": "2017-09-04", "kind": "holiday", "name": "校庆", "source": " "}
    client.post(reverse("working-days-keep"), sent)
    assert "要有出处" in page(client, "?year=2017")
    client.post(reverse("working-days-keep"), sent | {"source": "藤政发〔2017〕1号"})
    assert not working_calendar().is_working(date(2017, 9, 4))


def test_who_keeps_the_calendar_is_told_of_a_missing_year_before_it_begins(client, seat, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 1, 4, 0, tzinfo=UTC))
    seat("administrator")
    assert "还没有 2027 年" in unescape(client.get(reverse("today")).content.decode())
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 9, 1, 4, 0, tzinfo=UTC))
    assert "还没有 2027 年" not in unescape(client.get(reverse("today")).content.decode())
