"""Sources as accounts with rules, gifts with receipts, days to the card; and who waits is shown what else could help."""

import re
from html import unescape

import pytest
from django.urls import reverse

from huigong.figures.pace import paces
from huigong.giving.models import Appropriation, Donation
from huigong.ledger import queries as ledger
from huigong.quotas.models import FundRule, FundSource
from huigong.registry.models import Household
from huigong.studentaid.lifecycle import WAITING
from huigong.studentaid.models import Application
from huigong.studentaid.other_help import other_help
from huigong.web import factors
from huigong.web.tests.campaign_at_work import campaign_at_work

pytestmark = pytest.mark.django_db
CITED = "总工发〔2015〕20号第四条（示例）"


@pytest.fixture(autouse=True)
def proven(monkeypatch):
    """Everybody has just given the code of their authenticator."""
    monkeypatch.setattr(factors, "is_fresh", lambda _request, *, at: bool(at))


@pytest.fixture
def released(db, at, on):
    work = campaign_at_work(at, up_to="released")
    on(9, 20)
    return work


def look(client, work):
    return unescape(client.get(reverse("funds", args=[work.campaign.code])).content.decode())


def post(client, work, name, **sent):
    answer = client.post(reverse(name, args=[work.campaign.code]), sent, follow=True)
    return unescape(answer.content.decode())


def gift(client, work, **changes):
    sent = {"donor": "梧州糖业有限公司", "yuan": "50000", "wish": "给大学新生", "day": "2017-09-18"} | changes
    return post(client, work, "fund-gift", **sent)


def test_a_gift_whose_form_is_sent_twice_is_booked_once(sit, released):
    client = sit(released.chen)
    before, number = (
        Donation.objects.count(),
        re.search(r'name="once" value="([0-9a-f]{32})"', look(client, released))[1],
    )
    assert "都要有" in gift(client, released, once=number, day="")
    assert "记下了，收据号" in gift(client, released, once=number)
    assert "没有再办第二次" in gift(client, released, once=number)
    assert Donation.objects.count() == before + 1


def see(client, work, number, kind="gift"):
    address = reverse(f"fund-{kind}-seen", args=[work.campaign.code, number])
    return unescape(client.post(address, follow=True).content.decode())


@pytest.mark.parametrize("kind", ["gift", "money"])
def test_what_one_wrote_down_another_sees_before_it_counts(sit, released, kind):
    client = sit(released.chen)
    page = gift(client, released) if kind == "gift" else money(client, released)
    address = reverse(f"fund-{kind}-seen", args=[released.campaign.code, 1])
    assert "等另一个人核对，还不能用" in page
    assert address not in page
    assert "请另一个人对着银行到账单核对" in see(client, released, 1, kind)
    assert ledger.starting("fund:") == []
    client = sit(released.qin)
    assert address in look(client, released)
    page = see(client, released, 1, kind)
    assert "的钱可以用来批准了" in page
    assert "等另一个人核对" not in page
    assert "没有这一号" in see(client, released, 99, kind)
    assert [one.credit for one in ledger.starting("fund:")] != []


def test_one_line_of_money_stands_on_the_page_and_is_red_where_it_does_not_add_up(sit, released, monkeypatch):
    client = sit(released.chen)
    page = look(client, released)
    assert "账对得上" in page
    assert "card wrong" not in page
    monkeypatch.setattr("huigong.studentaid.money_line.MoneyLine.adds_up", False)
    page = look(client, released)
    assert "对不上，请先停发" in page
    assert "card wrong" in page


def test_a_gift_is_booked_shown_and_receipted(sit, released):
    client = sit(released.chen)
    assert "SA-450400-2017-D001" in gift(client, released)
    page = look(client, released)
    for told in ("社会捐助", "50,000", "给大学新生"):
        assert told in page
    answer = client.get(reverse("fund-receipt", args=[released.campaign.code, 1]))
    assert answer.content[:2] == b"PK"
    see(sit(released.qin), released, 1)
    assert ledger.balance("fund:donation-2017").available == 5_000_000


@pytest.mark.parametrize("sent", [{"yuan": "很多"}, {"day": ""}, {"donor": ""}, {"wish": "只给男生"}, {"yuan": "-5"}])
def test_a_gift_that_cannot_be_taken_books_nothing(sit, released, sent):
    gift(sit(released.chen), released, **sent)
    assert Donation.objects.count() == 0


def test_a_gift_booked_twice_is_taken_back_and_both_papers_stay(sit, released):
    client = sit(released.chen)
    gift(client, released)
    assert "记错了，冲回" in gift(client, released)
    for number in (1, 2):
        see(sit(released.qin), released, number)
    client = sit(released.chen)
    back = reverse("fund-gift-back", args=[released.campaign.code, 2])
    assert "请写为什么" in unescape(client.post(back, {"reason": " "}, follow=True).content.decode())
    page = unescape(client.post(back, {"reason": "同一笔记了两次"}, follow=True).content.decode())
    for told in ("已冲回，收据作废", "同一笔记了两次", "SA-450400-2017-D003", "50,000"):
        assert told in page
    assert page.count("记错了，冲回") == 1  # of the other
    row = page.partition('<th scope="row">社会捐助')[2].partition("</tr>")[0]
    assert re.findall(r'class="number">([^<]*)<', row) == ["50,000", "0", "0", "50,000"]
    for number in (2, 3):
        assert client.get(reverse("fund-receipt", args=[released.campaign.code, number])).content[:2] == b"PK"
    nobody = reverse("fund-gift-back", args=[released.campaign.code, 99])
    assert "没有这一号收据" in unescape(client.post(nobody, {"reason": "错"}, follow=True).content.decode())
    assert "记错了，冲回" not in look(sit(released.qin), released)


