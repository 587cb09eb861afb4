"""The quota table of a circular: places by federation, as the CSV beside it says. Every wrong line is told by number."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from huigong.rules.problems import Problem, problem
from huigong.values.delimiters import delimiter_of, names_delimiter
from huigong.values.text import narrow, without_spaces

_DIGITS = 6
_TOTAL = re.compile(r"合计|总计|共计|小计|total", re.IGNORECASE)
COLUMNS = ("division_code", "organisation", "places")


@dataclass(frozen=True, slots=True)
class Row:
    """So many places for one federation, named by its code."""

    code: str
    organisation: str
    places: int


@dataclass(frozen=True, slots=True)
class QuotaTable:
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def places(self) -> Mapping[str, int]:
        return {row.code: row.places for row in self.rows}


def read(file: str, text: str) -> QuotaTable:
    """Read the table; rows that are wrong are left out and told. A line of the total is no federation: it is held against the sum."""
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text), delimiter=delimiter_of(text, COLUMNS))
    problems: list[Problem] = []
    lines = (cells for cells in _lines(reader, file, problems) if any(map(str.strip, cells)))
    heading = [narrow(cell) for cell in next((cells for cells in lines if not names_delimiter(cells[0])), [])]
    if problems:
        return QuotaTable((), tuple(problems))
    if missing := [column for column in COLUMNS if column not in heading]:
        told = "、".join(missing)
        return QuotaTable(
            (), (problem(file, 1, "quota_columns", f"第一行缺这几栏：{told}。", f"The first line lacks: {told}."),)
        )
    rows: dict[str, Row] = {}
    totals: list[tuple[int, str]] = []
    for cells in lines:
        line = reader.line_num
        row = dict(zip(heading, cells, strict=False))
        code, places = without_spaces(row.get("division_code", "")), without_spaces(row.get("places", ""))
        if any(_TOTAL.fullmatch(without_spaces(cell)) for cell in (code, row.get("organisation", ""))):
            totals.append((line, places))
        elif not code:
            problems.append(
                problem(file, line, "quota_code", "这一行没有总工会代码。", "This line has no federation code.")
            )
        elif code in rows:
            problems.append(
                problem(file, line, "quota_twice", f"代码 {code} 出现了两次。", f"The code {code} stands twice.")
            )
        elif not (places.isascii() and places.isdigit() and len(places) <= _DIGITS):
            problems.append(
                problem(
                    file,
                    line,
                    "quota_places",
                    f"名额“{places[:20]}”不是 {_DIGITS} 位以内的整数。",
                    f"The places “{places[:20]}” are no whole number of up to {_DIGITS} digits.",
                )
            )
        else:
            rows[code] = Row(code, narrow(row.get("organisation", "")), int(places))
    whole = sum(row.places for row in rows.values())
    for line, places in totals:
        if places != str(whole) and not problems:
            zh, en = (
                f"合计写的是“{places[:20]}”，上面加起来是 {whole}。",
                f"The total says “{places[:20]}”; the lines come to {whole}.",
            )
            problems.append(problem(file, line, "quota_total", zh, en))
    return QuotaTable(tuple(rows.values()), tuple(problems))


def _lines(reader: Iterator[list[str]], file: str, problems: list[Problem]) -> Iterator[list[str]]:
    """The lines of the table; where it is no table at all from some line on, that is told and reading ends."""
    try:
        yield from reader
    except csv.Error:
        zh, en = "从这里起不是 CSV 表（引号没有收尾？）。", "From here on this is no CSV table (a quote left open?)."
        problems.append(problem(file, getattr(reader, "line_num", 1), "quota_broken", zh, en))
