"""保全和销毁 in the browser: a hold is placed with a ground and lifted by another; a file goes after its number was written again."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from huigong.documents import actions as documents
from huigong.documents.models import Erasure, LegalHold
from huigong.figures import retention
from huigong.figures.tests.conftest import town  # noqa: F401  the fixture
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.payments.models import BankReply, PaymentBatch
from huigong.registry import actions
from huigong.registry.models import FileEntry, Household
from huigong.registry.tests.lives import Life, drafted
from huigong.runs.tests.test_erasing import OVER
from huigong.runs.tests.test_erasing_keys import AFTER, answered
from huigong.web.tests.applications.cast import BACKEND

GROUND = {"reason": "信访复查", "reference": "梧信访〔2027〕3号"}


@pytest.fixture
def desk(client, city, at, monkeypatch):
    """Somebody of a role at the city's desk on a day when the file is over; `look` and `post` give the text."""
    monkeypatch.setattr(timezone, "now", lambda: OVER)

    class Desk:
        def sit(self, role, name="覃", where=city):
            one = organisations.add_officer(name, role=role, organisation=where, by="system", at=at)
            client.force_login(one, backend=BACKEND)
            self.one = one
            return self

        def look(self, name, *args):
            return unescape(client.get(reverse(name, args=args)).content.decode())

        def post(self, address, *args, **data):
            answer = client.post(reverse(address, args=args), data, follow=True)
            return answer.status_code, unescape(answer.content.decode())

    return Desk()


@pytest.fixture
def over(huang, at):
    """A file with a paper, whose ten years are over."""
    life = Life(drafted(huang, at), at)
    paper = documents.store(b"visit", name="入户.jpg", media_type="image/jpeg", officer="lu", at=at)
    life.enrolled(paper=paper)
    life.verb(actions.leave, word="脱困")
    return life.file


def test_a_hold_on_a_file_is_listed_stands_in_the_way_and_is_lifted_by_another(desk, over):
    desk.sit("auditor", "梁")
    assert "看要销毁什么" in desk.look("keeping")
    status, page = desk.post("keeping-hold", what=over.file_number, **GROUND)
    assert (status, "保全好了" in page, "看要销毁什么" in page) == (200, True, False)
    assert "由另一个人解除" in page
    assert "在保全" in desk.look("household", over.pk)
    assert "梧信访" in desk.look("household-erase", over.pk)
    hold = LegalHold.objects.get()
    assert "由另一个人" in desk.post("keeping-lift", hold=hold.pk)[1]
    assert LegalHold.objects.filter(lifted_by="").exists()
    desk.sit("approver")
    assert "保全解除了" in desk.post("keeping-lift", hold=hold.pk)[1]
    page = desk.look("keeping")
    assert "解除了保全" in page
    assert "看要销毁什么" in page


def test_a_hold_whose_form_is_sent_twice_is_placed_once(desk, over):
    drawn = re.search(r'name="once" value="([0-9a-f]{32})"', desk.sit("auditor", "梁").look("keeping"))[1]
    sent = {"what": over.file_number, "once": drawn} | GROUND
    assert "保全好了" in desk.post("keeping-hold", **sent)[1]
    assert "没有再办第二次" in desk.post("keeping-hold", **sent)[1]
    assert LegalHold.objects.count() == 1


