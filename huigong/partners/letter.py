"""函: what an exchange rests on, printed to be numbered, signed and sealed. It names no person of ours."""

from datetime import date

from huigong.documents.official import OfficialPaper
from huigong.partners.models import Exchange
from huigong.values.text import visible


def letter(exchange: Exchange, *, fingerprint: str, day: date) -> bytes:
    """A docx in official layout: basis, what is compared, what either side learns and does not, the fingerprint to be compared."""
    office, partner = exchange.federation.name, visible(exchange.partner)
    paper = OfficialPaper("关于协助开展资助信息比对的函", author=office, day=day)
    paper.addressee(f"文号：{visible(exchange.letter_number)}                签发人：")
    paper.addressee(f"{partner}：")
    paper.paragraph(
        f"为避免困难职工家庭子女重复资助、漏助，依据{visible(exchange.basis)}，商请贵单位就“{visible(exchange.programme)}”"
        f"与我单位比对资助名单（比对编号 {exchange.number}），人数不超过 {exchange.most} 人，{_day(exchange.until)}前完成。"
    )
    paper.paragraph(
        "比对采用盲比：双方交换的文件里没有姓名和号码，比完双方只知道两边都有的人和对方的项目名称，"
        "以及对方名单、各项目的人数。它防好奇，不防造假：请勿把不在名单上的号码放进去试。"
    )
    paper.paragraph(f"我单位签名指纹：{fingerprint}。请在复函上写明贵单位的指纹，两边核对一致后再往下做。")
    paper.paragraph(
        f"比对结果只用于核查重复资助，不作他用、不公开；密钥和名单 {_day(exchange.delete_on)}前销毁，留有记录。"
    )
    paper.signature(f"{office}（盖章）", day)
    return paper.content()


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
