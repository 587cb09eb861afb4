"""Open a registry workbook with suspicion and find its two sheets, each under its heading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from huigong.annexes.containers import workbooks
from huigong.annexes.containers.limits import Reach
from huigong.annexes.containers.sniffing import kind_of
from huigong.annexes.contents import CellValue, Contents, Table, as_text, is_blank
from huigong.annexes.problems import UnreadableError
from huigong.registry.rows import CellProblem
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import without_spaces

HOUSEHOLDS, MEMBERS = "困难职工家庭", "家庭成员"
REACH: Final = Reach(rows=200_000, columns=256, cells=4_000_000, unpacked=400_000_000)
"""A prefecture's files in one workbook (5.5 million households stand in China); more is no registry of one city."""
MAX_BYTES: Final = 60_000_000
_HEADING_WITHIN = 10
_REMEDY = "请另存为不带密码的 .xlsx 再导入。", "Save it as .xlsx without a password and import that."
_WHY: Final[Mapping[str, tuple[str, str]]] = {
    "empty": ("是空文件", "is empty"),
    "encrypted": ("设了打开密码", "is protected by a password"),
    "truncated": ("不完整，没有传完或已损坏", "is incomplete: cut off or damaged"),
    "too_large": ("大得不像档案表", "is far too large for a registry"),
    "macro": ("带宏程序，为了安全没有打开", "holds macros and was not opened, for safety"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet under its heading: rows of data with the column of each heading."""

    table: Table
    columns: Mapping[str, int]
    first_row: int

    def rows(self) -> Iterator[int]:
        """The rows below the heading that say anything."""
        for number in range(self.first_row, len(self.table.rows)):
            if not all(is_blank(cell) for cell in self.table.rows[number]):
                yield number

    def cell(self, row: int, heading: str) -> CellValue:
        place = self.columns.get(heading)
        return None if place is None else self.table.at(row, place)

    def problem(self, row: int, heading: str, kind: str, severity: str, zh: str, en: str) -> CellProblem:
        place = self.table.place(row, self.columns[heading])
        return CellProblem(place, kind, severity, Sentence(kind, f"{place}：{zh}", f"{place}: {en}"))


def open_registry(path: Path) -> Contents:
    """What is in the workbook. Raises SaidError for anything that is no workbook or reaches too far."""
    if not path.is_file():
        raise SaidError(
            Sentence("registry_absent", f"找不到档案表 {path.name}。", f"There is no registry file {path.name}.")
        )
    try:
        return _opened(path)
    except UnreadableError as error:
        raise _unreadable(path, error.problem.kind) from None


def _opened(path: Path) -> Contents:
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError("too_large")
    content = path.read_bytes()
    kind = kind_of(content, reach=REACH)
    if kind.name == "workbook":
        assert kind.package is not None
        return workbooks.new_workbook(content, kind.package, reach=REACH)
    if kind.name == "old_workbook":
        return workbooks.old_workbook(content, reach=REACH)
    raise UnreadableError("wrong_type")


def sheet_named(contents: Contents, path: Path, name: str, required: Sequence[str]) -> Sheet:
    """The sheet of that name. Raises SaidError where it, or its heading, is missing."""
    table = next((table for table in contents.tables if table.name.strip() == name), None)
    if table is None:
        hidden = name in {sheet.strip() for sheet in contents.hidden}
        zh, en = ("是隐藏的，请取消隐藏", "is hidden: unhide it") if hidden else ("找不到", "is not there")
        raise SaidError(
            Sentence(
                "sheet_missing",
                f"{path.name} 的“{name}”这张表{zh}；档案表要有“{HOUSEHOLDS}”和“{MEMBERS}”两张。",
                f"{path.name}: sheet {name} {en}. A registry has the sheets {HOUSEHOLDS} and {MEMBERS}.",
            )
        )
    for number, cells in enumerate(table.rows[:_HEADING_WITHIN]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells):
            columns.setdefault(without_spaces(as_text(cell)), place)
        if all(heading in columns for heading in required):
            return Sheet(table, columns, number + 1)
    raise SaidError(
        Sentence(
            "heading_missing",
            f"{path.name} 的“{name}”表前十行里找不到标题行，要有：{'、'.join(required)}。",
            f"{path.name}, sheet {name}: no heading row with {', '.join(required)} in its first ten rows.",
        )
    )


def _unreadable(path: Path, kind: str) -> SaidError:
    zh, en = _WHY.get(kind, ("不是 Excel 工作簿", "is no workbook"))
    return SaidError(
        Sentence(
            "registry_unreadable",
            f"{path.name} 打不开：{zh}。{_REMEDY[0]}",
            f"{path.name} cannot be opened: it {en}. {_REMEDY[1]}",
        )
    )
