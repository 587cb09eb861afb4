"""发放花名册: the payments of a batch to be signed for, and the voucher's line in 大写. Cards show their last four digits only."""

from datetime import date

from huigong.documents.official import OfficialPaper
from huigong.payments.lifecycle import WITHDRAWN
from huigong.payments.models import PaymentBatch
from huigong.payments.queries import card_masked
from huigong.quotas.source_names import name_of
from huigong.values import money
from huigong.values.capital_amounts import in_capitals
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import visible

_WIDTHS = (5, 10, 12, 10, 8, 10)


def payment_list(batch: PaymentBatch, day: date) -> OfficialPaper:
    """In the layout of official documents, with rooms for signatures. It draws no seal.

    Raises SaidError for a batch that was taken back: nobody signs for money that stayed.
    """
    if batch.status == WITHDRAWN:
        raise SaidError(
            Sentence(
                "list_of_withdrawn",
                f"批次 {batch.number} 已收回，没有花名册可签；再付的在新的批次里。",
                f"Batch {batch.number} was taken back: there is no list to sign; what is paid again stands in a new batch.",
            )
        )
    office = batch.campaign.federation.name
    paper = OfficialPaper("金秋助学资金发放花名册", author=office, day=day)
    paper.small(f"活动 {batch.campaign.code}　批次 {batch.number}　资金来源 {name_of(batch.fund_source)}")
    paper.table(
        ("序号", "案号", "收款人", "卡号尾号", "金额（元）", "签名"),
        (
            (
                str(row.position),
                row.case_reference,
                visible(row.payee_name),
                card_masked(row),
                money.for_people(row.fen),
                "",
            )
            for row in batch.payments.order_by("position")
        ),
        widths=_WIDTHS,
    )
    total = batch.declared_fen
    paper.paragraph(
        f"合计 {batch.declared_count} 笔，{money.for_people(total)} 元（大写：人民币{in_capitals(total)}）。"
    )
    paper.small(f"经办：{'　' * 8}审核：{'　' * 8}财务：{'　' * 8}负责人：")
    paper.signature(f"{office}（盖章）", day)
    return paper
