"""The notice for the unit's board, as an official paper: the worker's name with one character starred, unit, kind, amount.

It leaves room for number, signer and seal. No student and no cause of hardship: neighbours learn that aid is given, not why.
"""

import io
from collections.abc import Sequence
from datetime import date

import segno

from huigong.documents.official import OfficialPaper
from huigong.publicnotices.models import NoticeLine, PublicNotice
from huigong.rules.circular import Head
from huigong.values import money


def sheet(head: Head, notices: Sequence[PublicNotice], lines: Sequence[NoticeLine], *, address: str = "") -> bytes:
    """The docx, to be printed for the board."""
    return paper_of(head, notices, lines, address=address).content()


def paper_of(
    head: Head, notices: Sequence[PublicNotice], lines: Sequence[NoticeLine], *, address: str = ""
) -> OfficialPaper:
    """For all notices of a campaign, or for the lines of one unit; `address` is that of the web page, as a code."""
    day = notices[0].first_day
    paper = OfficialPaper(f"{head.year}年金秋助学拟资助职工公示", author=head.issuer, day=day)
    paper.addressee("文号：〔    〕  号                签发人：")
    paper.paragraph(
        f"按照{head.number}，经核对材料、依条款认定和在指标内排序，下列职工家庭拟获金秋助学资助，现予公示。"
    )
    for notice in notices:
        own = sorted((line for line in lines if line.notice_id == notice.id), key=lambda line: (line.unit, line.number))
        paper.heading(f"公示时间：{_day(notice.first_day)}至{_day(notice.last_day)}")
        paper.paragraph(f"共{notice.working_days}个工作日，依据：{notice.rule}。公示号：{notice.number}。")
        paper.paragraph(
            f"对公示内容有异议的，请在{_day(notice.last_day)}前（含当天）向{notice.objections_to}反映，"
            "口头、书面、不留姓名都可以，受理人负责保密。"
        )
        paper.table(
            ["单位", "职工", "帮扶类别", "金额（元）"],
            [[line.unit, line.worker, line.kind, money.for_people(line.fen)] for line in own],
            widths=(5, 2, 2, 2),
        )
        paper.small(f"合计{len(own)}人次，{money.for_people(sum(line.fen for line in own))}元。")
        paper.small(f"留痕检查点：第{notice.chain_sequence}条，{notice.chain_digest}")
    if address:
        paper.picture(code_of(address), width=32)
        paper.small(f"网上公示（到期自动取下）：{address}")
    paper.signature(f"{head.issuer}（盖章）", day)
    return paper


def code_of(address: str) -> bytes:
    """The address as a QR code (PNG)."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(drawn, kind="png", scale=6, border=4)
    return drawn.getvalue()


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
