"""另获资助 on the pages: what failed is not paid again, the page says who ends it, and an approver takes the case back."""

import pytest
from django.utils import timezone

from huigong.payments import actions as payments
from huigong.payments.models import Hold, Payment, PaymentBatch
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.studentaid.cases import need_of
from huigong.studentaid.models import Application
from huigong.web.tests.money.test_payment_pages import approved, look, release, take  # noqa: F401  the fixture

pytestmark = pytest.mark.usefixtures("proven")


@pytest.fixture
def failed(desk, approved, on):  # noqa: F811
    """The first payment failed, and its schooling was paid by another office meanwhile."""
    release(desk, approved)
    batch = PaymentBatch.objects.get()
    words = [("失败", "户名不符"), *["成功"] * (batch.declared_count - 1)]
    take(desk, look(desk, batch, *words)[1], batch)
    case = Application.objects.get(reference=batch.payments.get(position=1).case_reference)
    on(8, 31)
    need, now = need_of(approved.campaign), timezone.now()
    aid = Aid(case.household_id, case.student_index, need, "donations", 100_000, "DN-450400-2017-00001")
    registry.give_all([aid], on=timezone.localdate(now), officer="nong", at=now)
    payments.hold(case.reference, reason=Hold.Reason.SAME_NEED, about="seen", officer="nong", at=now)
    return case


def test_the_page_says_who_ends_it_and_the_approver_takes_it_back(desk, approved, failed):  # noqa: F811
    page = desk.sit(approved.chen).look("payments", approved.campaign.code).split('id="back"')[1]
    for told in ("银行没付成或退回", "同一需要已另获资助", "审批人撤回"):
        assert told in page.split("</section>")[0]
    page = desk.sit(approved.huang).look("application", failed.reference)
    assert "<br>同一需要已另获资助" in page.split("暂停发放：")[1].split("</p>")[0]
    for button in ("已另获资助，撤回", "核实过，不是同一需要"):
        assert button not in page
    page = desk.sit(approved.qin).look("application", failed.reference)
    assert "已另获资助，撤回" in page
    status, page = desk.post("application-met", failed.reference)
    assert (status, "退回审核" in page) == (200, True)
    assert "暂停发放：" not in page
    assert '暂停发放 <span class="muted broken">同一需要已另获资助' in page
    assert "同一需要已另获资助 DN-450400-2017-00001" in page
    failed.refresh_from_db()
    assert failed.status == "submitted"
    assert "没有撤" in desk.post("application-met", failed.reference)[1]
    assert 'id="back"' not in desk.look("payments", approved.campaign.code)
    assert Payment.objects.filter(case_reference=failed.reference).count() == 1
