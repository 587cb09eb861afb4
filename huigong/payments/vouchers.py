"""付款凭证 and 发放告知书: one page a payment of a batch, as a bundle to be printed. Cards show their last digits only.

A voucher stands for money that left, so what was never paid has none; what came back says so. A letter promises money, so
whatever came back, or never left, has none.
"""

from collections.abc import Collection
from datetime import date

from huigong.documents.official import OfficialPaper
from huigong.payments.lifecycle import CAME_BACK, FAILED, WITHDRAWN, WORDS
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.queries import card_masked
from huigong.quotas.source_names import name_of
from huigong.values import money
from huigong.values.capital_amounts import in_capitals
from huigong.values.sentence import SaidError, Sentence

_VOUCHER, _TOLD = "付款凭证", "助学金发放告知书"


def vouchers(batch: PaymentBatch, day: date) -> OfficialPaper:
    """A voucher a payment: to whom, how much in words, by which batch, with rooms for the signatures. Raises SaidError for none."""
    office = batch.campaign.federation.name
    paper = OfficialPaper(_VOUCHER, author=office, day=day)
    source = name_of(batch.fund_source)
    for number, row in enumerate(_payments(batch, {FAILED, WITHDRAWN}, _VOUCHER)):
        if number:
            paper.sheet(_VOUCHER)
        paper.small(f"编号 {batch.number}-{row.position:04d}　活动 {batch.campaign.code}")
        paper.table(("事项", "内容"), _voucher_rows(batch, row, source), widths=(2, 7))
        paper.small(f"经办：{'　' * 6}审核：{'　' * 6}财务：{'　' * 6}负责人：")
        paper.signature(f"{office}（盖章）", day)
    return paper


def told_of_payments(batch: PaymentBatch, day: date) -> OfficialPaper:
    """A letter to each worker of the batch: how much, to which card, and whom to ask. No cause of hardship, no student.

    Raises SaidError where nobody of the batch is to be told.
    """
    office = batch.campaign.federation.name
    paper = OfficialPaper(_TOLD, author=office, day=day)
    payer = "银行" if batch.document_id else "财政部门"
    for number, row in enumerate(_payments(batch, CAME_BACK, _TOLD)):
        if number:
            paper.sheet(_TOLD)
        paper.addressee(f"{row.payee_name}同志：")
        amount = f"{money.for_people(row.fen)} 元（大写：人民币{in_capitals(row.fen)}）"
        paper.paragraph(
            f"您家申请的{batch.campaign.year}年金秋助学（案号 {row.case_reference}）已批准，助学金 {amount}。"
        )
        card = card_masked(row)
        paper.paragraph(
            f"这笔钱由{payer}转入您的惠工卡（{card}）。十个工作日没有收到，请带身份证和卡到报名的工会核对。"
        )
        paper.paragraph("工会不会在电话和短信里要卡号、密码和验证码，也不收任何费用。")
        paper.signature(f"{office}（盖章）", day)
    return paper


def _voucher_rows(batch: PaymentBatch, row: Payment, source: str) -> list[tuple[str, str]]:
    return [
        ("收款人", row.payee_name),
        ("卡号", card_masked(row)),
        ("金额", f"{money.for_people(row.fen)} 元"),
        ("大写", f"人民币{in_capitals(row.fen)}"),
        ("用途", f"{batch.campaign.year}年金秋助学"),
        ("资金来源", source),
        ("付款", "银行代发" if batch.document_id else "财政代发"),
        ("案号", f"{row.case_reference}（第 {row.attempt} 次）"),
        ("批次", f"{batch.number}，第 {row.position} 笔"),
        ("结果", WORDS[row.status][0]),
    ]


def _payments(batch: PaymentBatch, without: Collection[str], paper: str) -> list[Payment]:
    rows = list(batch.payments.exclude(status__in=without).order_by("position"))
    if not rows:
        raise SaidError(
            Sentence(
                "nothing_to_print",
                f"批次 {batch.number} 没有要出{paper}的：里面的都没付成、收回或者退回了。没付成的再付以后，在新的批次里打印。",
                f"Batch {batch.number} has nobody to print for: none of its payments stands. What failed is printed with the batch "
                "that pays it again.",
            )
        )
    return rows
