"""Text files of columns (.csv, .tsv): encoding and delimiter are found, not asked for."""

import csv
import io
import re

from huigong.annexes.containers.limits import MAX_CELLS, MAX_ROWS
from huigong.annexes.contents import Contents, Table
from huigong.annexes.problems import UnreadableError

_DELIMITERS = ",\t;|，"
_LIKE_A_FORM = re.compile(r"[\u4e00-\u9fff]{2}[^\n]*[\t,;][^\n]*\n")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def contents(content: bytes) -> Contents:
    """One table of all lines. Raises UnreadableError for bytes that are no text."""
    text = decoded(content)
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), skipinitialspace=True)
    begins, cells = 1, 0
    try:
        for row in reader:
            rows.append(row)
            lines.append(begins)
            begins, cells = reader.line_num + 1, cells + len(row)
            if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                raise UnreadableError("too_large", f"有{len(rows)}多行", f"it has more than {len(rows)} lines")
    except csv.Error:
        raise UnreadableError("truncated") from None
    return Contents(tables=[Table(name="text", rows=rows, style="lines", lines=lines, can_merge=False)])


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
