"""付款凭证 and 告知书: one page a payment, the sum in words, no whole card, nothing of the student."""

import io

import docx
import pytest

from huigong.payments.models import PaymentBatch
from huigong.payments.payment_list import payment_list
from huigong.payments.tests.bank import NO, OK, Bank
from huigong.payments.vouchers import told_of_payments, vouchers
from huigong.quotas.models import FundSource
from huigong.values.sentence import SaidError


@pytest.fixture
def batch(city, at):
    bank = Bank(city, at)
    return bank.pay(bank.order(1), bank.order(2, fen=123_405))


def text_of(paper):
    document = docx.Document(io.BytesIO(paper.content()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_voucher_a_payment_with_its_sum_in_words(batch, at):
    text = text_of(vouchers(batch, at.date()))
    assert text.count("付款凭证") == 2
    assert "人民币叁仟元整" in text
    assert "人民币壹仟贰佰叁拾肆元零伍分" in text
    assert f"{batch.number}-0002" in text


@pytest.mark.parametrize("make", [vouchers, told_of_payments])
def test_no_whole_card_number_is_printed(batch, at, make):
    text = text_of(make(batch, at.date()))
    for row in batch.payments.all():
        assert row.card.plain() not in text
        assert row.card.plain()[-4:] in text


def test_a_letter_speaks_to_the_worker_and_asks_for_nothing(batch, at):
    text = text_of(told_of_payments(batch, at.date()))
    assert "韦秀兰同志：" in text
    assert "不会在电话和短信里要卡号" in text


def test_what_came_back_is_promised_to_nobody(city, at):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1), bank.order(2), bank.order(3))
    bank.take(batch, bank.file(batch, OK, NO, OK))
    batch.payments.filter(position=3).update(status="bounced")

    letters, papers = text_of(told_of_payments(batch, at.date())), text_of(vouchers(batch, at.date()))

    assert [name in letters for name in ("韦秀兰", "黄桂芳", "陆建国")] == [True, False, False]
    assert [name in papers for name in ("韦秀兰", "黄桂芳", "陆建国")] == [True, False, True]
    assert "退汇" in papers
    assert letters.count("助学金发放告知书") == 1


@pytest.mark.parametrize("make", [vouchers, told_of_payments])
def test_where_nothing_was_paid_that_is_said(city, at, make):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1))
    bank.take(batch, bank.file(batch, NO))
    with pytest.raises(SaidError, match="都没付成"):
        make(batch, at.date())


def test_the_letter_and_the_voucher_say_who_pays(city, at):
    bank = Bank(city, at, "treasury")
    batch = bank.pay(bank.order(1))
    letters, papers = text_of(told_of_payments(batch, at.date())), text_of(vouchers(batch, at.date()))
    assert "由财政部门转入" in letters
    assert "银行" not in letters
    assert "财政代发" in papers


def test_a_source_is_printed_by_its_name(batch, at):
    FundSource.objects.create(code="regional-2017", name="自治区助学专项")
    for paper in (vouchers(batch, at.date()), payment_list(PaymentBatch.objects.get(), at.date())):
        assert "自治区助学专项" in text_of(paper)
        assert "regional-2017" not in text_of(paper)
