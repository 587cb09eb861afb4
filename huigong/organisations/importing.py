"""Read a workbook of units or of people: every wrong cell told by its place. Nothing is written here (actions.taking)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from huigong.annexes.containers.opening import open_contents
from huigong.annexes.contents import Table, as_text, is_blank
from huigong.annexes.problems import UnreadableError
from huigong.organisations.models import AidCentre, Appointment, Officer, Organisation
from huigong.organisations.queries import within
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import without_spaces

UNIT_HEADINGS = ("编码", "名称", "类别", "层级", "上级编码", "归口帮扶中心")
PEOPLE_HEADINGS = ("姓名", "单位编码", "角色", "任职止")
MOST_LINES = 5_000
_HEADING_WITHIN = 10
_CODE, _NAME, _PERSON = 40, 100, 50


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit to be made; `centre` is the code of the federation whose aid centre is competent, empty for the one above."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    centre: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An officer to be appointed; `until` is a day in ISO writing or empty."""

    name: str
    organisation: str
    role: str
    until: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a workbook holds: lines to take, how many stand already, and what is wrong, cell by cell."""

    lines: tuple[UnitLine, ...] | tuple[PersonLine, ...]
    same: int
    problems: tuple[Sentence, ...]


class _Cells:
    """One row under its headings; what is wrong in it is told with its place."""

    def __init__(self, table: Table, columns: Mapping[str, int], row: int, problems: list[Sentence]) -> None:
        self.table, self.columns, self.row, self.problems = table, columns, row, problems

    def text(self, heading: str) -> str:
        return as_text(self.table.at(self.row, self.columns[heading])).strip()

    def wrong(self, heading: str, zh: str, en: str) -> None:
        place = self.table.place(self.row, self.columns[heading])
        self.problems.append(Sentence("import_cell", f"{place}：{zh}", f"{place}: {en}"))

    def needed(self, heading: str, longest: int) -> str:
        text = self.text(heading)
        if not text or len(text) > longest:
            self.wrong(
                heading, f"请填{heading}（最多 {longest} 个字）", f"write {heading}, {longest} characters at most"
            )
        return text

    def among(self, heading: str, choices: Sequence[tuple[str, Any]]) -> str:
        text = without_spaces(self.text(heading))
        for value, word in choices:
            if text in {value, str(word)}:
                return value
        words = "、".join(str(word) for _, word in choices)
        self.wrong(heading, f"“{text[:20]}”不在：{words}", f"“{text[:20]}” is none of {words}")
        return ""

    def day(self, heading: str) -> str:
        value = self.table.at(self.row, self.columns[heading])
        if is_blank(value):
            return ""
        if isinstance(value, datetime | date):
            return (value.date() if isinstance(value, datetime) else value).isoformat()
        try:
            return date.fromisoformat(as_text(value).strip()).isoformat()
        except ValueError:
            self.wrong(heading, "日期请写成 2017-12-31", "write a day as 2017-12-31")
            return ""


def read_units(path: Path, *, by: Officer) -> Read:
    """Units of a workbook, for somebody who changes the tree below their own organisation. Raises SaidError."""
    known = {one.code: one for one in within(by.organisation).select_related("parent")}
    taken = set(Organisation.objects.values_list("code", flat=True))
    centres = set(AidCentre.objects.values_list("federation__code", flat=True))
    seen, same = dict[str, UnitLine](), 0
    problems = list[Sentence]()
    for cells in _rows(path, UNIT_HEADINGS, problems):
        line = UnitLine(
            cells.needed("编码", _CODE),
            cells.needed("名称", _NAME),
            cells.among("类别", Organisation.Kind.choices),
            cells.among("层级", Organisation.Level.choices),
            cells.needed("上级编码", _CODE),
            cells.text("归口帮扶中心"),
        )
        if line.centre and line.centre not in centres:
            cells.wrong(
                "归口帮扶中心", f"没有编码为 {line.centre} 的总工会", f"no federation has the code {line.centre}"
            )
        if line.code in seen:
            cells.wrong("编码", f"{line.code} 在表里出现两次", f"{line.code} stands twice in the sheet")
        elif line.code in known and _is(known[line.code], line):
            same += 1
            continue
        elif line.code in taken:
            cells.wrong(
                "编码",
                f"{line.code} 已有单位在用；更名、改隶请到单位页办",
                f"{line.code} is taken; rename or move it on its page",
            )
        seen[line.code] = line
    _refuse_orphans(path, seen, known, problems)
    return Read(tuple(_parents_first(seen)), same, tuple(problems))


def read_people(path: Path, *, by: Officer) -> Read:
    """People of a workbook, for somebody who appoints in their own organisation and below it. Raises SaidError."""
    known = set(within(by.organisation).filter(closed_on=None).values_list("code", flat=True))
    standing = set(
        Appointment.objects.filter(valid_until=None, officer__is_active=True).values_list(
            "officer__name", "organisation__code", "role"
        )
    )
    lines, same, problems = list[PersonLine](), 0, list[Sentence]()
    for cells in _rows(path, PEOPLE_HEADINGS, problems):
        line = PersonLine(
            cells.needed("姓名", _PERSON),
            cells.needed("单位编码", _CODE),
            cells.among("角色", Appointment.Role.choices),
            cells.day("任职止"),
        )
        if line.organisation and line.organisation not in known:
            cells.wrong(
                "单位编码",
                f"您范围里没有编码为 {line.organisation} 的单位",
                f"no unit of yours has the code {line.organisation}",
            )
        if (line.name, line.organisation, line.role) in standing:
            same += 1
        elif line in lines:
            cells.wrong("姓名", "和前面一行完全一样", "the same as a line before")
        else:
            lines.append(line)
    return Read(tuple(lines), same, tuple(problems))


def _rows(path: Path, headings: Sequence[str], problems: list[Sentence]) -> Iterator[_Cells]:
    try:
        tables = open_contents(path).tables
    except UnreadableError as error:
        told = error.problem
        raise SaidError(
            Sentence("import_unreadable", f"{told.message} {told.remedy}", f"{told.message_en} {told.remedy_en}")
        ) from None
    for table in tables:
        for number, cells in enumerate(table.rows[:_HEADING_WITHIN]):
            columns = {without_spaces(as_text(cell)): place for place, cell in reversed(list(enumerate(cells)))}
            if all(heading in columns for heading in headings):
                rows = [row for row in range(number + 1, len(table.rows)) if not all(map(is_blank, table.rows[row]))]
                _refuse_many(path, len(rows))
                yield from (_Cells(table, columns, row, problems) for row in rows)
                return
    raise SaidError(
        Sentence(
            "import_heading",
            f"{path.name} 前十行里找不到标题行，要有：{'、'.join(headings)}。可以先下载空表。",
            f"{path.name}: no heading row with {', '.join(headings)} in its first ten rows. An empty sheet can be downloaded.",
        )
    )


def _refuse_many(path: Path, rows: int) -> None:
    if not 0 < rows <= MOST_LINES:
        raise SaidError(
            Sentence(
                "import_lines",
                f"{path.name} 有 {rows} 行；一次导入 1 到 {MOST_LINES} 行，请分开。",
                f"{path.name} has {rows} lines; an import takes 1 to {MOST_LINES}.",
            )
        )


def _is(unit: Organisation, line: UnitLine) -> bool:
    return (unit.name, unit.parent.code if unit.parent else "") == (line.name, line.parent)


def _refuse_orphans(
    path: Path, seen: Mapping[str, UnitLine], known: Mapping[str, Organisation], problems: list[Sentence]
) -> None:
    """Parents stand in the officer's scope or in the sheet, no two units above each other, no level above its parent's."""
    for line in seen.values():
        above, steps = line, 0
        while above.parent in seen and steps <= len(seen):
            above, steps = seen[above.parent], steps + 1
        if steps > len(seen):
            zh, en = f"{line.code} 的上级绕回了自己", f"the parents of {line.code} lead back to itself"
        elif above.parent not in known or known[above.parent].closed_on:
            zh, en = (
                f"{above.code} 的上级 {above.parent} 不在您的范围里，表里也没有",
                f"the parent {above.parent} of {above.code} is not yours",
            )
        elif line.level and _is_above_parent(line, seen, known):
            zh, en = (
                f"{line.code} 的层级高过它的上级 {line.parent}",
                f"the level of {line.code} is above that of its parent {line.parent}",
            )
        else:
            continue
        problems.append(Sentence("import_parent", f"{path.name}：{zh}", f"{path.name}: {en}"))


def _is_above_parent(line: UnitLine, seen: Mapping[str, UnitLine], known: Mapping[str, Organisation]) -> bool:
    parent = seen[line.parent].level if line.parent in seen else known[line.parent].level
    return bool(parent) and Organisation.is_above(line.level, parent)


def _parents_first(seen: Mapping[str, UnitLine]) -> list[UnitLine]:
    depth: Callable[[UnitLine], int] = lambda line: 0 if line.parent not in seen else 1 + depth(seen[line.parent])  # noqa: E731
    try:
        return sorted(seen.values(), key=depth)
    except RecursionError:
        return list(seen.values())
