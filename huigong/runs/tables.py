"""Read the small tables of a run: units, papers, settlements. Every fault is told with its line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from huigong.intake.actions import PaperLine
from huigong.organisations.actions import UnitRow
from huigong.values.sentence import SaidError, Sentence

_YES = frozenset({"yes", "y", "true", "1", "是", "有", "√", "✓"})
_DIGITS = 6
"""More rows than these no form holds, and a column of the database takes no longer number."""
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """What a person settled: which question (`household` where not said), for which student, by whom."""

    line: int
    student: str
    household: str
    settled_by: str
    about: str
    reason: str


def units(path: Path) -> list[UnitRow]:
    return [UnitRow(row["unit"], row["federation_code"]) for _, row in _lines(path, "unit", "federation_code")]


def papers(path: Path) -> list[PaperLine]:
    """Columns form, row (empty: the whole form), paper, original_seen, copy_kept, seen_by, seen_on."""
    return [
        PaperLine(
            form_name=row["form"],
            row_number=_row_number(path, number, row.get("row", "")),
            kind=row["paper"],
            original_seen=row.get("original_seen", "").lower() in _YES,
            copy_kept=row.get("copy_kept", "").lower() in _YES,
            seen_by=row.get("seen_by", ""),
            seen_on=_day(path, number, row.get("seen_on", "")),
        )
        for number, row in _lines(path, "form", "paper")
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
        )
        for number, row in _lines(path, "student", "settled_by")
    ]


def _lines(path: Path, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with their numbers, trimmed. Raises SaidError where the table is not there or a column is empty."""
    for number, row in _rows(path):
        plain = {
            (key or "").strip(): (value or "").strip() for key, value in row.items() if isinstance(value, str | None)
        }
        if not any(plain.values()):
            continue
        lacking = [column for column in columns if not plain.get(column)]
        if lacking:
            raise SaidError(
                Sentence(
                    "column_missing",
                    f"{path.name} 第 {number} 行缺 {lacking[0]}（要有：{'、'.join(columns)}），请补上再运行。",
                    f"{path.name}, line {number}, lacks {lacking[0]} (needed: {', '.join(columns)}).",
                )
            )
        yield number, plain


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with the line on which each ends: a quoted cell may hold line breaks."""
    reader = csv.DictReader(io.StringIO(text_of(path), newline=""))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        raise _unreadable(path) from None


def text_of(path: Path) -> str:
    """A small table as text: UTF-8 or GB18030. Raises SaidError where it is neither or not there."""
    try:
        content = path.read_bytes()
    except OSError:
        raise _unreadable(path) from None
    for encoding in _ENCODINGS:
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
