"""The papers of one student's file: form, decision, notice, approval, payments, what turned out otherwise, history.

Whole as the office holds them: an archive is for those who may open the file. Cards show their last digits even here.
"""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from huigong.approvals import queries as approvals
from huigong.audit import queries as audit
from huigong.circulars.queries import circular_of
from huigong.documents.official import OfficialPaper
from huigong.figures import case_turns
from huigong.intake.contents import row_read
from huigong.payments import queries as payments
from huigong.payments.lifecycle import WORDS as OF_PAYMENT
from huigong.payments.queries import card_masked
from huigong.publicnotices import queries as publicnotices
from huigong.registry.national import GENDERS
from huigong.rules.sentences import CURABLE, MET, NOT_MET, UNKNOWN
from huigong.studentaid import queries as studentaid
from huigong.studentaid.models import Application
from huigong.values import money
from huigong.values.capital_amounts import in_capitals

YEARS = {"file": 10, "voucher": 30}
"""How long a kind is kept: files ten years from their removal, vouchers thirty."""
_TURNS = (
    ("一次性告知", "file", case_turns.fill_told),
    ("异议和申诉", "file", case_turns.fill_objections),
    ("撤销和追回", "voucher", case_turns.fill_revoked),
)
_OUTCOMES = {MET: "符合", NOT_MET: "不符", CURABLE: "待补", UNKNOWN: "不清楚"}


def papers_of(one: Application, day: date) -> Iterator[tuple[str, str, OfficialPaper]]:
    """Title, kind (file or voucher) and paper, in the order of the way."""
    yield "申请登记", "file", _of_form(one, day)
    yield "逐条认定", "file", _of_decision(one, day)
    yield "公示", "file", _of_notice(one, day)
    yield "审批", "voucher", _of_approval(one, day)
    yield "发放", "voucher", _of_payments(one, day)
    for title, kind, fill in _TURNS:
        paper = _begun(one, title, day)
        if fill(one, paper):
            yield title, kind, paper
    yield "留痕", "file", _of_history(one, day)


def remarks_on(one: Application, count: int, day: date) -> OfficialPaper:
    """备考表: how many pieces there are, and rooms for whoever files and checks."""
    paper = _begun(one, "卷内备考表", day)
    paper.paragraph(f"本卷共 {count} 件，由系统按 {day:%Y-%m-%d} 的记录生成，摘要见卷内目录。")
    paper.paragraph("说明：")
    paper.small(f"立卷人：{'　' * 8}检查人：{'　' * 8}立卷日期：")
    return paper


def _of_form(one: Application, day: date) -> OfficialPaper:
    paper = _begun(one, "申请登记", day)
    definition = circular_of(one.campaign).form
    labels = {field.name: field.label for field in definition.fields} if definition else {}
    for submission in studentaid.submissions_of([one]).get(one.pk, []):
        row = submission.row
        paper.small(f"{row.form.name}　第 {row.number} 行　{row.form.unit_name}　{row.form.received_on or ''}")
        told = [
            (labels.get(name, name), GENDERS.get(str(value), str(value)))
            for name, value in row_read(row).values.items()
            if value is not None
        ]
        paper.table(("栏目", "内容"), told, widths=(3, 6))
    return paper


def _of_decision(one: Application, day: date) -> OfficialPaper:
    paper = _begun(one, "逐条认定", day)
    rows = [
        (finding.printed or finding.clause, _OUTCOMES[finding.outcome], finding.sentence.zh)
        for finding in studentaid.findings_of([one]).get(one.pk, ())
    ]
    paper.table(("条款", "结果", "说明"), rows, widths=(3, 1, 6))
    return paper


def _of_notice(one: Application, day: date) -> OfficialPaper:
    paper = _begun(one, "公示", day)
    notice = publicnotices.notices_on([one.reference]).get(one.reference)
    if notice is not None:
        paper.paragraph(
            f"公示 {notice.number}，{notice.first_day} 至 {notice.last_day}（当天还算），依据 {notice.clause}。"
        )
    return paper


def _of_approval(one: Application, day: date) -> OfficialPaper:
    paper = _begun(one, "审批", day)
    for award in one.awards.select_related("revocation").order_by("at"):
        revocation = getattr(award, "revocation", None)
        ended = f"（{timezone.localdate(revocation.at)} 撤销）" if revocation else ""
        paper.paragraph(
            f"集体研究：{award.minutes}。批准 {money.for_people(award.fen)} 元（人民币{in_capitals(award.fen)}）{ended}。"
        )
    for form in approvals.approvals_by_which(one.reference):
        told = [
            (state.word, state.opinion.words.plain(), state.opinion.given_by, f"{timezone.localdate(state.opinion.at)}")
            for state in approvals.states_of(form)
            if state.opinion is not None
        ]
        paper.small(form.number)
        paper.table(("栏", "意见", "签字人", "日期"), told, widths=(1, 4, 2, 2))
    return paper


def _of_payments(one: Application, day: date) -> OfficialPaper:
    paper = _begun(one, "发放", day)
    rows = [
        (
            str(row.attempt),
            f"{row.batch.number} #{row.position}",
            f"{row.payee_name} {card_masked(row)}",
            money.for_people(row.fen),
            OF_PAYMENT[row.status][0],
        )
        for row in payments.payments_of(one.reference)
    ]
    paper.table(("次", "批次", "收款人", "金额（元）", "结果"), rows, widths=(1, 4, 3, 2, 2))
    return paper


def _of_history(one: Application, day: date) -> OfficialPaper:
    paper = _begun(one, "留痕", day)
    rows = [
        (str(told.sequence), f"{timezone.localtime(told.at):%Y-%m-%d %H:%M}", told.actor, told.action)
        for told in audit.history(one.reference)
    ]
    paper.table(("序号", "时间", "谁", "事件"), rows, widths=(1, 3, 2, 4))
    return paper


def _begun(one: Application, title: str, day: date) -> OfficialPaper:
    paper = OfficialPaper(title, author=one.campaign.federation.name, day=day)
    paper.small(f"案号 {one.reference}　学生 {one.student_name}　职工 {one.worker_name}　{one.unit_name}")
    return paper
