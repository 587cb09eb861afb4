"""The annex's table as it is pasted out of Excel or Word: a federation by code or name and its places, a total that must agree.

Columns may stand in any order; what is neither code, name nor number is passed over. Every line that cannot be read is told,
and a table with such a line counts for nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from huigong.values.sentence import Sentence
from huigong.values.text import narrow, without_spaces

_CELLS = re.compile(r"[\t,，;；|]| {2,}")
_NUMBER = re.compile(r"\d{1,6}")
_TOTALS = frozenset({"合计", "总计", "共计", "小计"})
_ENDINGS = ("总工会本级", "总工会", "工会", "本级")


@dataclass(frozen=True, slots=True)
class Pasted:
    """Places by federation code, and what could not be read; with a problem there are no places."""

    places: Mapping[str, int]
    problems: tuple[Sentence, ...]


def read(text: str, federations: Mapping[str, str]) -> Pasted:
    """`federations` are names by code: those that the table may name."""
    by_name = {_short(name): code for code, name in federations.items()}
    found: dict[str, int] = {}
    problems: list[Sentence] = []
    total: int | None = None
    for number, line in enumerate(text.splitlines(), 1):
        cells = [narrow(cell).strip() for cell in _CELLS.split(line) if cell.strip()]
        named = [cell for cell in cells if not _NUMBER.fullmatch(cell) or cell in federations]
        figures = [int(cell) for cell in cells if _NUMBER.fullmatch(cell) and cell not in federations]
        if not figures:
            continue  # a heading, a title, an empty line
        if any(without_spaces(cell) in _TOTALS for cell in named):
            total = figures[-1]
            continue
        code = next((cell for cell in named if cell in federations), "") or next(
            (by_name[_short(cell)] for cell in named if _short(cell) in by_name), ""
        )
        if not code or code in found:
            problems.append(_unread(number, line, twice=bool(code)))
        else:
            found[code] = figures[-1]
    if total is not None and total != sum(found.values()) and not problems:
        problems.append(_differs(total, sum(found.values())))
    if not found and not problems:
        problems.append(Sentence("table_empty", "没有读到一行名额。请连同总工会名称一起粘贴。", "No line was read."))
    return Pasted({} if problems else found, tuple(problems))


def _short(name: str) -> str:
    plain = without_spaces(name)
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    return plain


def _unread(number: int, line: str, *, twice: bool) -> Sentence:
    shown = line.strip()[:40]
    if twice:
        return Sentence(
            "table_twice", f"第 {number} 行“{shown}”的总工会前面出现过。", f"Line {number} names one twice."
        )
    return Sentence(
        "table_unread",
        f"第 {number} 行“{shown}”认不出是哪个总工会，请写编码或全名。",
        f"Line {number} names no federation that is known: write its code or whole name.",
    )


def _differs(total: int, added: int) -> Sentence:
    return Sentence(
        "table_total",
        f"合计写的是 {total}，各行加起来是 {added}，请先核对原表。",
        f"The total says {total}, the lines add up to {added}: compare with the original.",
    )