def test_a_paper_is_held_by_the_beginning_of_its_digest(desk, over):
    desk.sit("approver")
    sha256 = FileEntry.objects.filter(paper__isnull=False).first().paper.sha256
    assert "保全好了" in desk.post("keeping-hold", what=sha256[:12], **GROUND)[1]
    assert LegalHold.objects.get().document.sha256 == sha256
    assert "入户.jpg" in desk.look("keeping")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"what": "GX404"}, "您的范围里没有“GX404”"),
        ({"reason": " "}, "保全要写事由"),
        ({"reference": ""}, "保全要写事由"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_held(desk, over, sent, words):
    desk.sit("approver")
    assert words in desk.post("keeping-hold", **{"what": over.file_number} | GROUND | sent)[1]
    assert LegalHold.objects.count() == 0


def test_the_file_goes_once_its_number_was_written_again(desk, over):
    desk.sit("approver")
    page = desk.look("household-erase", over.pk)
    for words in ("销毁后没有的", "入户.jpg", "留着的", "谁也打不开"):
        assert words in page
    status, page = desk.post("household-erase", over.pk, number="GX1")
    assert (status, "没有销毁" in page) == (422, True)
    assert Household.objects.get(pk=over.pk).worker_name
    status, page = desk.post("household-erase", over.pk, number=over.file_number)
    assert (status, "和 1 份材料" in page) == (200, True)
    assert over.file_number in page.split('id="past"')[1]
    page = desk.look("household", over.pk)
    assert "已销毁" in page
    assert "韦秀兰" not in page
    assert "已到期销毁" in desk.post("keeping-hold", what=over.file_number, **GROUND)[1]
    assert not LegalHold.objects.exists()


def test_before_its_day_the_page_says_until_when_and_offers_nothing(desk, over, monkeypatch, at):
    monkeypatch.setattr(timezone, "now", lambda: at)
    desk.sit("approver")
    assert "没有到期的档案" in desk.look("keeping")
    page = desk.look("household-erase", over.pk)
    assert "保存期没有满" in page
    assert 'name="number"' not in page
    assert "保存期没有满" in desk.post("household-erase", over.pk, number=over.file_number)[1]


def test_another_citys_auditor_sees_none_of_it_and_lifts_nothing(desk, over, other_city):
    documents.keep_file_back(over.file_number, documents.Ground("查", "1号"), officer="liang", at=OVER)
    desk.sit("auditor", "莫二", other_city)
    page = desk.look("keeping")
    assert over.file_number not in page
    assert desk.post("keeping-lift", hold=LegalHold.objects.get().pk)[0] == 404
    assert "您的范围里没有" in desk.post("keeping-hold", what=over.file_number, **GROUND)[1]


def test_a_county_keeps_none_of_the_citys_vouchers(desk, town, city, monkeypatch):  # noqa: F811
    voucher = PaymentBatch.objects.select_related("document").get()
    hold = documents.keep_back(voucher.document, documents.Ground("市里查账", "9号"), officer="liang", at=OVER)
    monkeypatch.setattr(timezone, "now", lambda: OVER.replace(year=2049))
    desk.sit("auditor", "莫二", Organisation.objects.get(code="450422"))
    assert "市里查账" not in desk.look("keeping")
    assert desk.post("keeping-lift", hold=hold.pk)[0] == 404
    assert desk.post("keeping-erase", paper=voucher.document_id)[0] == 404
    assert "您的范围里没有" in desk.post("keeping-hold", what=voucher.number, **GROUND)[1]
    desk.sit("auditor", "覃三", city)
    assert "市里查账" in desk.look("keeping")
    assert "保全解除了" in desk.post("keeping-lift", hold=hold.pk)[1]
    assert voucher.document.name in desk.look("keeping").split('id="vouchers"')[-1]
    assert "销毁了" in desk.post("keeping-erase", paper=voucher.document_id)[1]
    assert Erasure.objects.get().document_id == voucher.document_id


def test_a_paper_of_a_file_is_never_erased_by_itself(desk, over, monkeypatch):
    paper = FileEntry.objects.filter(paper__isnull=False).first().paper
    monkeypatch.setattr(timezone, "now", lambda: OVER.replace(year=2049))
    officer = desk.sit("approver").one
    assert retention.kept_of(paper).until < timezone.localdate()
    assert retention.vouchers_over(officer, today=timezone.localdate(), most=50) == []
    assert desk.post("keeping-erase", paper=paper.pk)[0] == 404
    assert not Erasure.objects.exists()


def test_no_more_vouchers_are_asked_for_their_term_than_the_page_shows(town, at, monkeypatch):  # noqa: F811
    batch = PaymentBatch.objects.get()
    for number in range(3):
        one = documents.store(b"%d" % number, name="回单.pdf", media_type="application/pdf", officer="lu", at=at)
        BankReply.objects.create(batch=batch, number=number + 7, document=one, dated=at.date(), taken_by="lu", at=at)
    asked, of = [], retention.kept_of
    monkeypatch.setattr(retention, "kept_of", lambda one: asked.append(one) or of(one))
    today = OVER.replace(year=2049).date()
    assert len(retention.vouchers_over(town.office.qin, today=today, most=2)) == len(asked) == 2


def test_the_page_asks_few_questions_however_much_is_held(desk, over, client, django_assert_max_num_queries):
    desk.sit("auditor", "梁")
    for number in range(9):
        documents.keep_file_back(over.file_number, documents.Ground("查", f"{number}号"), officer="qin", at=OVER)
    with django_assert_max_num_queries(32):
        assert client.get(reverse("keeping")).status_code == 200


def test_the_key_of_an_erased_file_is_offered_once_its_case_is_over(desk, town, monkeypatch):  # noqa: F811
    answered(town.office)
    case = town.of(1)
    Life(case.household, town.office.at).verb(actions.leave, word="脱困")
    desk.sit("approver")
    page = desk.look("household-erase", case.household_id)
    for told in (case.reference, "到 2047-12-31", "尚未核对原文"):
        assert told in page
    desk.post("household-erase", case.household_id, number=case.household.file_number)
    assert "可以毁的钥匙" not in desk.look("keeping")
    assert "保存到 2047-12-31" in desk.post("keeping-key", file=str(case.household_id))[1]
    monkeypatch.setattr(timezone, "now", lambda: AFTER)
    desk.sit("approver", "龚")
    assert case.household.file_number in desk.look("keeping").partition("可以毁的钥匙")[2].partition("在保全的")[0]
    assert "钥匙毁了" in desk.post("keeping-key", file=str(case.household_id))[1]
    assert "可以毁的钥匙" not in desk.look("keeping")
    assert case.reference in desk.look("application", case.reference)  # opens, and says less
