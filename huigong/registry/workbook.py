"""Read the household files out of a workbook: sheets 困难职工家庭 and 家庭成员, every wrong cell told by its place.

Columns may stand in any order. What cannot be read is left out and told, and says nothing about the file that stands; a
wrong check digit is kept and marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from django.db import models

from huigong.annexes.contents import as_text, is_blank
from huigong.registry import cells
from huigong.registry.file_form import forms, plain_heading
from huigong.registry.held_words import DatedLists
from huigong.registry.models import Household, Member
from huigong.registry.rows import ERROR, LOOK, CellProblem, HouseholdRow, MemberRow, RegistryReading
from huigong.registry.sheets import HOUSEHOLDS, MEMBERS, Sheet, open_registry, sheet_named
from huigong.registry.workbook_words import WordCheck, check
from huigong.values import names
from huigong.values.sentence import Sentence
from huigong.values.text import piles_marks, without_spaces

__all__ = ["CellProblem", "HouseholdRow", "MemberRow", "RegistryReading", "read_workbook"]

NUMBER, NAME = "职工编号", "姓名"


class _Column(NamedTuple):
    """A field, the heading under which it stands, and how its cell is read."""

    name: str
    heading: str
    read: cells.Reader


def _text(model: type[models.Model], name: str, heading: str) -> _Column:
    return _Column(name, heading, cells.text(_length(model, name)))


def _length(model: type[models.Model], name: str) -> int:
    column = model._meta.get_field(name)
    assert isinstance(column, models.CharField)
    return column.max_length or 0


_CAUSE = 60  # characters: the column is encrypted and has no length of its own
_HOUSEHOLD = (
    _Column("id_number", "身份证号码", cells.identity),
    _Column("gender", "性别", cells.gender),
    _text(Household, "identity", "身份"),
    _text(Household, "county", "县区"),
    _text(Household, "employer", "工作单位"),
    _text(Household, "hardship_category", "困难类别"),
    _text(Household, "enrolment_level", "建档标准"),
    _Column("hardship_cause", "主要致困原因", cells.text(_CAUSE)),
    _Column("size", "家庭人口", cells.whole(1, 50)),
    _Column("annual_income_fen", "家庭年度总收入(元)", cells.amount),
    _Column("essential_expenditure_fen", "年刚性支出(元)", cells.amount),
    _text(Household, "certificate_number", "特困职工优惠证编号"),
    _Column("certificate_review", "优惠证审核", cells.review_state),
    _Column("certificate_reviewed_in", "优惠证审核", cells.review_half_year),
    _Column("card", "惠工卡号", cells.card),
    _Column("phone", "手机号码", cells.telephone),
    _Column("zero_employment", "零就业家庭", cells.yes_or_no),
    _text(Household, "file_status", "档案状态"),
)
_MEMBER = (
    _text(Member, "relationship", "与户主关系"),
    _Column("id_number", "身份证号码", cells.identity),
    _Column("education_level", "当前学历", cells.level),
    _text(Member, "school", "就读学校"),
    _Column("entry_year", "入学年份", cells.year),
    _Column("length_years", "学制(年)", cells.whole(1, 12)),
    _text(Member, "occupation", "就业状况"),
)
_READERS: Mapping[str, cells.Reader] = {
    "text": cells.text(100),
    "long_text": cells.text(1000),
    "code": cells.text(60),
    "date": cells.day,
    "fen": cells.amount,
    "yes_no": cells.yes_or_no,
    "gender": cells.gender,
}
_LENGTHS = {NUMBER: _length(Household, "file_number"), NAME: _length(Household, "worker_name")}


@dataclass
class _Households:
    """What grows while the sheet of households is read."""

    rows: dict[str, HouseholdRow] = field(default_factory=dict)
    bearers: dict[str, str] = field(default_factory=dict)
    words: WordCheck | None = None
    problems: list[CellProblem] = field(default_factory=list)


@dataclass
class _Families:
    """What grows while the sheet of members is read; `first_of` is the first row of each file number."""

    rows: dict[str, list[MemberRow]] = field(default_factory=dict)
    first_of: dict[str, int] = field(default_factory=dict)
    words: WordCheck | None = None
    problems: list[CellProblem] = field(default_factory=list)


def read_workbook(path: Path, *, lists: DatedLists | None = None) -> RegistryReading:
    """Every household of the workbook; code words are held against `lists`. Raises SaidError where it is no such workbook."""
    contents = open_registry(path)
    sheet = sheet_named(contents, path, HOUSEHOLDS, (NUMBER, NAME, "身份证号码"))
    members = sheet_named(contents, path, MEMBERS, (NUMBER, NAME))
    words = check(lists, sheet, NUMBER) if lists else None
    families, found = _Families(words=words), _Households(words=words)
    _tell_absent(members, _MEMBER, families.problems)
    for row in members.rows():
        _add_member(members, row, families)
    _tell_absent(sheet, _HOUSEHOLD, found.problems)
    for row in sheet.rows():
        _add_household(sheet, row, families.rows, found)
    for number, row in families.first_of.items():
        if number not in found.rows:
            zh, en = (
                f"职工编号 {number} 不在家庭表里，没有收。",
                f"file {number} is not among the households: not taken.",
            )
            families.problems.append(members.problem(row, NUMBER, "no_household", ERROR, zh, en))
    of_words = (*words.problems, *words.looks()) if words else ()
    return RegistryReading(tuple(found.rows.values()), (*found.problems, *families.problems, *of_words))


def _add_household(sheet: Sheet, row: int, families: Mapping[str, list[MemberRow]], found: _Households) -> None:
    key = _key(sheet, row, found.problems)
    if key is None:
        return
    number, name = key
    if number in found.rows:
        zh, en = f"职工编号 {number} 出现了两次，只收第一行。", f"file {number} stands twice: the first is taken."
        found.problems.append(sheet.problem(row, NUMBER, "twice", ERROR, zh, en))
        return
    values, unread = _fields(sheet, row, _HOUSEHOLD, found.problems)
    details, _ = _fields(sheet, row, _details(sheet, "household"), found.problems)
    if found.words:
        unread = (*unread, *found.words.hold(sheet, row, "household", number, (values, details)))
    made = HouseholdRow(number, name, **values, members=tuple(families.get(number, ())), unread=unread, details=details)
    found.rows[number] = made
    first = found.bearers.setdefault(made.id_number, number) if made.id_number else number
    if first != number:
        zh, en = (
            f"身份证号和 {first} 的相同，请核对是否重复建档。",
            f"the identity number of {first}: one person twice?",
        )
        found.problems.append(sheet.problem(row, "身份证号码", "id_twice", LOOK, zh, en))


def _add_member(sheet: Sheet, row: int, found: _Families) -> None:
    key = _key(sheet, row, found.problems)
    if key is None:
        return
    number, name = key
    values, unread = _fields(sheet, row, _MEMBER, found.problems)
    details, _ = _fields(sheet, row, _details(sheet, "member"), found.problems)
    if found.words:
        unread = (*unread, *found.words.hold(sheet, row, "member", number, (values, details)))
    found.rows.setdefault(number, []).append(MemberRow(name, **values, unread=unread, details=details))
    found.first_of.setdefault(number, row)


def _key(sheet: Sheet, row: int, problems: list[CellProblem]) -> tuple[str, str] | None:
    """File number and name; a row without them is nobody's and is not taken."""
    cell = sheet.cell(row, NUMBER)
    number, name = without_spaces(as_text(cell)), names.normalise(as_text(sheet.cell(row, NAME)))
    if not number or not name:
        heading = NAME if number else NUMBER
        zh, en = f"没有{heading}，这一行没有收。", f"{heading} is missing: the row was not taken."
        problems.append(sheet.problem(row, heading, "missing", ERROR, zh, en))
        return None
    if piles_marks(name):
        zh, en = (
            "一个字上叠了两个以上的附加符号，看不出是谁，这一行没有收。",
            "marks piled on one letter: the row was not taken.",
        )
        problems.append(sheet.problem(row, NAME, "marks_piled", ERROR, zh, en))
        return None
    if cells.is_lost(cell):
        zh, en = (
            "职工编号被存成数字，后几位丢了，这一行没有收；请设成文本后重填。",
            "the file number was stored as a figure and lost its last digits: the row was not taken.",
        )
        problems.append(sheet.problem(row, NUMBER, "number_lost", ERROR, zh, en))
        return None
    for heading, text in ((NUMBER, number), (NAME, name)):
        if len(text) > (most := _LENGTHS[heading]):
            zh, en = f"{heading}超过{most}个字，这一行没有收。", f"more than {most} characters: the row was not taken."
            problems.append(sheet.problem(row, heading, "too_long", ERROR, zh, en))
            return None
    return number, name


