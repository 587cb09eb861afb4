"""Read a bank's result file into lines after its profile. Plain: no database. Every fault names line, column and cure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huigong.annexes.containers import workbooks
from huigong.annexes.containers.limits import Reach
from huigong.annexes.containers.sniffing import kind_of
from huigong.annexes.contents import as_text
from huigong.annexes.problems import UnreadableError
from huigong.payments.reply_profiles import ReplyProfile
from huigong.values.sentence import SaidError, Sentence

MAX_BYTES, MAX_LINES = 5_000_000, 20_000
_SHEET = Reach(rows=MAX_LINES, columns=64, cells=400_000)
_SHOWN = 5
COLUMN_WORDS = {
    "position": "序号",
    "card": "账号",
    "name": "姓名",
    "yuan": "金额",
    "status": "状态",
    "reason": "原因",
    "reference": "案号",
    "remark": "附言",
    "batch": "批次",
    "count": "总笔数",
    "paid_count": "成功笔数",
    "paid_yuan": "成功金额",
    "failed_count": "失败笔数",
    "made": "日期",
    "": "整份文件",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a reply: where (line 0: the whole file), in which column, and the words."""

    line: int
    column: str
    sentence: Sentence

    @property
    def zh(self) -> str:
        place = f"第 {self.line} 行“{COLUMN_WORDS[self.column]}”" if self.line else COLUMN_WORDS[self.column]
        return f"{place}：{self.sentence.zh}"

    @property
    def en(self) -> str:
        return f"line {self.line}, {self.column}: {self.sentence.en}" if self.line else self.sentence.en


class ReplyRefusedError(SaidError):
    """A reply of which nothing was applied; `faults` says why, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        shown, more = self.faults[:_SHOWN], len(self.faults) - _SHOWN
        zh = "；".join(fault.zh for fault in shown) + (f"；另有 {more} 处" if more > 0 else "")
        en = "; ".join(fault.en for fault in shown) + (f"; {more} more" if more > 0 else "")
        super().__init__(
            Sentence(
                "reply_refused",
                f"银行回单没有收，一笔都没有记。{zh}。请向银行要正确的文件，不要自己改。",
                f"The bank's reply was refused and nothing of it applied. {en}. Ask the bank for the right file; do not edit it.",
            )
        )


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One line by column name, as it stands in the file."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReplyRead:
    """A file's lines; `head` is empty where the profile has none."""

    lines: tuple[ReplyLine, ...]
    head: Mapping[str, str] = field(default_factory=dict)
    head_line: int = 0


def fault(line: int, column: str, code: str, zh: str, en: str) -> Fault:
    return Fault(line, column, Sentence(code, zh, en))


def read(profile: ReplyProfile, content: bytes) -> ReplyRead:
    """The lines of a result file. Raises ReplyRefusedError where it is no such file."""
    if len(content) > MAX_BYTES:
        raise ReplyRefusedError([fault(0, "", "too_large", "文件超过 5 MB", "the file has more than 5 MB")])
    rows = _sheet(content) if profile.kind == "xls" else _text(profile, content)
    while rows and not any(cell.strip() for cell in rows[-1][1]):
        rows.pop()
    rows = rows[profile.skip :]
    if len(rows) <= bool(profile.head):
        raise ReplyRefusedError([fault(0, "", "empty", "没有一行结果", "it has no line of results")])
    head: dict[str, str] = {}
    head_line, faults = 0, list[Fault]()
    if profile.head:
        head_line, cells = rows.pop(0)
        head = _named(profile.head, head_line, cells, faults)
    lines = [ReplyLine(line, _named(profile.columns, line, cells, faults)) for line, cells in rows]
    if faults:
        raise ReplyRefusedError(faults)
    return ReplyRead(tuple(lines), head, head_line)


def _named(columns: Sequence[str], line: int, cells: Sequence[str], faults: list[Fault]) -> dict[str, str]:
    given = [cell.strip() for cell in cells]
    if not any(given):
        faults.append(fault(line, "", "empty_line", "空行", "an empty line"))
        return {}
    if len(given) == len(columns) + 1 and not given[-1]:
        given.pop()  # a separator behind the last value
    if len(given) != len(columns):
        zh = f"应有 {len(columns)} 列，这里 {len(given)} 列"
        faults.append(fault(line, "", "columns", zh, f"{len(columns)} columns are wanted, here are {len(given)}"))
        return {}
    return dict(zip(columns, given, strict=True))


def _text(profile: ReplyProfile, content: bytes) -> list[tuple[int, list[str]]]:
    if b"\x00" in content:
        raise ReplyRefusedError([fault(0, "", "no_text", "不是文字文件", "it is no text")])
    marked = content.removeprefix(b"\xef\xbb\xbf")
    encoding = "utf-8" if marked != content else profile.encoding
    try:
        text = marked.decode(encoding)
    except UnicodeDecodeError as error:
        line = marked[: error.start].count(b"\n") + 1
        raise ReplyRefusedError(
            [fault(line, "", "encoding", f"有 {encoding} 读不出的字", f"it holds what is no {encoding}")]
        ) from error
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise ReplyRefusedError([fault(0, "", "too_large", f"超过 {MAX_LINES} 行", f"more than {MAX_LINES} lines")])
    return [(number, line.split(profile.separator)) for number, line in enumerate(lines, 1)]


def _sheet(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        kind = kind_of(content)
        if kind.name == "old_workbook":
            tables = workbooks.old_workbook(content, reach=_SHEET).tables
        elif kind.name == "workbook" and kind.package is not None:
            tables = workbooks.new_workbook(content, kind.package, reach=_SHEET).tables
        else:
            raise ReplyRefusedError([fault(0, "", "no_sheet", "不是 Excel 文件", "it is no workbook")])
    except UnreadableError as error:
        raise ReplyRefusedError(
            [fault(0, "", "no_sheet", f"Excel 文件读不了（{error}）", f"the workbook cannot be read: {error}")]
        ) from error
    if len([table for table in tables if table.rows]) != 1:
        raise ReplyRefusedError([fault(0, "", "no_sheet", "要正好一张有内容的表", "one sheet with contents is wanted")])
    table = next(table for table in tables if table.rows)
    before: list[str] = [""] * table.first_column
    return [
        (table.first_row + number, [*before, *(as_text(cell) for cell in row)])
        for number, row in enumerate(table.rows, 1)
    ]
