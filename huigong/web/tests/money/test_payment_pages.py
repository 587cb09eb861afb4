"""发放 on the pages: released, the file taken once, the reply looked at before it counts, mended, and paid again."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huigong.circulars import parameters
from huigong.circulars.parameters import ParameterRow
from huigong.documents import actions as documents
from huigong.documents.models import Document
from huigong.figures import books
from huigong.organisations.models import Officer
from huigong.payments import actions as paying
from huigong.payments import profiles
from huigong.payments.models import BankReply, FileTaking, Hold, Payment, PaymentBatch
from huigong.payments.tests.bank import hand_out
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundSource
from huigong.registry.models import Household
from huigong.studentaid.lifecycle import APPROVED, RELEASED
from huigong.studentaid.models import Application
from huigong.values import money
from huigong.web.tests.money.conftest import scan

pytestmark = pytest.mark.usefixtures("proven")


@pytest.fixture
def approved(work, on):
    paying.agree(work.campaign, profiles.text_of("csv-plain"), officer="chen", at=work.at)
    work.approve()
    on(8, 29)
    return work


def release(desk, work, officer=None):
    seen = re.search(
        r'name="seen" value="([^"]*)"', desk.sit(officer or work.chen).look("payments", work.campaign.code)
    )
    return desk.post("payments-release", work.campaign.code, seen=seen[1] if seen else "")[1]


@pytest.fixture
def batch(desk, approved):
    release(desk, approved)
    return PaymentBatch.objects.get()


def reply(batch, *outcomes):
    """The bank's csv: an outcome a payment, or (word, reason)."""
    lines = []
    for row, told in zip(batch.payments.order_by("position"), outcomes, strict=False):
        word, why = told if isinstance(told, tuple) else (told, "")
        cells = (row.card.plain(), row.payee_name, money.in_yuan(row.fen), "", row.case_reference, word, why)
        lines.append(",".join(cells))
    return SimpleUploadedFile("回单.csv", "\r\n".join(lines).encode("gb18030"))


def out(batch):
    """陈 has taken the file."""
    hand_out(batch, officer=Officer.objects.get(username="chen"), at=batch.status_since)


def look(desk, batch, *outcomes):
    out(batch)
    return desk.post("batch-reply", batch.number, file=reply(batch, *outcomes))


def take(desk, page, batch):
    document = re.search(r'name="document" value="([^"]*)"', page)[1]
    return desk.post("batch-reply-take", batch.number, document=document)[1]


def again(desk, code, shown=""):
    """Pay again what the page shows, or what an older page showed."""
    form = (shown or desk.look("payments", code)).split("/again/")[1]
    return desk.post("payments-again", code, seen=re.search(r'name="seen" value="([^"]*)"', form)[1])[1]


def test_finance_releases_what_was_shown_and_the_totals_agree(desk, approved):
    waiting = Application.objects.filter(status=APPROVED).count()
    assert f"放进批次 {waiting} 笔" in release(desk, approved)
    batch = PaymentBatch.objects.get()
    page = desk.look("batch", batch.number)
    assert f"申报 {waiting} 笔" in page
    assert "与各笔合计一致" in page
    assert batch.document.sha256 in page
    assert "账平，但还没有登记到款" in desk.look("payments", approved.campaign.code)


def test_what_changed_since_it_was_shown_is_not_released(desk, approved):
    assert "有了变化" in desk.sit(approved.chen).post("payments-release", approved.campaign.code, seen="other")[1]
    assert PaymentBatch.objects.count() == 0


def test_who_approved_does_not_release(desk, approved, at):
    assert desk.sit(approved.qin).post("payments-release", approved.campaign.code, seen="x")[0] == 403


