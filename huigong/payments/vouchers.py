"""付款凭证 and 发放告知书: one page a payment of a batch, as a bundle to be printed. Cards show their last digits only."""

from datetime import date

from huigong.documents.official import OfficialPaper
from huigong.payments.lifecycle import WORDS
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.queries import card_masked
from huigong.values import money
from huigong.values.capital_amounts import in_capitals

_VOUCHER, _TOLD = "付款凭证", "助学金发放告知书"


def vouchers(batch: PaymentBatch, day: date) -> OfficialPaper:
    """A voucher a payment: to whom, how much in words, by which batch, with rooms for the signatures."""
    office = batch.campaign.federation.name
    paper = OfficialPaper(_VOUCHER, author=office, day=day)
    for row in _payments(batch):
        if row.position > 1:
            paper.sheet(_VOUCHER)
        paper.small(f"编号 {batch.number}-{row.position:04d}　活动 {batch.campaign.code}")
        paper.table(("事项", "内容"), _voucher_rows(batch, row), widths=(2, 7))
        paper.small(f"经办：{'　' * 6}审核：{'　' * 6}财务：{'　' * 6}负责人：")
        paper.signature(f"{office}（盖章）", day)
    return paper


def told_of_payments(batch: PaymentBatch, day: date) -> OfficialPaper:
    """A letter to each worker of the batch: how much, to which card, and whom to ask. No cause of hardship, no student."""
    office = batch.campaign.federation.name
    paper = OfficialPaper(_TOLD, author=office, day=day)
    for row in _payments(batch):
        if row.position > 1:
            paper.sheet(_TOLD)
        paper.addressee(f"{row.payee_name}同志：")
        amount = f"{money.for_people(row.fen)} 元（大写：人民币{in_capitals(row.fen)}）"
        paper.paragraph(
            f"您家申请的{batch.campaign.year}年金秋助学（案号 {row.case_reference}）已批准，助学金 {amount}。"
        )
        card = card_masked(row)
        paper.paragraph(f"这笔钱由银行转入您的惠工卡（{card}）。十个工作日没有收到，请带身份证和卡到报名的工会核对。")
        paper.paragraph("工会不会在电话和短信里要卡号、密码和验证码，也不收任何费用。")
        paper.signature(f"{office}（盖章）", day)
    return paper


def _voucher_rows(batch: PaymentBatch, row: Payment) -> list[tuple[str, str]]:
    return [
        ("收款人", row.payee_name),
        ("卡号", card_masked(row)),
        ("金额", f"{money.for_people(row.fen)} 元"),
        ("大写", f"人民币{in_capitals(row.fen)}"),
        ("用途", f"{batch.campaign.year}年金秋助学"),
        ("资金来源", batch.fund_source),
        ("案号", f"{row.case_reference}（第 {row.attempt} 次）"),
        ("批次", f"{batch.number}，第 {row.position} 笔"),
        ("结果", WORDS[row.status][0]),
    ]


def _payments(batch: PaymentBatch) -> list[Payment]:
    return list(batch.payments.order_by("position"))
