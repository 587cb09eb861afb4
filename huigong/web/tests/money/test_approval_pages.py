"""集体研究和审批 on the pages: written, signed box by box, from paper by two clerks, and never without a fresh code."""

import io
import re
from datetime import date, timedelta
from uuid import uuid4

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from huigong.approvals.models import Approval, Opinion
from huigong.documents import actions as documents
from huigong.figures import books
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Told
from huigong.organisations import actions as organisations
from huigong.organisations.models import SignedSheet
from huigong.payments import actions as payments
from huigong.studentaid.lifecycle import APPROVED, ON_NOTICE
from huigong.studentaid.models import Application, Award
from huigong.web.tests.money.conftest import scan, write_form


@pytest.fixture
def form(desk, work, proven):
    write_form(desk, work)
    return Approval.objects.get()


def sign(desk, form, officer, agrees="yes", **more):
    return desk.sit(officer).post("approval-sign", form.number, agrees=agrees, **more)[1]


def test_a_card_that_changed_while_the_notice_hung_is_confirmed_on_the_page(desk, work, proven):
    case, code = Application.objects.filter(status=ON_NOTICE).first(), work.campaign.code
    payments.hold(case.reference, reason="card_changed", about="x", officer="chen", at=timezone.now())
    assert "改好核实过" not in desk.sit(work.qin).look("approvals", code)
    assert "改好核实过" in desk.sit(work.huang).look("approvals", code)
    page = desk.post("payee-confirm", case.reference, back="approvals")[1]
    assert "不再因此暂停" in page
    assert "审批表" in page


def test_facts_that_changed_while_the_notice_hung_are_sent_back_on_the_page_of_the_case(desk, work, proven):
    case = Application.objects.filter(status=ON_NOTICE).first()
    payments.hold(case.reference, reason="facts_changed", about="x", officer="chen", at=timezone.now())
    assert "打开这一件，退回重新审核" in desk.sit(work.huang).look("approvals", work.campaign.code)
    assert "事实变了，退回重新审核" not in desk.sit(work.qin).look("application", case.reference)
    assert "事实变了，退回重新审核" in desk.sit(work.huang).look("application", case.reference)
    page = desk.post("application-back", case.reference)[1]
    assert "公示以后事实变了" in page
    assert "暂停发放：" not in page
    case.refresh_from_db()
    assert case.status == "submitted"
    assert "没有退回" in desk.post("application-back", case.reference)[1]


def test_objections_that_name_no_case_are_told_before_money_moves(desk, work, proven):
    code = work.campaign.code
    assert "还没归到哪一件" not in desk.sit(work.qin).look("approvals", code)
    told = Told("objection", "visit", "那家开了店")
    grievances.record(work.campaign, told, submission=uuid4(), officer="huang", at=timezone.now())
    for page in ("approvals", "payments"):
        assert "1 件异议还没归到哪一件申请" in desk.look(page, code)
        assert "去看异议" in desk.look(page, code)
    assert "去看异议" not in desk.sit(work.chen).look("payments", code)


def test_what_is_past_its_notice_is_put_to_the_decision_and_signed(desk, work, form, nong):
    waiting = Application.objects.filter(status=ON_NOTICE).count()
    assert "该这一栏签" in desk.look("approval", form.number)
    assert "等下一栏" in sign(desk, form, work.huang)
    assert "等下一栏" in sign(desk, form, nong)
    assert f"签齐了，批准 {waiting} 件" in sign(desk, form, work.qin)
    assert Application.objects.filter(status=APPROVED).count() == waiting
    assert Award.objects.first().minutes.endswith(f"（审批表 {form.number}）")
    assert books.verify().holds
    assert "已批" in desk.look("approvals", work.campaign.code)


def test_the_list_shows_whom_how_much_in_words_and_which_boxes(desk, work):
    page = desk.sit(work.huang).look("approvals", work.campaign.code)
    assert "要签：经办 → 财务 → 分管" in page
    assert re.search(r"人民币.+元整", page)


def test_a_no_wants_a_reason_and_ends_the_form(desk, work, form):
    assert "请写一句原因" in sign(desk, form, work.huang, agrees="no")
    assert "到此为止" in sign(desk, form, work.huang, agrees="no", words="先核一户")
    assert "没有批" in desk.look("approval", form.number)
    assert Award.objects.count() == 0


def test_without_yes_or_no_nothing_is_signed(desk, work, form):
    assert "请选同意或不同意" in desk.sit(work.huang).post("approval-sign", form.number)[1]
    assert Opinion.objects.count() == 0


@pytest.mark.parametrize(
    "changes", [{"scan": scan(b"MZ")}, {"minutes": ""}, {"held_on": "someday"}, {"attendees": ""}, {"scan": ""}]
)
def test_a_form_without_its_minutes_is_not_written(desk, work, changes):
    assert "还没有写成" in write_form(desk, work, **changes)[1]
    assert Approval.objects.count() == 0


def test_the_printed_form_has_a_box_for_each_and_the_sum_in_words(desk, work, form):
    paper = docx.Document(io.BytesIO(desk.download("approval-form", form.number, "docx").content))
    text = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert all(word in text for word in ("经办", "财务", "分管", "梧工办纪要〔2017〕31号", "元整"))
    assert all(line.case_reference in text for line in form.lines.all())
    head = "\n".join(one.text for one in paper.paragraphs)
    assert f"资金来源 {work.circular.quota.fund_source_name}" in head


