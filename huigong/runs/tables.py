"""Read the small tables of a run: units, papers, settlements. Every fault is told with its line."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from huigong.intake.actions import PaperLine
from huigong.organisations.actions import UnitRow
from huigong.values.delimiters import delimiter_of, names_delimiter
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import narrow

_YES = frozenset({"yes", "y", "true", "1", "是", "有", "√", "✓"})
_DIGITS = 6
"""More rows than these no form holds, and a column of the database takes no longer number."""
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""How text begins that a spreadsheet saved as “Unicode text”."""


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """What a person settled: which question (`household` where not said), for which student, by whom."""

    line: int
    student: str
    household: str
    settled_by: str
    about: str
    reason: str
    table: str


def units(path: Path) -> list[UnitRow]:
    return [row for _, row in unit_lines(path)]


def unit_lines(path: Path) -> list[tuple[int, UnitRow]]:
    """The units with the line on which each stands."""
    rows = lines(path, "unit", "federation_code")
    return [(number, UnitRow(row["unit"], row["federation_code"])) for number, row in rows]


def papers(path: Path) -> list[PaperLine]:
    """Columns form, row (empty: the whole form), paper, original_seen, copy_kept, seen_by, seen_on."""
    return [
        PaperLine(
            form_name=row["form"].replace("\\", "/").removeprefix("./"),
            row_number=_row_number(path, number, row.get("row", "")),
            kind=row["paper"],
            original_seen=row.get("original_seen", "").lower() in _YES,
            copy_kept=row.get("copy_kept", "").lower() in _YES,
            seen_by=row.get("seen_by", ""),
            seen_on=_day(path, number, row.get("seen_on", "")),
            line=number,
        )
        for number, row in lines(path, "form", "paper")
    ]


def settlements(path: Path) -> list[SettlementLine]:
    """Columns student, household, settled_by; and about, reason where it is another question than the household."""
    return [
        SettlementLine(
            number,
            row["student"],
            row.get("household", ""),
            row["settled_by"],
            row.get("about", "") or "household",
            row.get("reason", ""),
            path.name,
        )
        for number, row in lines(path, "student", "settled_by")
    ]


def lines(path: Path, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with their numbers, trimmed. Raises SaidError where the table is not there or lacks one of `columns`."""
    for number, row in _rows(path, columns):
        if not any(row.values()):
            continue
        lacking = [column for column in columns if not row.get(column)]
        if lacking:
            raise SaidError(
                Sentence(
                    "column_missing",
                    f"{path.name} 第 {number} 行缺 {lacking[0]}（要有：{'、'.join(columns)}），请补上再运行。",
                    f"{path.name}, line {number}, lacks {lacking[0]} (needed: {', '.join(columns)}).",
                )
            )
        yield number, row


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with the line on which each ends: a quoted cell may hold line breaks."""
    text = text_of(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, columns))
    heading: list[str] | None = None
    try:
        for cells in reader:
            trimmed = [cell.strip() for cell in cells]
            if heading is not None:
                yield reader.line_num, dict(zip(heading, trimmed, strict=False))
            elif any(trimmed) and not names_delimiter(trimmed[0]):
                heading = _heading(path, trimmed, columns)
    except csv.Error:
        raise _unreadable(path) from None
    if heading is None:
        _heading(path, [], columns)


def _heading(path: Path, cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The names of the columns. Raises SaidError where one that is needed is not among them."""
    heading = [narrow(cell) for cell in cells]
    lacking = [column for column in columns if column not in heading]
    if not lacking:
        return heading
    stands = "、".join(heading)[:80]
    raise SaidError(
        Sentence(
            "heading_missing",
            f"{path.name} 的第一行是栏名，缺 {'、'.join(lacking)}（现在是：{stands or '空的'}）。"
            "请照 docs/reference/tables.md 写栏名，各栏用逗号、分号或制表符分开都可以。",
            f"The first line of {path.name} names the columns and lacks {', '.join(lacking)} (it says: "
            f"{stands or 'nothing'}). See docs/reference/tables.md; commas, semicolons or tabs may divide them.",
        )
    )


def text_of(path: Path) -> str:
    """A small table as text: UTF-8, GB18030 or marked UTF-16. Raises SaidError where it is none or not there."""
    try:
        content = path.read_bytes()
    except OSError:
        raise _unreadable(path) from None
    for encoding in ("utf-16",) if content.startswith(_UTF16) else _ENCODINGS:
        try:
            # A NUL, which some exports leave behind, is no text: PostgreSQL would refuse it.
            return content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise _unreadable(path)


def _unreadable(path: Path) -> SaidError:
    return SaidError(
        Sentence(
            "table_unreadable",
            f"读不了 {path.name}：文件不在，或不是 CSV 文本（UTF-8 或 GB18030）。",
            f"Cannot read {path.name}: it is not there, or no CSV text (UTF-8 or GB18030).",
        )
    )


def _row_number(path: Path, line: int, text: str) -> int:
    if not text:
        return 0
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS:
        return int(text)
    raise _wrong(path, line, "row", text, "行号（第几行数据）", "a row number")


def _day(path: Path, line: int, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _wrong(path, line, "seen_on", text, "日期，如 2017-08-07", "a day such as 2017-08-07") from None


def _wrong(path: Path, line: int, column: str, text: str, zh: str, en: str) -> SaidError:
    return SaidError(
        Sentence(
            "cell_wrong",
            f"{path.name} 第 {line} 行的 {column} 写的是“{text}”，应为{zh}。",
            f"{path.name}, line {line}: {column} is “{text}”; it should be {en}.",
        )
    )
