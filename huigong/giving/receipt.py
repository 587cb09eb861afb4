"""捐助收据: what was given, in words and figures, with the wish. It draws no seal and names no family.

Of a gift that was booked wrongly there are two papers: the receipt, void from then on, and the one that takes it back.
"""

from django.utils import timezone

from huigong.documents.official import OfficialPaper
from huigong.giving.models import Donation
from huigong.values import capital_amounts, money
from huigong.values.money import Fen
from huigong.values.text import visible


def receipt(donation: Donation) -> bytes:
    """The receipt of a gift, or, of an entry that takes one back, the paper that says so."""
    return _taking_back(donation, donation.takes_back) if donation.takes_back else _of_gift(donation)


def _of_gift(donation: Donation) -> bytes:
    back = Donation.objects.filter(takes_back=donation).first()
    office = donation.campaign.federation.name
    paper = OfficialPaper("捐助收据（作废）" if back else "捐助收据", author=office, day=donation.received_on)
    paper.addressee(f"收据号：{donation.number}")
    if back:
        paper.paragraph(f"本收据已由 {back.number} 冲回，作废。原因：{visible(back.reason)}。")
    paper.paragraph(f"今收到{visible(donation.donor)}捐助金秋助学资金{_sum_of(donation)}。")
    if donation.wish:
        paper.paragraph(f"捐助意愿：{visible(donation.wish)}。")
    paper.paragraph("这笔资金单独记账，用途和结余可随时查询；受助家庭的姓名和困难不向捐助人提供。")
    paper.signature(f"{office}（盖章）", donation.received_on)
    return paper.content()


def _taking_back(back: Donation, first: Donation) -> bytes:
    office, day = back.campaign.federation.name, timezone.localdate(back.at)
    paper = OfficialPaper("捐助收据冲回单", author=office, day=day)
    paper.addressee(f"冲回单号：{back.number}")
    paper.paragraph(
        f"{first.number}号收据（{visible(first.donor)}，{first.received_on:%Y年%m月%d日}，{_sum_of(first)}）记错，整笔冲回，该收据作废。"
    )
    paper.paragraph(f"原因：{visible(back.reason)}。")
    paper.paragraph("已经交给捐助人的收据请收回，与本单一并存档；应记的另开收据。")
    paper.signature(f"{office}（盖章）", day)
    return paper.content()


def _sum_of(donation: Donation) -> str:
    return f"人民币{capital_amounts.in_capitals(Fen(donation.fen))}（¥{money.for_people(donation.fen)}）"
