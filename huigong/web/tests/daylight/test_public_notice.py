"""The page that everybody may see: masked, for its window only, and a family finds its own line by its code."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.publicnotices import query_codes
from huigong.publicnotices.models import NoticeCheck, NoticeLine
from huigong.studentaid.models import Application
from huigong.web import often

pytestmark = pytest.mark.django_db


def page(client, notice):
    answer = client.get(reverse("public-notice", args=[notice.number]))
    return answer, unescape(answer.content.decode())


def ask(client, notice, reference, code):
    answer = client.post(reverse("public-notice", args=[notice.number]), {"reference": reference, "code": code})
    return answer, unescape(answer.content.decode())


def test_nobody_signs_in_and_every_line_is_there_with_rule_and_checkpoint(client, notice):
    answer, text = page(client, notice)
    assert answer.status_code == 200
    for line in notice.lines.all():
        assert line.number in text
    for told in ("韦**", "5 个", "今天是第 2 个工作日", notice.rule, notice.chain_digest, "2017-08-25"):
        assert told in text
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "no-store"


def test_no_name_no_number_no_unit_and_no_amount_is_on_it(client, notice):
    _, text = page(client, notice)
    cases = Application.objects.select_related("household").filter(reference__in=notice.lines.values("case_reference"))
    assert len(cases) == notice.lines.count() > 10
    for one in cases:
        hidden = [one.student_name, one.worker_name, one.reference, one.unit_name]
        hidden += [one.household.id_number.plain(), one.household.card.plain(), one.household.phone.plain()]
        hidden += [one.household.hardship_cause.plain(), f"{one.amount_fen // 100:,}"]
        assert [told for told in hidden if told and told in text] == []


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2017, 8, 20, 15, 59, 59, tzinfo=UTC), 404),
        (datetime(2017, 8, 20, 16, 0, 0, tzinfo=UTC), 200),
        (datetime(2017, 8, 25, 15, 59, 59, tzinfo=UTC), 200),
        (datetime(2017, 8, 25, 16, 0, 0, tzinfo=UTC), 410),
    ],
    ids=["a second before", "the first moment", "the last second", "a second later"],
)
def test_it_hangs_for_its_window_to_the_second(client, notice, monkeypatch, moment, status):
    """Midnight of Shanghai is 16:00 of the day before in UTC."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    answer, text = page(client, notice)
    assert answer.status_code == status
    assert (notice.lines.first().number in text) == (status == 200)
    posted, told = ask(client, notice, notice.lines.first().case_reference, "AAAAAAAA")
    assert posted.status_code == (422 if status == 200 else status)
    assert (notice.lines.first().number in told) == (status == 200)


def test_when_it_was_seen_and_when_it_was_gone_is_proved_by_the_chain(client, notice, on):
    page(client, notice)
    page(client, notice)
    on(8, 28)
    for _ in range(2):
        _, text = page(client, notice)
    assert "2017-08-22 12:00" in text
    outcomes = list(NoticeCheck.objects.values_list("how", "outcome"))
    assert outcomes == [("visit", "shown"), ("visit", "over")]
    told = [one for one in audit.history(notice.number) if one.action == "notice.checked"]
    assert [one.actor for one in told] == ["public", "public"]


def test_a_family_finds_its_own_line_and_no_other(client, notice):
    line = NoticeLine.objects.order_by("number").first()
    answer, text = ask(client, notice, f" {line.case_reference.lower()} ", query_codes.code_of(line).lower())
    assert answer.status_code == 200
    assert "您家是这一行" in text
    assert text.count('class="mine"') == 1
    other = NoticeLine.objects.order_by("number").last()
    answer, text = ask(client, notice, other.case_reference, query_codes.code_of(line))
    assert (answer.status_code, "案号或查询码不对" in text, "您家是这一行" in text) == (422, True, False)


def test_a_wrong_code_and_an_unknown_case_are_answered_alike(client, notice):
    line = notice.lines.first()
    (one, first), (two, second) = (
        ask(client, notice, reference, "ABCDEFGH") for reference in (line.case_reference, "SA-450422-2017-09999")
    )
    assert one.status_code == two.status_code == 422
    assert "案号或查询码不对" in first
    assert "案号或查询码不对" in second


def test_who_tries_codes_is_stopped_even_with_the_right_one_at_the_end(client, notice):
    line = notice.lines.first()
    for _ in range(often.OF_A_CASE):
        ask(client, notice, line.case_reference, "ABCDEFGH")
    answer, text = ask(client, notice, line.case_reference, query_codes.code_of(line))
    assert (answer.status_code, "试得太多" in text) == (422, True)
    other = notice.lines.exclude(pk=line.pk).first()
    assert "您家是这一行" in ask(client, notice, other.case_reference, query_codes.code_of(other))[1]


def test_one_address_does_not_try_case_after_case(client, notice):
    for number in range(often.OF_AN_ADDRESS):
        ask(client, notice, f"SA-{number}", "ABCDEFGH")
    line = notice.lines.first()
    assert "试得太多" in ask(client, notice, line.case_reference, query_codes.code_of(line))[1]


def test_only_what_hangs_today_is_listed_and_an_unknown_number_is_not_there(client, notice, on):
    assert notice.number in client.get(reverse("public-notices")).content.decode()
    on(8, 28)
    assert notice.number not in client.get(reverse("public-notices")).content.decode()
    assert client.get(reverse("public-notice", args=["SA-450400-2017-N99"])).status_code == 404


def test_a_page_with_many_lines_asks_the_database_as_often_as_one_with_few(
    client, notice, django_assert_max_num_queries
):
    page(client, notice)  # the hour's check is written
    with django_assert_max_num_queries(9):
        page(client, notice)