def money(client, work, **changes):
    sent = {
        "source": FundSource.objects.get().code,
        "yuan": "60000",
        "paper": "桂工办〔2017〕12号",
        "day": "2017-08-20",
    }
    return post(client, work, "fund-money", **sent | changes)


def test_what_came_is_booked_and_a_wrong_entry_taken_back(sit, released):
    client = sit(released.chen)
    assert "还没有记过到款" in look(client, released)
    page = money(client, released)
    for told in ("SA-450400-2017-F001", "60,000", "桂工办〔2017〕12号", "2017-08-20", "记错了，冲回"):
        assert told in page
    back = reverse("fund-money-back", args=[released.campaign.code, 1])
    assert "请写为什么" in unescape(client.post(back, {"reason": " "}, follow=True).content.decode())
    page = unescape(client.post(back, {"reason": "多写一个零"}, follow=True).content.decode())
    for told in ("已冲回", "多写一个零", "SA-450400-2017-F002"):
        assert told in page
    assert "记错了，冲回" not in page
    assert "本级工会经费（新开）" in page
    money(client, released, source="own_union")
    see(sit(released.qin), released, 3, "money")
    assert ledger.balance("fund:own-union-2017").available == 6_000_000
    client, nobody = sit(released.chen), reverse("fund-money-back", args=[released.campaign.code, 99])
    assert "没有这一号到款" in unescape(client.post(nobody, {"reason": "错"}, follow=True).content.decode())


@pytest.mark.parametrize("sent", [{"yuan": "很多"}, {"day": ""}, {"paper": ""}, {"source": "x"}, {"day": "2017-12-31"}])
def test_what_cannot_be_booked_books_nothing(sit, released, sent):
    page = money(sit(released.chen), released, **sent)
    assert "还没有记" in page
    assert Appropriation.objects.count() == 0


def test_an_approver_says_what_a_source_is_and_what_it_asks(sit, released):
    client, source = sit(released.qin), FundSource.objects.get()
    assert "还没有定性质" in look(client, released)
    assert "写明出处" in post(client, released, "fund-kind", source=source.code, kind="region", citation=" ")
    page = post(client, released, "fund-kind", source=source.code, kind="region", citation="桂工办〔2017〕12号")
    assert "自治区（省）资金 · 桂工办〔2017〕12号" in page
    away = {"source": source.code, "kind": "own_union", "citation": "口头"}
    assert "性质不再改" in post(client, released, "fund-kind", **away)
    rule = {"source": source.code, "rule": "student_months", "value": "10", "day": "2017-01-01", "citation": CITED}
    page = post(client, released, "fund-rule", **rule)
    for told in ("自治区（省）资金", "每名学生一年不超过几个月低保 10", CITED):
        assert told in page
    for wrong in ({"citation": " "}, {"value": "x"}, {"rule": "y"}, {"day": ""}, {"day": "0001-01-01"}, {"value": "9"}):
        post(client, released, "fund-rule", **rule | wrong)
    assert FundRule.objects.count() == 1


@pytest.mark.parametrize("name", ["fund-kind", "fund-rule"])
def test_what_holds_money_back_is_not_touched_without_a_fresh_code(sit, released, monkeypatch, name):
    monkeypatch.setattr(factors, "is_fresh", lambda _request, *, at: not at)
    answer = sit(released.qin).post(reverse(name, args=[released.campaign.code]), {"source": "x"})
    assert answer.status_code == 428


def test_what_was_approved_is_paid_or_has_a_reason(released):
    for one in paces(released.campaign):
        assert one.approved == one.paid + len(one.unpaid)
        assert all(why for _, why in one.unpaid)
    assert sum(one.approved for one in paces(released.campaign)) > 10


def test_who_waits_is_shown_which_other_source_could_help_within_its_rules(sit, released):
    waiting = list(Application.objects.filter(status=WAITING).select_related("household", "federation"))
    assert waiting
    day, own = released.at.date(), released.circular.quota.fund_source
    assert other_help(own, waiting, on=day) == []
    gift(sit(released.chen), released)
    assert other_help(own, waiting, on=day) == []  # nobody else saw it yet
    see(sit(released.qin), released, 1)
    (found,) = other_help(own, waiting, on=day)
    assert (found.source.kind, found.left_fen, found.count) == ("donation", 5_000_000, len(waiting))
    address = reverse("ranking", args=[released.campaign.code])
    told = sit(released.qin).get(address, {"federation": waiting[0].federation.code}).content.decode()
    assert "候补的在这里领不到别的资金" in told  # only the quota's places are shared: what lies elsewhere is no promise
    assert "可以帮候补的" not in told
    Household.objects.filter(pk=waiting[0].household_id).update(enrolment_level="省级")
    Household.objects.exclude(pk=waiting[0].household_id).update(enrolment_level="全国级")
    rule = {"rule": "national_files", "value": "1", "day": "2017-01-01", "citation": CITED}
    post(sit(released.qin), released, "fund-rule", source=found.source.code, **rule)
    again = list(Application.objects.filter(status=WAITING).select_related("household", "federation"))
    left = [one for one in again if one.household_id != waiting[0].household_id]
    told = other_help(own, again, on=day)
    assert [one.count for one in told] == ([len(left)] if left else [])
