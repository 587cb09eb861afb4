"""The payment list for signatures says the batch's count and total, in figures and in 大写, and no whole card."""

import io

import docx

from huigong.payments.payment_list import payment_list
from huigong.payments.tests.bank import Bank


def test_the_list_is_the_batch_with_its_total_in_words(city, at):
    bank = Bank(city, at, "treasury")
    batch = bank.pay(bank.order(1), bank.order(2, fen=150_050))
    made = payment_list(batch, at.date()).content()
    paper = docx.Document(io.BytesIO(made))
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert [row[2] for row in cells[1:]] == ["韦秀兰", "黄桂芳"]
    assert [row[4] for row in cells[1:]] == ["3,000", "1,500.50"]
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "合计 2 笔，4,500.50 元（大写：人民币肆仟伍佰元零伍角整）" in text
    cards = [row.card.plain() for row in batch.payments.all()]
    assert not any(card in str(cells) for card in cards)
    assert made == payment_list(batch, at.date()).content()
