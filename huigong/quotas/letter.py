"""The drafted letter of a move of places (指标下达函 and the others), in the layout of official documents. It draws no seal."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.documents.official import OfficialPaper
from huigong.quotas.models import PlaceMove
from huigong.values.text import visible

_TITLES = {
    PlaceMove.Kind.ISSUE: "关于下达助学指标的函",
    PlaceMove.Kind.RETURN: "关于退回助学指标的函",
    PlaceMove.Kind.TRANSFER: "关于调剂助学指标的函",
    PlaceMove.Kind.RECLAIM: "关于收回助学指标的函",
}


def letter(move: PlaceMove) -> bytes:
    """A docx that leaves room for number, signer and seal."""
    day, giver, taker = timezone.localdate(move.at), move.giver.name, move.taker.name
    sender, reader = _ends(move)
    paper = OfficialPaper(_TITLES[PlaceMove.Kind(move.kind)], author=sender, day=day)
    paper.addressee("文号：〔    〕  号                签发人：")
    paper.addressee(f"{reader}：")
    what = f"{move.places} 个名额（资金来源：{move.fund_source.name}）"
    paper.paragraph(
        {
            PlaceMove.Kind.ISSUE: f"现从我单位指标中下达你单位金秋助学{what}。请按通知规定的对象和程序使用，不得超出。",
            PlaceMove.Kind.RETURN: f"我单位现将金秋助学{what}退回你单位，请收回统筹。",
            PlaceMove.Kind.TRANSFER: f"经研究，现将{giver}的金秋助学{what}调剂给{taker}使用，请两单位据此调整。",
            PlaceMove.Kind.RECLAIM: f"经研究，现收回你单位尚未使用的金秋助学{what}。",
        }[PlaceMove.Kind(move.kind)]
    )
    if move.reason:
        paper.paragraph(f"事由：{visible(move.reason)}。")
    paper.paragraph(f"活动编号 {move.campaign.code}，指标流转第 {move.number} 号。")
    paper.signature(f"{sender}（盖章）", day)
    return paper.content()


def table_letter(
    campaign: Campaign, source: str, rows: Sequence[tuple[str, int | None, int]], *, sender: str, day: date
) -> bytes:
    """The drafted letter of a table that changes several at once: name, places before and after."""
    paper = OfficialPaper("关于调整助学指标分配的函", author=sender, day=day)
    paper.addressee("文号：〔    〕  号                签发人：")
    paper.addressee("各有关工会：")
    paper.paragraph(
        f"经研究，对 {campaign.code} 活动的金秋助学名额（资金来源：{source}）作如下调整，请按调整后的名额使用，不得超出。"
    )
    told = [
        [visible(name), str(before or 0), str(after), f"{after - (before or 0):+d}"] for name, before, after in rows
    ]
    paper.table(["单位", "原名额", "现名额", "增减"], told, widths=(6, 2, 2, 2))
    paper.signature(f"{sender}（盖章）", day)
    return paper.content()


def _ends(move: PlaceMove) -> tuple[str, str]:
    """Who writes to whom: a reclaim is written by the one who takes back, a transfer by the one above both."""
    if move.kind == PlaceMove.Kind.RECLAIM:
        return move.taker.name, move.giver.name
    if move.kind == PlaceMove.Kind.TRANSFER:
        above = move.giver.parent
        return (above.name if above else move.giver.name), f"{move.giver.name}、{move.taker.name}"
    return move.giver.name, move.taker.name
