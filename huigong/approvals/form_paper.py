"""The approval form on paper (审批表): what is asked, by which decision, and a box for each signature. It draws no seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from huigong.approvals.models import Approval, Box
from huigong.approvals.queries import states_of
from huigong.documents.official import OfficialPaper
from huigong.organisations.queries import names_of
from huigong.quotas.source_names import name_of
from huigong.values import money
from huigong.values.capital_amounts import in_capitals


@dataclass(frozen=True, slots=True)
class FormLine:
    """One case as the form lists it."""

    reference: str
    worker: str
    unit: str
    fen: int


def approval_form(approval: Approval, lines: Sequence[FormLine], day: date) -> OfficialPaper:
    """In the layout of official documents."""
    office, total = approval.campaign.federation.name, approval.declared_fen
    paper = OfficialPaper("金秋助学资金审批表", author=office, day=day)
    paper.small(f"编号 {approval.number}　活动 {approval.campaign.code}　资金来源 {name_of(approval.fund_source)}")
    held = approval.held_on
    rows = [
        ("件数、总额", f"{approval.declared_count} 件，{money.for_people(total)} 元"),
        ("大写", f"人民币{in_capitals(total)}"),
        ("集体研究", f"{approval.minutes}，{held.year}年{held.month}月{held.day}日"),
        ("参加人", approval.attendees),
    ]
    paper.table(("事项", "内容"), rows, widths=(2, 7))
    paper.heading("审批意见")
    paper.table(("栏", "意见", "签名", "日期"), _boxes(approval), widths=(2, 5, 3, 3))
    paper.heading("名单")
    paper.table(
        ("序号", "案号", "职工", "单位", "金额（元）"),
        (
            (str(number), line.reference, line.worker, line.unit, money.for_people(line.fen))
            for number, line in enumerate(lines, 1)
        ),
        widths=(1, 4, 2, 4, 2),
    )
    paper.signature(f"{office}（盖章）", day)
    return paper


def _boxes(approval: Approval) -> list[tuple[str, str, str, str]]:
    """What stands in a box already is printed, and the others are left to be written by hand."""
    states = states_of(approval)
    names = names_of(one.opinion.given_by for one in states if one.opinion)
    return [
        (
            Box(one.box).label,
            one.opinion.words.plain() if one.opinion else "",
            names.get(one.opinion.given_by, one.opinion.given_by) if one.opinion else "",
            f"{timezone.localdate(one.opinion.at)}" if one.opinion else "　　年　月　日",
        )
        for one in states
    ]
