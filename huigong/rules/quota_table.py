"""The quota table of a circular: places by federation, as the CSV beside it says. Every wrong line is told by number."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from huigong.rules.problems import Problem, problem
from huigong.values.text import narrow, without_spaces

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
    """Read the table; rows that are wrong are left out and told."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    heading = [narrow(cell) for cell in next(reader, [])]
    if missing := [column for column in COLUMNS if column not in heading]:
        told = "、".join(missing)
        return QuotaTable(
            (), (problem(file, 1, "quota_columns", f"第一行缺这几栏：{told}。", f"The first line lacks: {told}."),)
        )
    rows: dict[str, Row] = {}
    problems = []
    for cells in reader:
        if not any(map(str.strip, cells)):
            continue
        line = reader.line_num
        row = dict(zip(heading, cells, strict=False))
        code, places = without_spaces(row.get("division_code", "")), without_spaces(row.get("places", ""))
        if not code:
            problems.append(
                problem(file, line, "quota_code", "这一行没有总工会代码。", "This line has no federation code.")
            )
        elif code in rows:
            problems.append(
                problem(file, line, "quota_twice", f"代码 {code} 出现了两次。", f"The code {code} stands twice.")
            )
        elif not (places.isascii() and places.isdigit()):
            problems.append(
                problem(
                    file,
                    line,
                    "quota_places",
                    f"名额“{places}”不是整数。",
                    f"The places “{places}” are no whole number.",
                )
            )
        else:
            rows[code] = Row(code, narrow(row.get("organisation", "")), int(places))
    return QuotaTable(tuple(rows.values()), tuple(problems))
