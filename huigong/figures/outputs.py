"""Every paper that a campaign owes, by file name: what the command writes into a folder and the pages offer to download."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from huigong.documents.official import OfficialPaper
from huigong.figures import decisions, gaps, ledger_book, left_out, register, report, statistics
from huigong.figures.standing import Standing
from huigong.publicnotices import board_sheet, queries, web_page

Make = Callable[[Standing, date], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Output:
    """A file: its name, what it is in Chinese and English, and how its bytes are made. No bytes: nothing to tell yet."""

    name: str
    zh: str
    en: str
    make: Make


@dataclass(frozen=True, slots=True)
class Print:
    """A paper of these as PDF/A, made when somebody asks for it. None: nothing to tell yet."""

    name: str
    zh: str
    en: str
    paper: Callable[[Standing, date], OfficialPaper | None]


def _web_page(standing: Standing, day: date) -> Iterator[bytes]:
    """What is not over on that day (after all windows, as it hung), by number: a county's block would undo a coarser place."""
    hanging = [one for one in standing.notices if one.last_day >= day] or standing.notices
    if hanging:
        lines = sorted(queries.lines_of(hanging), key=lambda line: line.number)
        yield web_page.page(standing.circular.head, hanging, lines)


def _board_sheet(standing: Standing, _day: date) -> Iterator[bytes]:
    if standing.notices:
        yield board_sheet.sheet(standing.circular.head, standing.notices, queries.lines_of(standing.notices))


def _board_paper(standing: Standing, _day: date) -> OfficialPaper | None:
    if not standing.notices:
        return None
    return board_sheet.paper_of(standing.circular.head, standing.notices, queries.lines_of(standing.notices))


OUTPUTS = (
    Output("register.xlsx", "登记台账：每一行的去向和理由", "register: every row and why", register.as_workbook),
    Output("decisions.xlsx", "认定表：逐件逐条", "decisions by case and criterion", decisions.as_workbook),
    Output("decisions.json", "认定（给程序读）", "decisions, for programs", decisions.as_json),
    Output("public-notice.html", "公示网页", "public notice, web page", _web_page),
    Output("public-notice.docx", "公示张贴件", "public notice, board sheet", _board_sheet),
    Output(
        "ledger.xlsx",
        "账簿：账户、划转、试算平衡",
        "ledger: accounts, transfers, trial balance",
        ledger_book.as_workbook,
    ),
    Output(
        "statistics.xlsx", "统计：按工会、阶段、资金来源，附名单", "statistics with their lists", statistics.as_workbook
    ),
    Output("to-visit.xlsx", "应助未助：请单位上门的名单", "children to visit who have not applied", gaps.as_workbook),
    Output(
        "left-out.xlsx",
        "没落下谁：原因、下一步和走访",
        "nobody left out: reasons, next steps, visits",
        left_out.as_workbook,
    ),
    Output("report.docx", "活动总结", "summary of the campaign", report.as_paper),
)
PRINTS = (
    Print("report.pdf", "活动总结（PDF/A，存档用）", "summary of the campaign, PDF/A to be kept", report.paper_of),
    Print("public-notice.pdf", "公示张贴件（PDF/A）", "public notice, board sheet, PDF/A", _board_paper),
)
"""Set by typst, which knows fewer characters than an office's fonts: a run writes the docx, which carries all of them."""
