"""Who is a person, whatever else a row says: an identity number tells one, and so do both names under their headings.

A row of somebody is never taken for a footer or a total, and one that was not read is told by its place (`unread`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from huigong.annexes import problems
from huigong.annexes.contents import CellValue, Table, as_text, is_blank
from huigong.annexes.headings import Heading
from huigong.annexes.readings import ROWS_UNREAD, FileProblem
from huigong.values.resident_id import ResidentId, normalise
from huigong.values.sentence import WrongValueError
from huigong.values.text import without_spaces

_BORN = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_NUMBER = re.compile(rf"(?<![0-9A-Z])([1-9]\d{{5}}(?:19|20)\d\d{_BORN}\d{{3}}[\dX])(?![0-9A-Z])")
_OLD_NUMBER = re.compile(rf"[1-9]\d{{7}}{_BORN}\d{{3}}")
_LOST = re.compile(r"\d\.\d+E\+?1[678]")
_UNDER_HEADING = re.compile(r"[\"=]*\d{13,}[\dX.]*")
"""What stands in a column of identity numbers is one, however it was mistyped; a telephone is shorter."""
_FLOATS = (10**16, 10**18)
_NAME = re.compile(r"(?:[^\W\d_]{2,10}|[^\W\d_]+(?:[·•・.．][^\W\d_]+)+|[A-Za-z]{2,40})(?:[(（][^)）]*[)）])?")
_NO_NAME = re.compile(
    r"合计|小计|总计|共计|累计|本页|填表|填报|经办|制表|审核|备注|说明|附注|联系|(?:单位)?(?:负责人|领导|盖章|公章|意见|名称)|.*(?:姓名|名字|签字|签名)$"
)
EXAMPLE = re.compile(
    r"^[(（【\[]?(?:例|示例|样例|范例|举例|填写示例|填表示例|例如|样表|示范|如)[)）】\]]?(?:[:：].*|\d*)?$"
)
_LOOSE_EXAMPLE = re.compile(r"示例|样例")
_FILLER = re.compile(r"(?:填表|填报|经办|制表|上报|报送|审核)人?[^:：]{0,8}[:：]")
_MOST_TOLD = 20


def is_somebody(cells: Mapping[int, tuple[CellValue, int]], heading: Heading) -> bool:
    """Whether the cells of a row hold an identity number in a column of them, or a name in every column of names."""
    names = []
    for column, field in heading.columns.items():
        if field.kind == "resident_id" and is_number(cells[column][0]):
            return True
        if field.kind == "name":
            names.append(cells[column][0])
    return len(names) > 1 and all(map(_is_name, names))


def is_number(value: CellValue) -> bool:
    """Whether a cell under a heading of identity numbers holds one, right or mistyped or lost to a float."""
    if isinstance(value, str) and len(value) == 18 and value[:17].isdigit():
        return True
    if is_blank(value):
        return False
    return bool(_UNDER_HEADING.match(normalise(as_text(value)))) or bool(_numbers(value)) or _is_lost(value)


def says_example(texts: Sequence[str]) -> bool:
    """Whether a row (its filled cells, without spaces) says of itself that it is an example."""
    return any(map(EXAMPLE.match, texts[:2])) or any(map(_LOOSE_EXAMPLE.search, texts))


def unread(tables: Iterable[Table], taken: Mapping[int, set[int]]) -> FileProblem | None:
    """The rows that tell somebody and were not read, by their places. `taken` has the rows that were, by id of table."""
    places = []
    for table in tables:
        known = taken.get(id(table), set())
        for number, row in enumerate(table.rows):
            if number not in known and (column := _unread_at(row)) is not None:
                places.append(table.place(number, column))
    if not places:
        return None
    told = "、".join(places[:_MOST_TOLD]) + ("……" if len(places) > _MOST_TOLD else "")
    return problems.of_file(ROWS_UNREAD, f"{told}（共{len(places)}行）", f"{told} ({len(places)} rows)")


def _unread_at(row: Sequence[CellValue]) -> int | None:
    """The first column that tells somebody. An example may bear a number that was made up, never a right one."""
    filled = [(column, value) for column, value in enumerate(row) if not is_blank(value)]
    found = next((column for column, value in filled if _numbers(value) or _is_lost(value)), None)
    texts = [without_spaces(as_text(value)) for _, value in filled]
    if found is not None and len(filled) < 7 and _FILLER.match(texts[0]):
        return None
    if filled and not any(map(EXAMPLE.match, texts[:2])) and len(filled) > 4 and says_example(texts):
        return filled[0][0]
    if found is None or not any(map(EXAMPLE.match, texts[:2])):
        return found
    return next((column for column, value in filled if any(map(_is_right, _numbers(value)))), None)


def _numbers(value: CellValue) -> list[str]:
    text = normalise(as_text(value))
    return _NUMBER.findall(text) or _OLD_NUMBER.findall(text if _OLD_NUMBER.fullmatch(text) else "")


def _is_lost(value: CellValue) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _FLOATS[0] <= value < _FLOATS[1]
    return isinstance(value, str) and bool(_LOST.fullmatch(normalise(value)))


def _is_right(number: str) -> bool:
    try:
        ResidentId.parse(number)
    except WrongValueError:
        return False
    return True


def _is_name(value: CellValue) -> bool:
    text = without_spaces(as_text(value))
    return bool(_NAME.fullmatch(text)) and not _NO_NAME.match(text)
