"""签字档次 in the browser: what is in force and since when; a new table is seen beside it before it counts."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.approvals import actions
from huigong.approvals.actions import BandRow
from huigong.approvals.models import Band
from huigong.approvals.queries import boxes_for
from huigong.organisations import actions as organisations
from huigong.organisations.queries import by_code
from huigong.web import factors

BACKEND = "django.contrib.auth.backends.ModelBackend"
NEW = {
    "pasted": "5,000\t经办 财务 分管\n\t经办、部门、财务、分管、主席",
    "valid_from": "2017-10-01",
    "source": "梧工发〔2017〕9号第三条",
}
FIRST, ALL = date(2017, 10, 1), ("handler", "department", "finance", "deputy", "chair")


@pytest.fixture(autouse=True)
def proven(monkeypatch):
    """Everybody has just given the code of their authenticator."""
    monkeypatch.setattr(factors, "is_fresh", lambda _request, *, at: bool(at))


@pytest.fixture
def seat(client, city, at, on):
    on(8, 28)

    def sit(role="approver", where=city):
        officer = organisations.add_officer(f"覃{role}", role=role, organisation=where, by="system", at=at)
        client.force_login(officer, backend=BACKEND)

    return sit


def page(client):
    return unescape(client.get(reverse("signature-bands")).content.decode())


def look(client, **changes):
    answer = client.post(reverse("signature-bands-look"), NEW | changes)
    return answer.status_code, unescape(answer.content.decode())


def sealed_in(text):
    return text.split('name="sealed" value="')[1].split('"')[0]


def lay(client, sealed):
    return unescape(client.post(reverse("signature-bands-lay"), {"sealed": sealed}, follow=True).content.decode())


def test_a_table_is_seen_beside_the_one_in_force_and_counts_from_its_day_once_confirmed(client, seat, city, at):
    rows = [BandRow(1_000_000, ("handler", "finance", "deputy")), BandRow(None, ALL)]
    told = {"valid_from": date(2017, 1, 1), "source": "旧办法", "officer": "qin", "at": at}
    actions.lay_bands(city, rows, **told)
    seat()
    assert "旧办法" in page(client)
    status, text = look(client)
    assert status == 200
    assert (text.count("照旧"), text.count("变了")) == (2, 1)  # up to 5,000 and above 10,000 as before
    assert "5,000 以上到 10,000" in text
    assert Band.objects.count() == 2
    assert "从 2017-10-01 起写的审批表" in lay(client, sealed_in(text))
    assert boxes_for(city, 600_000, on=FIRST) == ALL
    assert boxes_for(city, 600_000, on=date(2017, 9, 30)) == ("handler", "finance", "deputy")
    text = page(client)
    for words in ("还没开始", "现行", "梧工发〔2017〕9号第三条"):
        assert words in text
    lay(client, sealed_in(look(client)[1]))
    assert Band.objects.count() == 4  # the same again changes nothing


def test_where_none_is_laid_down_the_usual_boxes_stand_beside(client, seat):
    seat()
    assert "现在按常规签" in page(client)
    assert "经办 → 财务 → 分管" in look(client)[1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pasted": "5000\t经办 财务 分管"}, "最后一档不写上限"),
        ({"pasted": "5000\t经办 财务 分管\n\t经办 分管"}, "金额大的签字不能更少"),
        ({"pasted": "\t经办 财务"}, "最后一栏由审批人签"),
        ({"pasted": "\t分管"}, "至少两栏"),
        ({"pasted": "五千\t经办 财务 分管"}, "第 1 行读不了"),
        ({"pasted": "\t经办 书记"}, "第 1 行读不了"),
        ({"valid_from": ""}, "请写日期"),
        ({"source": " "}, "请写出处"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(client, seat, changes, words):
    seat()
    status, text = look(client, **changes)
    assert (status, words in text) == (422, True)
    assert "sealed" not in text
    assert Band.objects.count() == 0


def test_a_csv_is_read_as_the_command_reads_it(client, seat):
    seat()
    table = SimpleUploadedFile(
        "t.csv", b"up_to_yuan,boxes\n5000,handler finance deputy\n,handler finance deputy chair\n"
    )
    assert "经办 → 财务 → 分管 → 主席" in look(client, pasted="", table=table)[1]


def test_a_county_reads_its_citys_table_and_lays_its_own(client, seat, city, at):
    actions.lay_bands(city, [BandRow(None, ALL)], valid_from=date(2017, 1, 1), source="市里的", officer="qin", at=at)
    seat(where=by_code("450422"))
    assert "市里的" in page(client)
    lay(client, sealed_in(look(client)[1]))
    assert {one.place.code for one in Band.objects.filter(valid_from=FIRST)} == {"450422"}


def test_who_signs_reads_it_and_is_told_who_lays_down(client, seat):
    seat("finance")
    assert "谁来定" in page(client)
    assert client.post(reverse("signature-bands-lay"), {"sealed": "x"}).status_code == 403
    seat()
    assert "看过的表过期了" in lay(client, "x")


def test_nothing_is_laid_down_without_a_fresh_code(client, seat, monkeypatch):
    seat()
    sealed = sealed_in(look(client)[1])
    monkeypatch.setattr(factors, "is_fresh", lambda _request, *, at: not at)
    assert client.post(reverse("signature-bands-lay"), {"sealed": sealed}).status_code == 428
    assert Band.objects.count() == 0


@pytest.mark.parametrize("first", ["2017-08-28", "2016-01-01"])
def test_fewer_signatures_count_from_tomorrow_at_the_earliest(client, seat, city, at, first):
    actions.lay_bands(city, [BandRow(None, ALL)], valid_from=date(2017, 1, 1), source="旧", officer="su", at=at)
    seat()
    sealed = sealed_in(look(client, pasted="\t经办 分管", valid_from=first)[1])
    assert "最早从明天起（今天是 2017-08-28）" in lay(client, sealed)
    assert Band.objects.count() == 1
    assert "从 2017-08-29 起" in lay(client, sealed_in(look(client, pasted="\t经办 分管", valid_from="2017-08-29")[1]))


def test_a_county_may_not_drop_a_signature_of_its_citys_table_today(client, seat, city, at):
    actions.lay_bands(city, [BandRow(None, ALL)], valid_from=date(2017, 1, 1), source="市", officer="su", at=at)
    seat(where=by_code("450422"))
    assert "最早从明天起" in lay(client, sealed_in(look(client, pasted="\t经办 分管", valid_from="2017-02-01")[1]))
    more = {"pasted": "\t经办 部门 财务 分管 主席", "valid_from": "2017-08-28"}
    assert "定下了" in lay(client, sealed_in(look(client, **more)[1]))