def test_paper_is_entered_by_one_and_confirmed_by_another(desk, work, form, nong, deng):
    told = {"scan": scan()}
    for box, who in (("handler", work.huang), ("finance", nong), ("deputy", work.qin)):
        told |= {f"leader-{box}": who.username, f"day-{box}": "2017-08-28"}
    assert "请另一位对照扫描件核对" in desk.sit(deng).post("approval-paper", form.number, **told)[1]
    assert "您录入的，要由另一位核对" in desk.look("approval", form.number)
    assert "请对照扫描件看过" in desk.sit(work.chen).post("approval-confirm", form.number)[1]
    assert desk.download("approval-scan", form.number, "form")["Content-Type"] == "application/pdf"
    page = desk.post("approval-confirm", form.number, sure="yes")[1]
    assert "核对了 3 栏签字" in page
    assert "邓录" in page
    assert "陈核对" in page
    assert (SignedSheet.objects.count(), Award.objects.first().approved_by) == (3, work.qin.username)
    assert books.verify().holds


def test_minutes_that_were_erased_in_their_time_are_told_and_not_taken_again(desk, work, form, deng):
    documents.erase(form.scan, documents.Kept("会计凭证：30年", date(2017, 8, 1)), officer="qin", at=timezone.now())
    answer = desk.sit(deng).download("approval-scan", form.number, "minutes")
    assert answer.url == reverse("approval", args=[form.number])
    assert "到期销毁" in desk.look("approval", form.number)
    told = {"scan": scan(), "leader-handler": work.huang.username, "day-handler": "2017-08-28"}
    assert "请重新扫描" in desk.post("approval-paper", form.number, **told)[1]


def test_paper_without_a_name_or_a_scan_is_not_entered(desk, work, form, deng):
    told = {"leader-handler": work.huang.username, "day-handler": "2017-08-28"}
    assert "还没有记下" in desk.sit(deng).post("approval-paper", form.number, **told)[1]
    assert "还没有记下" in desk.post("approval-paper", form.number, scan=scan())[1]
    assert SignedSheet.objects.count() == 0


def test_the_writer_takes_a_form_back(desk, work, form):
    assert "收回了" in desk.sit(work.huang).post("approval-take-back", form.number)[1]
    assert "已收回" in desk.look("approval", form.number)


def test_the_pages_ask_few_questions(desk, work, form, django_assert_max_num_queries):
    desk.sit(work.huang)
    with django_assert_max_num_queries(40):
        desk.look("approval", form.number)
    with django_assert_max_num_queries(45):
        desk.look("approvals", work.campaign.code)


class TestSecondFactor:
    @pytest.fixture
    def form(self, desk, work):
        write_form(desk, work)
        return Approval.objects.get()

    @pytest.fixture
    def secret(self, work, at):
        secret = organisations.new_secret()
        organisations.enrol(work.huang, secret, organisations.code_at(secret, at), at=at)
        return secret

    def code(self, secret, on, day):
        on(8, day)
        return organisations.code_at(secret, timezone.now())

    def test_who_has_none_is_led_to_enrol_and_nothing_is_signed(self, desk, work, form):
        status, page = desk.sit(work.huang).post("approval-sign", form.number, agrees="yes")
        assert (status, "还没有登记动态码" in page, Opinion.objects.count()) == (428, True, 0)

    def test_a_code_is_asked_and_what_was_typed_is_carried_along(self, desk, work, form, secret, on):
        status, page = desk.sit(work.huang).post("approval-sign", form.number, agrees="yes", words="属实")
        assert (status, Opinion.objects.count()) == (428, 0)
        assert '<input type="hidden" name="words" value="属实">' in page
        code = self.code(secret, on, 28)
        desk.post("approval-sign", form.number, agrees="yes", words="属实", second_factor=code)
        assert Opinion.objects.get().words.plain() == "属实"

    def test_a_wrong_code_does_nothing(self, desk, work, form, secret):
        desk.sit(work.huang)
        status, page = desk.post("approval-sign", form.number, agrees="yes", second_factor="000000")
        assert (status, "动态码不对" in page, Opinion.objects.count()) == (428, True, 0)

    def test_ten_minutes_later_it_is_asked_again(self, desk, work, form, secret, on, monkeypatch):
        code = self.code(secret, on, 28)
        desk.sit(work.huang).post("approval-sign", form.number, second_factor=code)
        assert desk.post("approval-sign", form.number)[0] == 200
        later = timezone.now() + timedelta(minutes=10)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert desk.post("approval-sign", form.number)[0] == 428

    def test_an_authenticator_is_enrolled_by_its_first_code(self, desk, work, on, client):
        desk.sit(work.qin).look("second-factor")
        secret = client.session["second_factor_secret"]
        assert b"<svg" in desk.download("second-factor-picture").content
        assert "动态码不对" in desk.post("second-factor", code="000000")[1]
        assert "登记好了" in desk.post("second-factor", code=self.code(secret, on, 28))[1]
        assert "已登记" in desk.look("second-factor")

    def test_a_lost_telephone_is_withdrawn_by_the_security_administrator(self, desk, work, secret, at):
        su = organisations.add_officer("苏", role="security", organisation=work.city, by="system", at=at)
        assert "撤销动态码" in desk.sit(su).look("person", work.huang.pk)
        assert "撤销了" in desk.post("person-factor-withdraw", work.huang.pk)[1]
        assert "没有登记动态码" in desk.post("person-factor-withdraw", work.huang.pk)[1]
