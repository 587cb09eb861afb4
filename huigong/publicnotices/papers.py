"""Two papers around a board: the statement that the unit stamps and sends back, and the slips by which families find their line."""

from collections.abc import Sequence
from dataclasses import dataclass

from huigong.documents.official import OfficialPaper
from huigong.publicnotices.models import PublicNotice
from huigong.rules.circular import Head

_TO_FILL = "　　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class Slip:
    """What one family needs: who gets it, the case and the code."""

    worker: str
    case_reference: str
    code: str


def statement(head: Head, notice: PublicNotice, unit: str, lines: int) -> bytes:
    """公示情况说明, to be filled in by hand and stamped. It draws no seal."""
    paper = OfficialPaper("公示情况说明", author=unit, day=notice.last_day)
    paper.addressee(f"{head.receiving_desk or head.issuer}：")
    paper.paragraph(
        f"按照{head.number}，我单位于{_TO_FILL}至{_TO_FILL}，在____________________张贴了公示（公示号 {notice.number}），"
        f"公示本单位拟受资助职工 {lines} 人次。公示期按“{notice.rule}”为 {notice.working_days} 个工作日，"
        f"即 {notice.first_day} 至 {notice.last_day}。"
    )
    paper.paragraph("公示期间：□ 没有收到异议。　□ 收到异议　　件，已转报受理单位。")
    paper.paragraph("现场照片附后（照片要看得清张贴的地方和公示号，不要拍到旁人）。公示期满已取下：□ 是　□ 否。")
    paper.paragraph("经办人（签字）：　　　　　　　　联系电话：")
    paper.signature(f"{unit}（盖章）", notice.last_day)
    return paper.content()


def slips(head: Head, notice: PublicNotice, own: Sequence[Slip], *, address: str) -> bytes:
    """One line a family, to be cut apart and handed over in person."""
    paper = OfficialPaper("公示查询单", author=head.issuer, day=notice.first_day)
    paper.paragraph(
        f"公示号 {notice.number}，公示期 {notice.first_day} 至 {notice.last_day}。请沿线裁开，当面交给职工本人，不要张贴，也不要发群。"
    )
    paper.paragraph(f"职工凭案号和查询码，在 {address} 可以查到自己家是哪一行。查询码只能看自己的这一行。")
    paper.table(
        ["职工", "案号", "查询码"],
        [[one.worker, one.case_reference, f"{one.code[:4]} {one.code[4:]}"] for one in own],
        widths=(3, 5, 3),
    )
    return paper.content()
