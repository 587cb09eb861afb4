"""付款凭证 and 告知书: one page a payment, the sum in words, no whole card, nothing of the student."""

import io

import docx
import pytest

from huigong.payments.tests.bank import Bank
from huigong.payments.vouchers import told_of_payments, vouchers


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
