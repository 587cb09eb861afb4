"""Text files of columns (.csv, .tsv): encoding and delimiter are found, not asked for."""

import csv
import io
import re
from collections.abc import Iterator

from huigong.annexes.containers.limits import MAX_CELLS, MAX_ROWS
from huigong.annexes.contents import Contents, Table
from huigong.annexes.problems import UnreadableError

_DELIMITERS = ",\t;|，"
_FEW_SIGNS = 3
"""So many signs that divide cells stand in a row, hardly in one cell."""
_LIKE_A_FORM = re.compile(r"[\u4e00-\u9fff]{2}[^\n]*[\t,;][^\n]*\n")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def contents(content: bytes) -> Contents:
    """One table of all lines. Raises UnreadableError for bytes that are no text."""
    text = decoded(content)
    delimiter = delimiter_of(text)
    rows: list[list[str]] = []
    lines: list[int] = []
    cells = 0
    for begins, row in _as_quoted(text, delimiter) or _line_by_line(text, delimiter):
        rows.append(row)
        lines.append(begins)
        cells += len(row)
        if len(rows) > MAX_ROWS or cells > MAX_CELLS:
            raise UnreadableError("too_large", f"有{len(rows)}多行", f"it has more than {len(rows)} lines")
    return Contents(tables=[Table(name="text", rows=rows, style="lines", lines=lines, can_merge=False)])


def _as_quoted(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows (no more than are taken) with the line on which each begins; nothing where a quotation mark is no quotation: a word, a ditto mark."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows, begins, cells = [], 1, 0
    try:
        for row in reader:
            if any(_swallowed(cell, delimiter) for cell in row):
                return []
            rows.append((begins, row))
            begins, cells = reader.line_num + 1, cells + len(row)
            if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                break
    except csv.Error:
        return []
    return rows


def _swallowed(cell: str, delimiter: str) -> bool:
    """Whether a quoted cell holds what stood between two cells: a mark that nobody closed runs on until the next one."""
    if delimiter not in cell:
        return False
    return cell[0] == delimiter or cell[-1] == delimiter or ("\n" in cell and cell.count(delimiter) >= _FEW_SIGNS)


def _line_by_line(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """A row a line; where a line's quotation marks are none, they stand as they were written."""
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        rows = _as_quoted(line, delimiter)
        yield number, rows[0][1] if rows else line.rstrip("\n").split(delimiter)


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 (with or without mark), else GB18030."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    unmarked = ("utf-16-le", "utf-16-be") if b"\x00" in content else ("utf-8", "gb18030")
    for name in (encoding,) if encoding else unmarked:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" in text or (name in {"utf-16-le", "utf-16-be"} and not _LIKE_A_FORM.search(text)):
            continue
        if sum(character < " " and character not in "\t\r\n" for character in text[:2000]) > 20:
            break
        return text
    raise UnreadableError("wrong_type", "不是文字文件", "not a text file")


def delimiter_of(text: str) -> str:
    """The sign that divides the most lines into the most columns; a comma where none does."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    return max(
        _DELIMITERS,
        key=lambda sign: (sum(line.count(sign) >= 3 for line in lines), sum(line.count(sign) for line in lines)),
        default=",",
    )
