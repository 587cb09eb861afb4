"""追回 on the payments page: a part comes back, the approver writes the rest off, and the family's page shows both."""

import re

import pytest
from django.urls import reverse

from huigong.payments.models import PaymentBatch
from huigong.studentaid.actions.revoking import Because, revoke
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.models import PartRecovery, Recovery, WriteOff
from huigong.web.tests.money.test_payment_pages import approved, look, release, take  # noqa: F401  the fixture

pytestmark = pytest.mark.usefixtures("proven")


@pytest.fixture
def asked_back(desk, approved, on):  # noqa: F811
    release(desk, approved)
    batch = PaymentBatch.objects.get()
    take(desk, look(desk, batch, *["成功"] * batch.declared_count)[1], batch)
    award = standing_awards().select_related("application__household").order_by("pk").first()
    revocation = revoke(award, Because("objection", "二(四)", "G001"), officer="nong", at=approved.at)
    on(8, 31)
    return award, revocation


def test_a_part_is_recorded_the_rest_written_off_and_the_family_page_shows_both(desk, approved, asked_back):  # noqa: F811
    award, revocation = asked_back
    code, paper = approved.campaign.code, {"received_on": "2017-08-31", "paper": "收据018"}
    page = desk.sit(approved.chen).look("payments", code)
    assert f'value="{award.fen // 100}.00"' in page
    assert "其余不再追" not in page  # an approver's
    for wrong, said in (("很多", "金额"), ("99999999", "还差"), ("0", "还差")):
        assert said in desk.post("award-recover", code, revocation.pk, yuan=wrong, **paper)[1]
    assert "还没有记" in desk.post("award-recover", code, revocation.pk, yuan="500", paper="收据018")[1]
    assert not PartRecovery.objects.exists()
    page = desk.post("award-recover", code, revocation.pk, yuan="500", **paper)[1]
    for told in ("其余还在追", "退回 500 元 · 收据018", f"还差 {award.fen // 100 - 500:,} 元"):
        assert told in page
    qin = desk.sit(approved.qin)
    assert "其余不再追" in qin.look("payments", code)
    decided = {"decided_on": "2017-08-31", "paper": "梧工纪〔2017〕9号", "reason": "失火还不了"}
    assert "还没有核销" in qin.post("award-write-off", code, revocation.pk, **decided | {"reason": ""})[1]
    page = qin.post("award-write-off", code, revocation.pk, **decided)[1]
    for told in ("核销了", "梧工纪〔2017〕9号", "失火还不了"):
        assert told in page
    assert WriteOff.objects.get().fen == award.fen - 50_000
    assert 'id="out"' not in page
    answer = desk.client.get(reverse("household", args=[award.application.household_id]))
    for told in ("退回 500 元", "退回一部分", "其余按 梧工纪〔2017〕9号 核销"):
        assert told in answer.content.decode()
    page = qin.look("walk", award.application.reference)  # from the yuan to the form, with what was asked back
    for told in ("撤销批准", "追回一部分", "500 元 · 收据018", "梧工纪〔2017〕9号 · 失火还不了"):
        assert told in page


def test_a_form_that_is_sent_twice_books_what_came_back_once(desk, approved, asked_back):  # noqa: F811
    award, revocation = asked_back
    code, paper = approved.campaign.code, {"received_on": "2017-08-31", "paper": "收据018"}
    page = desk.sit(approved.chen).look("payments", code)
    form = page.split(f'action="{reverse("award-recover", args=[code, revocation.pk])}')[1]
    sent = paper | {"once": re.search(r'name="once" value="([0-9a-f]{32})"', form)[1], "yuan": str(award.fen // 100)}
    assert "钱回到资金" in desk.post("award-recover", code, revocation.pk, **sent)[1]
    status, page = desk.post(
        "award-recover", code, revocation.pk, **sent
    )  # it is on no list any more, and no 404 either
    assert (status, "没有再办第二次" in page, Recovery.objects.count()) == (200, True, 1)
