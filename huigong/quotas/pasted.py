"""The annex's table as it is pasted out of Excel or Word: a federation by code or name and its places, a total that must agree.

Columns may stand in any order; what is neither code, name nor number is passed over. A heading with 名额 names the column of
places, the first one counts lines where it is 序号. A line that leaves in doubt which of its figures are places is not guessed
at. Every line that cannot be read is told, and a table with such a line counts for nothing.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from huigong.values.sentence import Sentence
from huigong.values.text import narrow, without_spaces

# Where tabs stand they are the columns, so that the comma of 1,200 is not taken for one.
_CELLS = re.compile(r"[,，;；|]| {2,}")
_THOUSANDS = re.compile(r"\d{1,3}([,，]\d{3})+(?!\d)")
_NUMBER = re.compile(r"\d{1,6}")
_PLACES, _COUNTS = "名额", frozenset({"序号", "编号"})
_TOTALS = frozenset({"合计", "总计", "共计", "小计"})
_ENDINGS = ("总工会本级", "总工会", "工会", "本级")


@dataclass(frozen=True, slots=True)
class Pasted:
    """Places by federation code, and what could not be read; with a problem there are no places."""

    places: Mapping[str, int]
    problems: tuple[Sentence, ...]


def read(text: str, federations: Mapping[str, str]) -> Pasted:
    """`federations` are names by code: those that the table may name."""
    by_name = _by_name(federations)
    found: dict[str, int] = {}
    problems: list[Sentence] = []
    total: int | None = None
    heading: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(line)
        figures = [cell for cell in cells if _is_figure(cell, federations)]
        if not figures:
            heading = cells if any(_PLACES in without_spaces(cell) for cell in cells) else heading
            continue  # a heading, a title, an empty line
        named = [cell for cell in cells if cell and cell not in figures]
        is_total = any(without_spaces(cell) in _TOTALS for cell in named)
        spellings = [*map(without_spaces, named), *map(_short, named)]
        code = next((cell for cell in named if cell in federations), "") or next(
            (by_name[one] for one in spellings if by_name.get(one)), ""
        )
        places = _places(cells, figures, heading, counts_lines=not is_total)
        if not is_total and (not code or code in found):
            problems.append(_unread(number, line, twice=bool(code)))
        elif places is None:
            problems.append(_in_doubt(number, line, figures))
        elif is_total:
            total = places
        else:
            found[code] = places
    if total is not None and total != sum(found.values()) and not problems:
        problems.append(_differs(total, sum(found.values())))
    if not found and not problems:
        problems.append(Sentence("table_empty", "没有读到一行名额。请连同总工会名称一起粘贴。", "No line was read."))
    return Pasted({} if problems else found, tuple(problems))


def _by_name(unions: Mapping[str, str]) -> dict[str, str]:
    """Codes by whole name, and by a name without 总工会 or 工会; what two unions could be called names neither."""
    named: dict[str, str] = {}
    for spell in (_short, without_spaces):  # the whole name last: it goes before somebody else's short one
        spelt = [(spell(name), code) for code, name in unions.items()]
        twice = {name for name, number in Counter(name for name, _ in spelt).items() if number > 1}
        named |= {name: "" if name in twice else code for name, code in spelt}
    return named


def _cells(line: str) -> list[str]:
    """The cells of a line, thousands without their comma; empty ones keep their place where tabs tell the columns."""
    if "\t" in line:
        parts = line.rstrip().split("\t")
    else:
        parts = [part for part in _CELLS.split(_THOUSANDS.sub(_joined, line)) if part.strip()]
    cells = [narrow(part).strip() for part in parts]
    return [_joined(whole) if (whole := _THOUSANDS.fullmatch(cell)) else cell for cell in cells]


def _joined(thousands: re.Match[str]) -> str:
    return re.sub("[,，]", "", thousands[0])


def _is_figure(cell: str, federations: Mapping[str, str]) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and cell not in federations


def _places(cells: list[str], figures: list[str], heading: list[str], *, counts_lines: bool) -> int | None:
    """The figure under 名额; without such a heading the only one, a line's number (1, 2, 3) aside. None where that is in doubt."""
    under = [place for place, cell in enumerate(heading) if _PLACES in without_spaces(cell)]
    if len(under) == 1 and len(heading) == len(cells):
        return int(cells[under[0]]) if cells[under[0]] in figures else None
    if counts_lines and heading and without_spaces(heading[0]) in _COUNTS and cells[0] in figures:
        figures = figures[1:]
    return int(figures[0]) if len(figures) == 1 else None


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


def _in_doubt(number: int, line: str, figures: list[str]) -> Sentence:
    shown, several = line.strip()[:40], "、".join(figures[:5])
    return Sentence(
        "table_in_doubt",
        f"第 {number} 行“{shown}”里有几个数（{several}），看不出哪个是名额。请连同写着“名额”的表头一起粘贴，或只粘贴单位和名额两列。",
        f"Line {number} has several figures ({several}): it is not clear which are places. Paste the heading that says 名额 too, "
        "or the two columns of name and places alone.",
    )


def _differs(total: int, added: int) -> Sentence:
    return Sentence(
        "table_total",
        f"合计写的是 {total}，各行加起来是 {added}，请先核对原表。",
        f"The total says {total}, the lines add up to {added}: compare with the original.",
    )
