"""阳光就业统计: the statistical return as a workbook and the summary as a paper, out of one frozen return and its corrections."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from huigong.audit.queries import head
from huigong.circulars.queries import circular_of
from huigong.documents.official import OfficialPaper
from huigong.documents.workbooks import Cell, Sheet, workbook
from huigong.employment import beside
from huigong.employment.models import Graduate, Service, StatisticalReturn
from huigong.figures.returned import by_group, corrections, names_in, names_of, shares_of, total
from huigong.rules.employed import GROUPS, share_shown

COLUMNS = {
    "graduates": "毕业生",
    "graduates_needing_help": "需要帮扶",
    "graduates_placed_by_aid": "帮扶就业",
    "graduates_settled": "已落实",
    "zero_employment_graduates": "零就业家庭需帮扶",
    "zero_employment_graduates_placed": "零就业家庭已落实",
}
_PER_CELL = 40


def as_workbook(frozen: StatisticalReturn) -> bytes:
    """The return: figures by office, the indicators in both readings, services, corrections, and the names of every number."""
    title = f"{frozen.campaign.year}年困难职工家庭高校毕业生阳光就业行动统计表"
    sheets = [_figures(frozen), _indicators(frozen), _services(frozen), _corrections(frozen), _names(frozen)]
    return workbook(sheets, title=title, day=frozen.as_of)


def _figures(frozen: StatisticalReturn) -> Sheet:
    offices = names_of(frozen.figures)
    rows: list[list[Cell]] = [
        [offices.get(code, code), *(line[name] for name in COLUMNS)] for code, line in frozen.figures.items()
    ]
    rows.append(["合计", *(total(frozen)[name] for name in COLUMNS)])
    notes = [f"{COLUMNS[name]}：{zh}。" for name, (zh, _en) in GROUPS.items()]
    notes.append(f"截至 {frozen.as_of}；口径依据{circular_of(frozen.campaign).head.number}二(二)。")
    return Sheet("按工会", ["工会", *COLUMNS.values()], rows, widths=(24, 10, 12, 12, 10, 18, 18), notes=notes)


def _indicators(frozen: StatisticalReturn) -> Sheet:
    rows: list[list[Cell]] = [
        [
            one.indicator.label,
            one.indicator.clause,
            one.above,
            one.below,
            one.shown,
            f"{one.indicator.percent}%",
            "达标" if one.reached else f"还差 {one.missing} 人",
            "采用" if one.indicator.name == frozen.reading else "",
        ]
        for one in shares_of(frozen)
    ]
    headings = ["指标", "条款", "分子", "分母", "比例", "目标", "结果", "算法"]
    note = "“60%以上”有两种算法，两种都列；没有签署的口径时，采用较严的一种。目标只是目标，不影响任何人的帮扶。"
    return Sheet("目标", headings, rows, widths=(52, 10, 8, 8, 10, 8, 14, 8), notes=[note])


def _services(frozen: StatisticalReturn) -> Sheet:
    """Person-times by kind until the day of the return, and start-ups with their jobs."""
    told, since = _beside(frozen), frozen.campaign.first_day
    rows: list[list[Cell]] = [[str(word), told["services"].get(code, 0)] for code, word in Service.Kind.choices]
    rows.append(["其中窗口来访", told["at_window"]])
    rows.append(["已纳入政府就业援助（人）", told["registered"]])
    rows.append(["创业项目", told["start_ups"]])
    rows.append(["其中还在经营", told["running"]])
    rows.append(["带动就业（人）", told["jobs"]])
    rows.append(["创业成功率", f"{told['held']}/{told['of']}，{share_shown(told['held'], told['of'])}"])
    notes = [
        f"{since} 至 {frozen.as_of}，人次。",
        "创业成功率：满12个月回访时还在经营的，除以满12个月回访过的和没满12个月就停了的。",
    ]
    return Sheet("服务", ["服务", "人次"], rows, widths=(24, 14), notes=notes)


def _corrections(frozen: StatisticalReturn) -> Sheet:
    changed = corrections(frozen)
    offices = names_of({one.office: None for one in changed})
    rows: list[list[Cell]] = [
        [
            offices.get(one.office, one.office),
            COLUMNS[one.group],
            one.was,
            one.now,
            "\n".join(one.came[:_PER_CELL]),
            "\n".join(one.gone[:_PER_CELL]),
            frozen.by,
        ]
        for one in changed
    ]
    notes = [f"更正原因：{frozen.reason.plain()}"] if frozen.reason else ["没有更正。"]
    if any(max(len(one.came), len(one.gone)) > _PER_CELL for one in changed):
        notes.append(f"一格最多列 {_PER_CELL} 人，其余见两次报表的名单。")
    headings = ["工会", "数", "原数", "现数", "多了谁", "少了谁", "经办"]
    return Sheet("更正", headings, rows, widths=(24, 20, 8, 8, 28, 28, 14), notes=notes)


def _names(frozen: StatisticalReturn) -> Sheet:
    rows: list[list[Cell]] = []
    people = by_group(frozen, COLUMNS)
    for name, heading in COLUMNS.items():
        found = people[name]
        for start in range(0, max(1, len(found)), _PER_CELL):
            part = found[start : start + _PER_CELL]
            rows.append([heading, len(found) if start == 0 else None, "\n".join(part)])
    return Sheet("名单", ["数", "几人", "案号"], rows, widths=(24, 8, 28))


def as_paper(frozen: StatisticalReturn, *, day: date) -> bytes:
    """The summary (五(七)) with every number filled in."""
    circular = circular_of(frozen.campaign)
    counted, place = total(frozen), frozen.federation.name
    paper = OfficialPaper(f"{frozen.campaign.year}年阳光就业行动总结", author=place, day=day)
    paper.paragraph(
        f"按照{circular.head.number}，{place}开展了困难职工家庭高校毕业生阳光就业行动，截至{_day(frozen.as_of)}情况如下。"
    )
    paper.heading("一、摸底")
    paper.paragraph(
        f"应届和往届还没有落实的毕业生{counted['graduates']}人，其中需要工会帮扶{counted['graduates_needing_help']}人，"
        f"零就业家庭{counted['zero_employment_graduates']}人。"
    )
    paper.heading("二、帮扶结果")
    paper.paragraph(
        f"经工会帮扶就业{counted['graduates_placed_by_aid']}人；连同自己就业和升学的，已落实{counted['graduates_settled']}人；"
        f"零就业家庭已落实{counted['zero_employment_graduates_placed']}人。"
    )
    for one in shares_of(frozen):
        result = "已达到" if one.reached else f"还差{one.missing}人"
        paper.paragraph(
            f"{one.indicator.label}：{one.above}/{one.below}，{one.shown}，目标{one.indicator.percent}%，{result}。"
        )
    paper.heading("三、还要做的")
    paper.paragraph(_left(frozen))
    offices = names_of(frozen.figures)
    paper.table(
        ["工会", *COLUMNS.values()],
        [[offices.get(code, code), *(str(line[name]) for name in COLUMNS)] for code, line in frozen.figures.items()],
        widths=(3, 2, 2, 2, 2, 3, 3),
    )
    reached = head()
    paper.small(f"统计报表第{frozen.number}次；留痕检查点：第{reached.sequence}条，{reached.digest}")
    paper.signature(place, day)
    return paper.content()


def _left(frozen: StatisticalReturn) -> str:
    states = Counter(_beside(frozen)["waiting"])
    return (
        f"还有{states['open']}人没有联系上过，{states['planned']}人正在帮扶，{states['unreachable']}人联系不上，"
        f"{states['declined']}人暂不需要帮扶；逐人都有下一步和日期。"
    )


def _beside(frozen: StatisticalReturn) -> Mapping[str, Any]:
    """As it was frozen; of a return of before that was kept, as it stands now."""
    if frozen.beside is not None:
        kept: Mapping[str, Any] = frozen.beside
        return kept
    states = Counter(Graduate.objects.filter(reference__in=_waiting(frozen)).values_list("status", flat=True))
    return beside.counted(frozen.federation, since=frozen.campaign.first_day, until=frozen.as_of, waiting=states)


def _waiting(frozen: StatisticalReturn) -> Sequence[str]:
    settled = set(names_in(frozen, "graduates_settled"))
    return [one for one in names_in(frozen, "graduates") if one not in settled]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
