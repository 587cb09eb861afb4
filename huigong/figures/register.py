"""register.xlsx: every row that came in, where it stands and why; students who came twice; files that could not be read."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date

from huigong.documents.workbooks import Cell, Sheet, workbook
from huigong.figures.standing import Standing
from huigong.intake.lifecycle import WAITS, WORDS
from huigong.intake.models import FormReceived, FormRow
from huigong.rules.sentences import NOT_MET
from huigong.studentaid import lifecycle as cases
from huigong.studentaid.models import Application
from huigong.studentaid.reasons import why


def as_workbook(standing: Standing, day: date) -> Iterator[bytes]:
    """Three sheets: rows, students from several rows or households, files; a fourth where the run has remarks."""
    sheets = [_rows(standing), _same_student(standing), _files(standing)]
    if standing.remarks:
        sheets.append(Sheet("提示", ["提示"], ([one.zh] for one in standing.remarks), widths=(120,)))
    yield workbook(sheets, title=f"{standing.campaign.code} 登记台账", day=day)


def _rows(standing: Standing) -> Sheet:
    headings = [
        "登记表",
        "行",
        "单位",
        "学生",
        "家长",
        "结果",
        "案号",
        "现状",
        "为什么",
        "请看一眼",
        "户口所在县不同",
        "收到日期",
    ]
    return Sheet(
        "各行",
        headings,
        (_line(standing, row) for row in standing.rows),
        widths=(24, 6, 26, 10, 10, 14, 20, 14, 80, 50, 16, 12),
    )


def _line(standing: Standing, row: FormRow) -> list[Cell]:
    found = standing.case_of_row.get(row.pk)
    one = found[0] if found else None
    return [
        row.form.name,
        row.number,
        row.form.unit_name,
        row.student_name,
        row.parent_name,
        _result(row, one, merged=found is not None and not found[1]),
        one.reference if one else "",
        cases.WORDS[one.status][0] if one else "",
        _why(standing, row, one),
        _looks(standing, one),
        _elsewhere(one),
        row.form.received_on,
    ]


def _result(row: FormRow, one: Application | None, *, merged: bool) -> str:
    if one is None:
        return WORDS[row.status][0]
    return "收下，并入前一行" if merged else "收下"


def _why(standing: Standing, row: FormRow, one: Application | None) -> str:
    if one is not None:
        findings = standing.findings.get(one.pk, ())
        said = why(one, findings, other_sources=standing.other_sources).sentence.zh
        held = standing.holds.get(one.reference)
        return f"{said}暂停发放：{held}。" if held else said
    if row.waits_for:
        return f"{WAITS[row.waits_for][0]}。"
    return standing.errors.get(row.pk, "")


def _looks(standing: Standing, one: Application | None) -> str:
    """What decides nothing and still wants a glance: form and file differ, sex or age do not fit the number."""
    findings = standing.findings.get(one.pk, ()) if one else ()
    return "".join(found.sentence.zh for found in findings if found.means == "look" and found.outcome == NOT_MET)


def _elsewhere(one: Application | None) -> str:
    """Where the household lives, if that is not where the quota is drawn."""
    if one is None or one.household is None or one.household.federation_id == one.federation_id:
        return ""
    return one.household.county


def _same_student(standing: Standing) -> Sheet:
    """One student from two rows: merged where it is one household, for a person where it is two. Both units are told."""
    by_student: dict[str, list[Application]] = {}
    for one in standing.applications:
        by_student.setdefault(one.student_index, []).append(one)
    rows: list[list[Cell]] = []
    for group in by_student.values():
        sent = [(one, submission) for one in group for submission in standing.submissions.get(one.pk, ())]
        if len(sent) < 2:
            continue
        units = "、".join(dict.fromkeys(submission.row.form.unit_name for _, submission in sent))
        answer = _answer(standing, group)
        rows += [
            [
                one.student_name,
                one.worker_name,
                one.household.file_number if one.household else "未建档",
                one.reference,
                submission.row.form.name,
                submission.row.number,
                submission.row.form.unit_name,
                answer,
                f"已告知：{units}",
            ]
            for one, submission in sent
        ]
    headings = ["学生", "家长", "职工编号", "案号", "登记表", "行", "单位", "怎么办", "告知"]
    return Sheet("同一学生", headings, rows, widths=(10, 10, 16, 20, 24, 6, 26, 40, 50))


def _answer(standing: Standing, group: list[Application]) -> str:
    if len(group) == 1:
        return "同一户，合并为一件"
    settled = standing.settled_households.get(group[0].student_index)
    if settled is not None:
        return f"两户都报，{settled[1]}已定由 {settled[0]} 申请（五(六)）"
    return "两户都报，请经办人选定由哪一户申请（五(六)）"


def _files(standing: Standing) -> Sheet:
    numbers = Counter(row.form_id for row in standing.rows)
    rows: list[list[Cell]] = [_file(form, numbers[form.pk]) for form in standing.forms]
    rows += [[skipped.name, "", None, "没有另收", skipped.sentence.zh, None] for skipped in standing.skipped]
    headings = ["文件", "单位", "行数", "结果", "说明", "填表日期"]
    return Sheet("文件", headings, rows, widths=(30, 26, 8, 12, 70, 12))


def _file(form: FormReceived, rows: int) -> list[Cell]:
    about = json.loads(form.about.plain()) if form.about else {"problems": []}
    words = "".join(f"{problem['message']}{problem['remedy']}" for problem in about["problems"])
    if form.unit_id is None and form.outcome == FormReceived.Outcome.READ:
        words += f"单位“{form.unit_name or '（没写）'}”不在单位表里，请核对后补进单位表。"
    return [form.name, form.unit_name, rows, form.get_outcome_display(), words, form.filled_on]