def test_the_file_is_taken_once_and_again_only_by_two(desk, approved, batch, nong):
    answer = desk.client.post(f"/batches/{batch.number}/take/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "已由" in desk.post("batch-take", batch.number)[1]
    assert "准许了" in desk.sit(nong).post("batch-allow", batch.number)[1]
    assert "要由另一个人来取" in desk.post("batch-take", batch.number)[1]
    desk.sit(approved.chen)
    again = desk.client.post(f"/batches/{batch.number}/take/")
    assert again.content == answer.content
    assert FileTaking.objects.count() == 2


def test_a_batch_is_taken_back_until_its_file_left(desk, approved, batch):
    printed = f"/batches/{batch.number}/prints/list/docx/"
    assert printed in desk.look("batch", batch.number)
    assert "收回了" in desk.post("batch-undo", batch.number)[1]
    assert printed not in desk.look("batch", batch.number)
    assert "没有花名册可签" in desk.client.get(printed, follow=True).content.decode()
    assert set(Payment.objects.values_list("status", flat=True)) == {"withdrawn"}
    page = desk.look("payments", approved.campaign.code)
    assert "交出以前收回" in page
    assert f"再付 {batch.declared_count} 笔" in again(desk, approved.campaign.code)
    second = PaymentBatch.objects.get(status="released")
    desk.client.post(f"/batches/{second.number}/take/")
    assert "不能收回" in desk.post("batch-undo", second.number)[1]
    assert books.verify().holds


def test_a_reply_is_looked_at_before_it_counts(desk, approved, batch):
    outcomes = [("失败", "户名不符"), "处理中", *["成功"] * (batch.declared_count - 2)]
    status, page = look(desk, batch, *outcomes)
    assert (status, BankReply.objects.count()) == (200, 0)
    assert "户名不符" in page
    assert f"已到账 {batch.declared_count - 2}" in page
    assert "第 1 份回单算数了" in take(desk, page, batch)
    statuses = list(batch.payments.order_by("position").values_list("status", flat=True))
    assert statuses[:2] == ["failed", "unknown"]
    assert set(statuses[2:]) == {"paid"}
    assert "待核实" in desk.look("payments", approved.campaign.code)
    assert books.verify().holds


def test_a_faulty_reply_names_every_line_and_nothing_counts(desk, approved, batch):
    out(batch)
    file = reply(batch, "成功", "成功")
    text = file.read().decode("gb18030").replace("3000.00", "3001.00")
    sent = SimpleUploadedFile("回单.csv", text.encode("gb18030"))
    status, page = desk.post("batch-reply", batch.number, file=sent)
    assert status == 422
    assert "第 1 行“金额”" in page
    assert "第 2 行“金额”" in page
    assert set(batch.payments.values_list("status", flat=True)) == {"released"}


def test_no_file_is_no_reply(desk, approved, batch):
    assert "请先选" in desk.post("batch-reply", batch.number)[1]
    assert "请先选" in desk.post("batch-scan", batch.number)[1]
    assert desk.post("batch-reply-take", batch.number, document="x")[0] == 404


def test_a_failure_is_mended_confirmed_and_paid_again_and_nothing_else(desk, approved, batch):
    page = look(desk, batch, ("失败", "户名不符"), "处理中")[1]
    take(desk, page, batch)
    first = batch.payments.get(position=1)
    code = approved.campaign.code
    assert "户名不符" in desk.sit(approved.huang).look("payments", code)
    assert "再付还会退回" in desk.post("payee-confirm", first.case_reference)[1]
    case = Application.objects.get(reference=first.case_reference)
    Household.objects.filter(pk=case.household_id).update(worker_name="改过的名字")
    assert "确认了" in desk.post("payee-confirm", first.case_reference)[1]
    before = desk.sit(approved.chen).look("payments", code)
    assert "现在付给：改过的名字" in before
    Household.objects.filter(pk=case.household_id).update(card_index="another")
    assert "有了变化" in again(desk, code, before), "another payee than the page showed"
    Household.objects.filter(pk=case.household_id).update(card_index=first.card_index)
    shown = desk.look("payments", code)
    assert "再付 1 笔" in again(desk, code)
    second = Payment.objects.get(case_reference=first.case_reference, attempt=2)
    assert (second.payee_name, second.fen) == ("改过的名字", first.fen)
    assert "有了变化" in again(desk, code, shown)
    assert Payment.objects.filter(case_reference=first.case_reference).count() == 2


def test_money_that_comes_back_days_later_is_a_bounce(desk, approved, batch, on):
    take(desk, look(desk, batch, *["成功"] * batch.declared_count)[1], batch)
    on(9, 4)
    desk.sit(approved.chen)
    take(desk, look(desk, batch, ("退汇", "已销户"))[1], batch)
    assert batch.payments.get(position=1).status == "bounced"
    assert "退汇" in desk.look("payments", approved.campaign.code)


def test_a_stamped_reply_is_keyed_by_two_apart(desk, approved, batch, nong):
    out(batch)
    sent = scan(b"\x89PNG\r\n\x1a\n stamped", "回单.png")
    page = desk.post("batch-scan", batch.number, scan=sent)[1]
    assert "第一遍" in page
    assert "请写日期" in desk.post("batch-key", batch.number, **{"outcome-2": "paid"})[1]
    told = {
        "dated": f"{timezone.localdate(batch.status_since)}",
        "outcome-1": "failed",
        "reason-1": "account_closed",
        "outcome-2": "paid",
    }
    assert "第一遍" in desk.post("batch-key", batch.number, **told)[1]
    desk.sit(nong)
    second = desk.look("batch-key", batch.number)
    assert "第二遍" in second
    assert "selected" not in second
    assert (
        "录的不一样" in desk.post("batch-key", batch.number, **told | {"outcome-2": "failed", "reason-2": "limit"})[1]
    )
    assert "第 1 份回单算数了" in desk.post("batch-key", batch.number, **told)[1]
    reply_ = BankReply.objects.get()
    assert (reply_.keyed_by, reply_.taken_by) == (approved.chen.username, nong.username)
    assert desk.download("batch-scan-shown", batch.number, reply_.document_id)["Content-Type"] == "image/png"


def test_a_first_reading_that_is_wrong_is_put_away_by_another(desk, approved, batch, nong):
    out(batch)
    desk.post("batch-scan", batch.number, scan=scan(b"\x89PNG\r\n\x1a\n stamped", "回单.png"))
    desk.post("batch-key", batch.number, dated=f"{timezone.localdate(batch.status_since)}", **{"outcome-1": "paid"})
    assert "作废第一遍" not in desk.look("batch", batch.number)
    assert "作废第一遍" in desk.sit(nong).look("batch", batch.number)
    assert "没有作废" in desk.post("batch-reading-discard", batch.number, because=" ")[1]
    assert "作废了" in desk.post("batch-reading-discard", batch.number, because="第 1 笔看错")[1]
    assert "去录第二遍" not in desk.look("batch", batch.number)


def test_a_paper_of_something_else_is_not_shown_beside_a_batch(desk, approved, batch):
    desk.post("batch-scan", batch.number, scan=scan(b"\x89PNG\r\n\x1a\n stamped", "回单.png"))
    own = Document.objects.get(name="回单.png")
    other = documents.store(b"%PDF minutes", name="纪要.pdf", media_type="application/pdf", officer="x", at=approved.at)
    assert desk.download("batch-scan-shown", batch.number, own.pk).status_code == 200
    assert desk.download("batch-scan-shown", batch.number, other.pk).status_code == 404


def test_a_card_changed_after_approval_waits_for_the_verifier(desk, approved):
    case = Application.objects.filter(status=APPROVED).first()
    Household.objects.filter(pk=case.household_id).update(worker_name="改过的名字")
    page = desk.sit(approved.huang).look("payments", approved.campaign.code)
    assert "核实过，是本人的卡" in page
    release(desk, approved)
    assert Hold.objects.get(lifted_at=None).reason == Hold.Reason.CARD_CHANGED
    assert "确认了" in desk.sit(approved.huang).post("payee-confirm", case.reference)[1]
    release(desk, approved)
    assert Application.objects.get(pk=case.pk).status == RELEASED


def test_the_treasury_pays_without_a_file(desk, approved):
    paying.agree(approved.campaign, profiles.text_of("treasury"), officer="chen", at=approved.at)
    release(desk, approved)
    batch = PaymentBatch.objects.get()
    page = desk.look("batch", batch.number)
    assert "由财政代发" in page
    assert "取发放花名册" in page
    assert "只取一次" in desk.client.get(f"/batches/{batch.number}/prints/list/docx/", follow=True).content.decode()
    answer = desk.client.post(f"/batches/{batch.number}/take/")
    assert answer.content.startswith(b"PK")
    assert "花名册" in unquote(answer["Content-Disposition"])
    assert "已由" in desk.post("batch-take", batch.number)[1]
    assert "传扫描件，录结果" in desk.look("batch", batch.number)


def test_who_approved_neither_takes_the_file_nor_the_reply(desk, approved, batch):
    page = desk.sit(approved.qin).look("batch", batch.number)
    assert "取银行文件</button>" not in page
    assert "没有经手过" in desk.post("batch-take", batch.number)[1]
    out(batch)
    page = desk.look("batch", batch.number)
    assert "先看它说什么" not in page
    assert "没有经手过" in page
    assert "没有经手过" in desk.post("batch-reply", batch.number, file=reply(batch, "成功"))[1]


def test_what_was_answered_is_not_offered_again(desk, batch, nong):
    take(desk, look(desk, batch, *["成功"] * batch.declared_count)[1], batch)
    assert "准许再取一次" not in desk.sit(nong).look("batch", batch.number)
    assert "已有回单" in desk.post("batch-allow", batch.number)[1]
    assert FileTaking.objects.count() == 1


def test_many_held_by_their_fund_cost_no_more_questions_than_one_a_federation(
    desk, approved, django_assert_max_num_queries
):
    told = {"officer": "chen", "at": approved.at}
    quotas.keep_source("donation-2017", kind="donation", name="社会捐助", **told)
    paying.provide(approved.campaign, "donation-2017", 5_000_000, document="D1", name="社会捐助", **told)
    for source in FundSource.objects.all():
        value, day = 1 if source.code != "donation-2017" else 99, date(2017, 1, 1)
        quotas.keep_rule(source, "student_months", value, valid_from=day, citation="示例", **told)
    line = ParameterRow("dibao_line_month", approved.city.code, 38_000, date(2015, 11, 1), "示例")
    parameters.keep_parameters([line], **told)
    cases = dict(Application.objects.filter(status=APPROVED).values_list("reference", "federation__code"))
    first = {federation: reference for reference, federation in cases.items()}.values()
    desk.sit(approved.chen)

    def page(references, most):
        for reference in references:
            paying.hold(reference, reason=Hold.Reason.FUND_RULE, **told)
        with django_assert_max_num_queries(most) as asked:
            assert desk.look("payments", approved.campaign.code).count("可以改由 社会捐助 付") >= len(references)
        return len(asked)

    assert len(cases) >= len(first) + 5
    page(cases, page(first, 60))


def test_the_pages_ask_few_questions(desk, approved, batch, django_assert_max_num_queries):
    with django_assert_max_num_queries(50):
        desk.look("payments", approved.campaign.code)
    with django_assert_max_num_queries(40):
        desk.look("batch", batch.number)
