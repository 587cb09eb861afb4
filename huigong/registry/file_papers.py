"""Papers of a household file: 困难职工档案表 to be signed and stamped, and the notice of an enrolment for the unit's board.

The sheet is plain, since it is the paper file: whoever takes it has it recorded, by the caller. The notice tells as little
as a board may: the worker's name with one character starred, the unit, and that a file is to be opened; no cause, no income.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from huigong.documents.official import OfficialPaper
from huigong.registry import details
from huigong.registry.file_form import FileForm, Section
from huigong.registry.models import FileEntry, Household, Member
from huigong.registry.national import as_text
from huigong.values import names

_WIDTHS = (2, 3, 2, 3)
_HEADINGS = ("项目", "内容", "项目", "内容")


def file_sheet(household: Household, members: Iterable[Member], form: FileForm, *, today: date) -> OfficialPaper:
    """The form of the day with what the file says, what is empty too: it is filled in by hand where it lacks something."""
    office = household.federation.name
    paper = OfficialPaper(form.title, author=office, day=today)
    paper.addressee(f"职工编号：{household.file_number}")
    for section in form.of_household():
        paper.heading(section.zh)
        paper.table(_HEADINGS, _side_by_side(_lines(household, section, today)), widths=_WIDTHS)
    for member in members:
        paper.heading(f"家庭成员：{member.name}")
        paper.table(_HEADINGS, _side_by_side(_lines(member, form.of_members(), today)), widths=_WIDTHS)
    paper.paragraph("以上内容属实，同意核对家庭人口、收入和财产。职工签字：                    年    月    日")
    paper.paragraph("基层工会意见：                              （盖章）    年    月    日")
    paper.paragraph("困难职工帮扶中心意见：                      （盖章）    年    月    日")
    paper.signature(office, today)
    return paper


def board_notice(household: Household, hung: FileEntry, *, telephone: str, today: date) -> OfficialPaper:
    """For the board of the unit, from the day on which the file went on notice to the last of its working days."""
    office, unit = household.federation.name, household.unit.name if household.unit else household.employer
    paper = OfficialPaper("拟建立困难职工档案公示", author=office, day=today)
    paper.paragraph("经入户调查、本人授权和民政核对，下列职工拟建立困难职工档案，现予公示。")
    assert hung.until is not None, "a notice knows its last day"
    paper.heading(f"公示时间：{_day(hung.on)}至{_day(hung.until)}")
    paper.paragraph("至少五个工作日，节假日和调休按工作日历计算。")
    paper.table(("单位", "职工", "事项"), [(unit, names.one_starred(household.worker_name), "拟建立困难职工档案")])
    told = f"，电话 {telephone}" if telephone else ""
    paper.paragraph(
        f"有异议的，请在{_day(hung.until)}前（含当天）向{office}困难职工帮扶中心反映{told}，"
        "口头、书面、不留姓名都可以，受理人负责保密。"
    )
    paper.signature(office, today)
    return paper


def _lines(owner: Household | Member, section: Section, today: date) -> list[tuple[str, str]]:
    return [(field.zh, as_text(field, details.value(owner, field, today=today))) for field in section.fields]


def _side_by_side(lines: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Two fields a row; the last may stand alone."""
    for left, right in zip(lines[::2], [*lines[1::2], ("", "")], strict=False):
        yield (*left, *right)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
