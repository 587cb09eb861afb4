"""statistics.xlsx: the campaign's figures by federation, level and fund, each with the list of cases behind it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from huigong.documents.workbooks import Cell, Sheet, Yuan, workbook
from huigong.figures import gaps
from huigong.figures.counting import MEASURES, Figure, figures
from huigong.figures.standing import Standing
from huigong.rules.facts import in_words

_TITLES = {"federation": "按工会", "level": "按就读阶段", "fund": "按资金来源"}
_PER_CELL = 40


def as_workbook(standing: Standing, day: date) -> Iterator[bytes]:
    """A sheet a breakdown, the survey of the household files, and a sheet of lists to which every number points."""
    every = figures(standing)
    sheets = [_sheet(standing, breakdown, every) for breakdown in _TITLES]
    yield workbook(
        [*sheets, _money(standing), _survey(standing), _lists(every)], title=f"{standing.campaign.code} 统计", day=day
    )


def group_words(standing: Standing, breakdown: str, group: str) -> str:
    """A group as people call it."""
    if breakdown == "level":
        return in_words("education_level", None if group == "unknown" else group)[0]
    if breakdown == "fund":
        quota = standing.circular.quota
        is_own = quota is not None and quota.fund_source == group
        return quota.fund_source_name if quota and is_own else standing.source_names.get(group, group)
    return standing.federation_names.get(group, group)


def _sheet(standing: Standing, breakdown: str, every: Sequence[Figure]) -> Sheet:
    by_group: dict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in every:
        if figure.breakdown == breakdown:
            by_group[figure.group][figure.measure] = figure
    with_places = breakdown == "federation"
    headings = [_TITLES[breakdown], *(["指标"] if with_places else []), *(zh for zh, _, _ in MEASURES.values())]
    headings += ["有名额金额（元）", "已批准金额（元）", "已安排发放金额（元）"]
    rows: list[list[Cell]] = []
    for group, own in by_group.items():
        places: list[Cell] = [standing.places.get(group, 0)] if with_places else []
        rows.append([group_words(standing, breakdown, group), *places, *_numbers(own)])
    if rows:
        rows.append(["合计", *_totals(rows)])
    note = f"每个数对应“名单”表里同名的一组案号，如 {breakdown}/…/placed。口径：{standing.circular.head.number}及补充通知。"
    return Sheet(_TITLES[breakdown], headings, rows, widths=(24,), notes=[note])


def _numbers(own: dict[str, Figure]) -> list[Cell]:
    counted: list[Cell] = [len(own[measure].references) for measure in MEASURES]
    return [*counted, *(Yuan(own[measure].fen or 0) for measure in ("placed", "approved", "released"))]


def _totals(rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    totals: list[Cell] = []
    for column in list(zip(*rows, strict=True))[1:]:
        if isinstance(column[0], Yuan):
            totals.append(Yuan(sum(cell.fen for cell in column if isinstance(cell, Yuan))))
        else:
            totals.append(sum(cell for cell in column if isinstance(cell, int)))
    return totals


def _money(standing: Standing) -> Sheet:
    """One line a source: allotted = committed + elsewhere + left, committed = to pay + paid + returned."""
    rows: list[list[Cell]] = [
        [
            line.fund_source,
            None if line.allotted is None else Yuan(line.allotted),
            Yuan(line.committed),
            Yuan(line.elsewhere),
            None if line.left is None else Yuan(line.left),
            Yuan(line.to_pay),
            Yuan(line.paid),
            Yuan(line.returned),
            "平" if line.adds_up else "不平：请停止发放并核对",
        ]
        for line in standing.money_lines
    ]
    headings = [
        "资金来源",
        "下达（元）",
        "已批（元）",
        "别的活动已批（元）",
        "结余（元）",
        "待付（元）",
        "已付（元）",
        "退回待再付（元）",
        "账",
    ]
    note = "下达＝已批＋别的活动已批＋结余，已批＝待付＋已付＋退回；没有录入下达金额的，下达和结余空着。"
    return Sheet("资金", headings, rows, widths=(24, 16, 16, 20, 16, 16, 16, 18, 24), notes=[note])


def _survey(standing: Standing) -> Sheet:
    """二(一): children in school and graduates by federation, out of the household files."""
    survey = gaps.survey(standing)
    rows: list[list[Cell]] = [
        [line.federation, line.households, line.in_school, line.not_applied, line.graduates, line.employed, line.zero]
        for line in survey
    ]
    if rows:
        rows.append(["合计", *_totals(rows)])
    headings = ["工会", "在档户数", "在读（本次范围）", "其中还没申请", "今年毕业", "其中已就业", "零就业家庭毕业生"]
    note = "二(一)：家庭档案里的在学子女和毕业生；还没申请的逐人列在 to-visit.xlsx，请单位上门。"
    return Sheet("摸底", headings, rows, widths=(24, 12, 18, 14, 12, 14, 18), notes=[note])


def _lists(every: Sequence[Figure]) -> Sheet:
    """Every figure with its references; a long list goes on in the next lines."""
    rows: list[list[Cell]] = []
    for figure in every:
        for start in range(0, max(1, len(figure.references)), _PER_CELL):
            part = figure.references[start : start + _PER_CELL]
            rows.append([figure.code, len(figure.references) if start == 0 else None, "\n".join(part)])
    return Sheet("名单", ["数", "几件", "案号"], rows, widths=(44, 8, 30))
