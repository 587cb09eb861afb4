"""Half a fact leads to the file, with why; elsewhere it leads to an office and nothing more; nothing that was typed is kept."""

import logging

import pytest
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.organisations import actions as organisations
from huigong.registry.models import Household
from huigong.registry.tests.stored import everything_stored
from huigong.registry.tests.workbooks import CHILD, WORKER
from huigong.vault import tokens


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("half", "why"),
    [
        ("韦秀兰", "职工 韦秀兰：姓名相同"),
        ("韦秀", "职工 韦秀兰：姓名开头相同"),
        ("小雨", "家庭成员 韦小雨：姓名里有"),
        ("GX0001", "职工 韦秀兰：职工编号相同"),
        ("weixiaoyu", "家庭成员 韦小雨：拼音相同"),
        ("Wei Xiao", "家庭成员 韦小雨：拼音开头相同"),
        ("wxl", "职工 韦秀兰：拼音首字母相同"),
        (WORKER, "职工 韦秀兰：身份证号相同"),
        (CHILD, "家庭成员 韦小雨：身份证号相同"),
        (WORKER[-4:], "职工 韦秀兰：身份证号后四位相同"),
        (CHILD[-4:].lower(), "家庭成员 韦小雨：身份证号后四位相同"),
        (f"  {WORKER[:6]} {WORKER[6:14]} {WORKER[14:]}", "职工 韦秀兰：身份证号相同"),
    ],
)
def test_half_a_fact_leads_to_the_file_and_says_why(files, desk, half, why):
    page = text(desk("450422").find(half))
    assert "GX0001" in page
    assert why in page


def test_phone_card_and_certificate_lead_there_too(files, desk):
    home, sat = Household.objects.get(file_number="GX0001"), desk("450422")
    for secret, why in (
        (home.phone.plain(), "手机号码相同"),
        (home.phone.plain()[-4:], "手机号码后四位相同"),
        (home.card.plain(), "惠工卡号相同"),
        (home.card.plain()[-4:], "惠工卡号后四位相同"),
        (home.certificate_number, "优惠证编号相同"),
    ):
        page = text(sat.find(secret))
        assert "GX0001" in page
        assert why in page


def test_a_surname_is_heard_as_a_surname(files, desk):
    assert "GX0002" in text(desk("450423").find("shandashan"))
    assert "GX0002" in text(desk("450423").find("sds"))


def test_elsewhere_only_the_office_and_its_telephone_are_told(files, desk, at):
    organisations.set_telephone(files["450422"], "0774-1234567转2", officer="system", at=at)
    page = text(desk("450423").find("韦秀兰"))
    assert "有此户，归别处管" in page
    assert "藤县总工会" in page
    assert "0774-1234567转2" in page
    for secret in ("GX0001", "韦小雨", "糖", WORKER[-4:]):
        assert secret not in page.replace('value="韦秀兰"', "")
    event = audit.told_of("search.answered")
    (told,) = event
    assert (told.subject, told.payload["kind"]) == ("search:450422", "n")
    assert "韦秀兰" not in str(told.payload)


def test_the_number_of_a_file_elsewhere_tells_the_office(files, desk):
    page = text(desk("450423").find("GX0001"))
    assert "有此户，归别处管" in page
    assert "韦秀兰" not in page


@pytest.mark.parametrize("half", ["wxl", "韦秀", "秀兰", "小雨", WORKER[-4:], "小"])
def test_a_half_fact_tells_nothing_of_families_elsewhere(files, desk, half):
    """Initials or four digits fit hundreds: an answer would only tell a stranger whom to ask about."""
    assert "没有找到" in text(desk("450423").find(half))


def test_an_officer_of_another_city_finds_nothing(files, client, at, mo):
    client.force_login(mo, backend="django.contrib.auth.backends.ModelBackend")
    page = text(client.post("/search/", {"q": "小雨"}, follow=True))
    assert "GX0001" not in page


def test_what_was_typed_stands_in_no_address_no_log_and_no_table(files, desk, caplog):
    caplog.set_level(logging.DEBUG)
    answer = desk("450422").find("欧阳无此人")
    assert len(answer.redirect_chain) == 1
    told = answer.redirect_chain[0][0] + caplog.text
    for hidden in ("欧阳无此人", "%E6%AC%A7", "ouyang"):
        assert hidden not in told
    assert "欧阳无此人".encode() not in everything_stored()


def test_a_token_opens_for_nobody_else_and_not_for_ever(db):
    now = timezone.now()
    token = tokens.seal("韦秀兰", reader="huang", at=now)
    assert tokens.opened(token, reader="huang", at=now, seconds=60) == "韦秀兰"
    assert tokens.opened(token, reader="mo", at=now, seconds=60) is None
    assert tokens.opened(token, reader="huang", at=now + timezone.timedelta(seconds=62), seconds=60) is None
    for broken in ("", "x", "é", token[:-3], "A" * 500):
        assert tokens.opened(broken, reader="huang", at=now, seconds=60) is None


def test_a_token_that_opens_no_more_says_so(files, desk):
    assert "已经打不开" in text(desk("450422").get("/search/?s=nonsense"))


def test_whoever_tries_numbers_one_after_the_other_is_stopped(files, desk, clock_stands):
    sat = desk("450422")
    answers = [sat.post("/search/", {"q": f"{n:04d}"}).status_code for n in range(61)]
    assert answers == [302] * 60 + [429]


@pytest.mark.parametrize("nothing", ["", " ", "x", "·", "\u202e", "\u0301" * 4000, "%", "_", "*"])
def test_too_little_is_said_to_be_too_little(files, desk, nothing):
    page = text(desk("450422").find(nothing))
    assert "GX0001" not in page


@pytest.mark.parametrize("code", ["450400", "450422"])
def test_a_search_asks_few_questions(files, desk, code, django_assert_max_num_queries):
    sat = desk(code)
    address = sat.post("/search/", {"q": "韦秀兰"})["Location"]
    sat.get(address)
    with django_assert_max_num_queries(20):
        sat.get(address)


def test_a_family_of_a_federation_without_a_centre_is_told_of_all_the_same(files, desk):
    files["450422"].aid_centre.delete()
    page = text(desk("450423").find("韦秀兰"))
    assert "有此户，归别处管" in page
    assert "藤县总工会" in page
