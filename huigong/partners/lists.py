"""名单: a list that another office sent (xlsx, csv, docx), whole or masked, opened in a child with limits, as records to compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from huigong.annexes.containers.outside import open_outside
from huigong.annexes.contents import Table, as_text, is_blank
from huigong.registry.alike import Person
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import without_spaces

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "学生姓名", "受助人", "受助人姓名", "救助对象"),
    "id_number": ("身份证号码", "身份证号", "身份证", "公民身份号码", "学生身份证号码"),
    "birth_date": ("出生日期", "出生年月日"),
    "school": ("学校", "就读学校", "毕业学校"),
    "father_name": ("家长姓名", "家长", "监护人", "父亲姓名", "户主"),
    "mother_name": ("母亲姓名",),
    "programme": ("项目", "资助项目", "救助类别", "资助名称"),
    "amount": ("金额", "金额（元）", "金额(元)", "资助金额"),
}
_MOST_BLANK = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the person to compare, the programme, and what the line said, for whoever looks at a hit."""

    person: Person
    programme: str
    said: str


def read_list(path: Path, *, most: int) -> list[Line]:
    """The lines of the first table that has a heading for names or numbers. Raises SaidError, and keeps nothing."""
    contents = open_outside(path)
    for table in contents.tables:
        for row in range(min(len(table.rows), 20)):
            columns = _columns(table, row)
            if {"name", "id_number"} & columns.keys() and len(columns) > 1:
                return _refuse_rubbish(
                    path, [_line(table, at, columns) for at in range(row + 1, len(table.rows))], most
                )
    raise SaidError(
        Sentence(
            "list_without_headings",
            f"{path.name} 里没有找到“姓名”“身份证号”这样的表头，没有收。请把表头写在人名上面一行。",
            f"{path.name} has no headings such as 姓名 and 身份证号: not taken.",
        )
    )


def _columns(table: Table, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(len(table.rows[row])):
        heading = without_spaces(as_text(table.at(row, column)))
        for name, words in HEADINGS.items():
            if heading in words:
                found.setdefault(name, column)
    return found


def _line(table: Table, row: int, columns: Mapping[str, int]) -> Line | None:
    """Nothing for an empty line, and for the totals below."""
    texts = {name: as_text(table.at(row, column)).strip() for name, column in columns.items()}
    if all(is_blank(text) for text in texts.values()) or not (texts.get("name") or texts.get("id_number")):
        return None
    known = {
        name: texts.get(name, "")
        for name in ("name", "id_number", "birth_date", "school", "father_name", "mother_name")
    }
    said = "；".join(text for text in texts.values() if text)
    return Line(Person(**known), texts.get("programme", "")[:60], said[:300])


def _refuse_rubbish(path: Path, lines: Sequence[Line | None], most: int) -> list[Line]:
    found = [one for one in lines if one is not None]
    telling = sum(
        any("\u4e00" <= sign <= "\u9fff" for sign in one.person.name)
        or sum(map(str.isdigit, one.person.id_number)) >= 4
        for one in found
    )
    if len(found) > most:
        raise SaidError(
            Sentence(
                "list_too_long",
                f"{path.name} 有 {len(found)} 人，超过函里写明的 {most} 人，没有收。",
                f"{path.name} names {len(found)} people, more than the {most} that the letter allows: not taken.",
            )
        )
    if not found or telling < len(found) * _MOST_BLANK:
        raise SaidError(
            Sentence(
                "list_rubbish",
                f"{path.name} 有 {len(found)} 行，只有 {telling} 行像人的姓名或身份证号，没有收；请看看列是不是错位。",
                f"Of {len(found)} lines of {path.name} only {telling} look like people: not taken.",
            )
        )
    rounded = sum("e+" in one.person.id_number.lower() or "." in one.person.id_number for one in found)
    if rounded * 20 > len(found):
        raise SaidError(
            Sentence(
                "list_ids_rounded",
                f"{path.name} 有 {rounded} 个身份证号成了小数或科学计数，末几位已经丢了，没有收；请对方把该列设成文本再给一次。",
                f"{rounded} numbers of {path.name} went through a number format and lost their ends: not taken.",
            )
        )
    return found