def _fields(
    sheet: Sheet, row: int, columns: Sequence[_Column], problems: list[CellProblem]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values that the row states, and the names of those that it states in a way that cannot be read."""
    values, unread = dict[str, Any](), []
    for column in columns:
        cell = sheet.cell(row, column.heading)
        if column.heading not in sheet.columns:
            unread.append(column.name)
        elif not is_blank(cell):
            answer = column.read(cell)
            if answer.kind:
                problems.append(sheet.problem(row, column.heading, answer.kind, answer.severity, answer.zh, answer.en))
            if answer.severity == ERROR:
                unread.append(column.name)
            elif answer.value is not None:
                values[column.name] = answer.value
    return values, tuple(unread)


def _details(sheet: Sheet, of: str) -> list[_Column]:
    """The columns of fields of the file form that have no column of their own in the tables, as this sheet heads them."""
    known = {column.heading for column in (_HOUSEHOLD if of == "household" else _MEMBER)}
    headed = {plain_heading(heading): heading for heading in sheet.columns if heading not in known}
    return [
        _Column(one.name, headed[plain_heading(one.zh)], _READERS[one.kind])
        for one in forms()[-1].fields(of)
        if one.kind in _READERS and not one.column and plain_heading(one.zh) in headed
    ]


def _tell_absent(sheet: Sheet, columns: Sequence[_Column], problems: list[CellProblem]) -> None:
    """Columns that are not there: nothing is said about them, what stands in the files stays."""
    absent = list(dict.fromkeys(column.heading for column in columns if column.heading not in sheet.columns))
    if absent:
        zh = f"{sheet.table.name}：没有这些列，档案里原有的不动：{'、'.join(absent)}。"
        en = f"{sheet.table.name}: these columns are absent, what stands in the files stays: {', '.join(absent)}."
        problems.append(CellProblem(sheet.table.name, "column_absent", LOOK, Sentence("column_absent", zh, en)))
