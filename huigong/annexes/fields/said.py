"""What a reader of cells is told about the column, and what it answers."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from huigong.annexes.contents import CellValue, as_text
from huigong.values.text import visible

_NOTHING = frozenset(
    [
        "",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "无",
        "暂无",
        "没有",
        "不详",
        "未填",
        "未知",
        "空",
        "待补",
        "?",
        "？",
        "／",
        "－",
        "*",
        ".",
        "、",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
    ]
)
_SPACES = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


@dataclass(frozen=True, slots=True)
class Column:
    """What the heading says about every value below it, and the year in which the form was filled in (None: unknown)."""

    in_ten_thousands: bool = False
    monthly: bool = False
    year: int | None = None
    true_zeros: bool = False
    """Whether a number that ends in 000 is believed where its check digit agrees: typed by hand, or the office's own record."""


class Said(NamedTuple):
    """The values of a cell (two for an admission), and the kind of problem with what was written, if any."""

    values: tuple[str | int | None, ...]
    kind: str = ""
    what: str = ""
    what_en: str = ""


def says_nothing(text: str) -> bool:
    """Whether a text stands for an empty cell: strokes, 无, 不详, a spreadsheet's error word."""
    plain = _SPACES.sub("", text).lower()
    return plain in _NOTHING or (plain[:1] == "#" and plain[-1:] in {"!", "?", "a", "#"})


def as_written(value: CellValue) -> str:
    """The text of a cell for keeping: invisible characters and outer spaces gone, line breaks inside Chinese closed up."""
    text = visible(as_text(value)).strip().strip("'`")
    if text.isalnum():
        return text
    return _SPACES.sub(" ", _BETWEEN_HAN.sub("", text)).strip()


def with_plain_digits(text: str) -> str:
    """Full-width letters and digits as plain ones; brackets and other signs stay as they were written."""
    return text.translate(_FULL_WIDTH)
