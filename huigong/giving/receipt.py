"""捐助收据: what was given, in words and figures, with the wish. It draws no seal and names no family."""

from huigong.documents.official import OfficialPaper
from huigong.giving.models import Donation
from huigong.values import capital_amounts, money
from huigong.values.money import Fen
from huigong.values.text import visible


def receipt(donation: Donation) -> bytes:
    office = donation.campaign.federation.name
    paper = OfficialPaper("捐助收据", author=office, day=donation.received_on)
    paper.addressee(f"收据号：{donation.number}")
    paper.paragraph(
        f"今收到{visible(donation.donor)}捐助金秋助学资金人民币{capital_amounts.in_capitals(Fen(donation.fen))}"
        f"（¥{money.for_people(donation.fen)}）。"
    )
    if donation.wish:
        paper.paragraph(f"捐助意愿：{visible(donation.wish)}。")
    paper.paragraph("这笔资金单独记账，用途和结余可随时查询；受助家庭的姓名和困难不向捐助人提供。")
    paper.signature(f"{office}（盖章）", donation.received_on)
    return paper.content()
