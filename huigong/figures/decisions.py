"""decisions.json and decisions.xlsx: every row that became a case, with its verdict, place and cited findings. Masked."""

import json
from collections.abc import Iterator
from datetime import date

from huigong.documents.workbooks import Cell, Sheet, Yuan, workbook
from huigong.figures.standing import Standing
from huigong.intake.models import FormRow
from huigong.rules.deciding import Finding
from huigong.rules.sentences import CURABLE, MET, NOT_MET, UNKNOWN
from huigong.studentaid.lifecycle import WORDS
from huigong.studentaid.models import Application
from huigong.studentaid.reasons import why

OUTCOMES = {MET: "符合", NOT_MET: "不符", CURABLE: "待补", UNKNOWN: "不清楚"}


def as_json(standing: Standing, _day: date) -> Iterator[bytes]:
    """One entry a row, streamed. A row that was merged into an earlier one has no place and no amount of its own."""
    said: dict[int, str] = {}
    yield b"["
    between = ""
    for row, one, is_first in _cases(standing):
        findings = standing.findings.get(one.pk, ())
        place = is_first and standing.has_place(one)
        told = {
            "reference": one.reference,
            "form": row.form.name,
            "row": row.number,
            "verdict": one.verdict or "incomplete",
            "rank": one.rank if is_first else None,
            "place": place,
            "amount_fen": one.amount_fen if place else None,
            "status": one.status,
            "merged_into": None if is_first else one.reference,
        }
        head = json.dumps(told, ensure_ascii=False)[:-1]
        inner = ", ".join(_said(finding, said) for finding in findings)
        yield f'{between}\n{head}, "findings": [{inner}]}}'.encode()
        between = ","
    yield b"\n]\n"


def as_workbook(standing: Standing, day: date) -> Iterator[bytes]:
    """A line a case and a column a criterion, so that a list can be filtered by what is missing."""
    uses = standing.circular.criteria
    headings = [
        "案号",
        "登记表",
        "行",
        "单位",
        "学生",
        "就读阶段",
        "结论",
        "现状",
        "名次",
        "有名额",
        "金额（元）",
        "为什么",
    ]
    rows = (_line(standing, row, one, is_first) for row, one, is_first in _cases(standing))
    widths = (20, 24, 6, 26, 10, 16, 10, 12, 6, 8, 12, 60, *(14 for _ in uses))
    sheet = Sheet(
        "认定",
        [*headings, *(f"{use.label}\n{use.clause}" for use in uses)],
        rows,
        widths=widths,
        notes=[
            f"依据 {standing.circular.head.number} 及补充通知，摘要 {standing.circular.digest[:16]}。",
            "每条判断的依据条款在标题里；合并进前一行的，名额和金额只记一次。",
        ],
    )
    yield workbook([sheet], title=f"{standing.campaign.code} 认定", day=day)


def _cases(standing: Standing) -> Iterator[tuple[FormRow, Application, bool]]:
    """Rows that are cases, by form and row."""
    for row in standing.rows:
        found = standing.case_of_row.get(row.pk)
        if found is not None:
            yield row, *found


def _said(finding: Finding, said: dict[int, str]) -> str:
    """A finding as JSON; equal facts share one finding, so most are written out once."""
    if id(finding) not in said:
        said[id(finding)] = json.dumps(finding.as_json(), ensure_ascii=False)
    return said[id(finding)]


def _line(standing: Standing, row: FormRow, one: Application, is_first: bool) -> list[Cell]:  # noqa: FBT001  as read
    findings = standing.findings.get(one.pk, ())
    place = is_first and standing.has_place(one)
    reason = why(one, findings, other_sources=standing.other_sources).sentence.zh
    outcome = {finding.criterion: OUTCOMES[finding.outcome] for finding in findings}
    return [
        one.reference,
        row.form.name,
        row.number,
        row.form.unit_name,
        one.student_name,
        standing.level_words(one),
        standing.verdict_words(one),
        WORDS[one.status][0],
        one.rank if is_first else None,
        "是" if place else "否",
        Yuan(one.amount_fen) if place and one.amount_fen else None,
        reason if is_first else f"同一学生，已并入 {one.reference} 的第一行。",
        *(outcome.get(use.name, "") for use in standing.circular.criteria),
    ]
