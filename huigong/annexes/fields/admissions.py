"""何时被何学校录取: one cell that says when and where, in any order and with any verb, as a month and a clean school name."""

import re
from datetime import date, datetime

from huigong.annexes.contents import CellValue, as_text
from huigong.annexes.fields import months
from huigong.annexes.fields.said import Column, Said, as_written, says_nothing, with_plain_digits

_FIRST_SERIAL, _LAST_SERIAL = 29221, 54789
"""Spreadsheet day numbers of 1980 and 2050: a date whose format was lost."""
_EPOCH = date(1899, 12, 30).toordinal()

_VERBS = re.compile(
    r"(?:已经|已|于|现|正式|顺利|成功|预|提前批|获|取得|拟|正|将|刚|被|由|经|在|通过|统招|高考|中考|免试)*"
    r"(?:录取通知书|录取资格|录取院校|录取学校|录取时间|录取到|录取于|录取至|录取为|录取|考取了|考取到|考取|考入|考上了|考上|考进|升入|升读|升学到|升学|入读|就读学校|就读于|就读|在读于|在读|进入|转入|保送到|保送|入学时间|入学|报到|开学|学校名称|院校|[收接]到|取得|获得?(?![嘉鹿])(?=[\u4e00-\u9fff]{2})|以?\d{3}分的?(?:高分|成绩)?|被(?=[\u4e00-\u9fff]{2}))"
    r"(?:学校|院校|时间|了|至今)?[:：]?"
)
_LEADING = re.compile(
    r"^(?:学校|时间|院校|录取|被|由|于|在|到|至今|至|起|的|是|为|和|及|[高大初][一二三四五](?:学生|年级)?|[\s,，.。;；:：、·\-—–/|()（）\[\]【】<>《》“”\"'’])+"
)
_TRAILING = re.compile(
    r"(?:学校(?=[:：])|被|于|时|至今|至|起|录取|学习|读书|上学|[\s,，.。;；:：、·\-—–/|\[\]【】<>《》“”\"'’]|[(（]\s*[)）]?|(?<=[\s])[)）])+$"
)
_EMPTY_BRACKETS = re.compile(r"[(（\[【][\s,，.。;；:：、\-—–/]*[)）\]】]")
_REMARK = re.compile(
    r"[(（\[【](?:本科|专科|大专|高职|中职|中专|高中|普高|大学|新生|历届生|历届|在读|在校|统招|全日制|研究生|硕士|博士|二本|一本|三本|本一|本二|[高大初][一二三四五]|[^()（）]*(?:专业|年级|班|录取|就读|通知书))[^()（）\[\]【】]*[)）\]】]"
)
_SCHOOL_END = re.compile(
    r"大学|学院|学校|中学|高中|小学|职校|技校|分校|校区|附中|党校|职高|高专|医专|师专|职中|卫校|中专|师范|[一二三四五六七八九十]中(?!学)|幼儿园|书院|学堂|School|University|College"
)
_BEHIND_SCHOOL = re.compile(
    r"[\s,，、;；]*(?:20\d\d[级届]|\d\d[级届]|[高大初中][一二三四五]|[一二三四五六]年级|本科|专科|研究生|硕士|博士|大专|普高|读|新生|学生|在读|在校|全日制|统招|[^()（）]{0,14}(?:专业|班|系|年级))"
)
_NOT_YET = re.compile(r"^(?:尚?未|待|等待?|暂未|暂无|没有?|还没)(?:录取|通知|定|出|被|考|收到|放榜|公布|确定)?.{0,8}$")


def read_admission(value: CellValue, column: Column) -> Said:
    """(admitted_on, school). A missing month is no problem; a missing school is, and the row's checks say so."""
    if isinstance(value, int | float | date | datetime):
        return Said((_when(value, column), None))
    text = with_plain_digits(as_written(value))
    if says_nothing(text):
        return Said((None, None))
    when = months.find(text, this_year=column.year)
    admitted_on = when.text if when else None
    rest = text
    while when:
        rest = f"{rest[: when.start]} {rest[when.end :]}"
        when = months.find(rest, this_year=column.year)
    if alone := months.lone_month(rest):
        rest = f"{rest[: alone[0]]} {rest[alone[1] :]}"
    return Said((admitted_on, _school(rest)))


def read_school(value: CellValue, column: Column) -> Said:
    """A column for the school alone; what it says about the time is left out of the name."""
    if isinstance(value, int | float | date | datetime):
        return Said((None,))
    return Said((read_admission(value, column).values[1],))


def read_admission_date(value: CellValue, column: Column) -> Said:
    """A column for the time alone: a date cell, a day number whose format was lost, or text."""
    return Said((_when(value, column),))


def _when(value: CellValue, column: Column) -> str | None:
    if isinstance(value, date | datetime):
        return f"{value.year}-{value.month:02d}"
    if isinstance(value, int | float) and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        day = date.fromordinal(_EPOCH + int(value))
        return f"{day.year}-{day.month:02d}"
    if isinstance(value, float) and as_text(value).endswith(".1"):
        return str(int(value))  # 2017.10 typed into a number cell looks like 2017.1: only the year is sure
    when = months.find(with_plain_digits(as_text(value)).strip(), this_year=column.year)
    return when.text if when else None


def _school(rest: str) -> str | None:
    name = _VERBS.sub(" ", rest)
    name = _EMPTY_BRACKETS.sub(" ", _REMARK.sub(" ", name)).strip()
    previous = ""
    while name != previous:
        previous = name
        name = _TRAILING.sub("", _LEADING.sub("", _EMPTY_BRACKETS.sub(" ", name))).strip()
    name = _balanced(_without_detail(name))
    if not name or _NOT_YET.match(name) or says_nothing(name):
        return None
    return name if name.isascii() else re.sub(r"\s+", "", name)


def _without_detail(name: str) -> str:
    """The school without class, grade or subject behind it: 岑溪中学高二(3)班 → 岑溪中学."""
    ends = [match.end() for match in _SCHOOL_END.finditer(name)]
    for end in ends:
        behind = name[end:]
        if behind and _BEHIND_SCHOOL.match(behind) and not any(later > end for later in ends):
            return name[:end]
    return name


def _balanced(name: str) -> str:
    """A bracket that lost its partner goes, a pair stays: 中国地质大学（武汉） is a name."""
    opened, closed = len(re.findall(r"[(（]", name)), len(re.findall(r"[)）]", name))
    if opened > closed:
        return re.sub(r"[(（]([^()（）]*)$", r"\1", name).strip()
    if closed > opened:
        return re.sub(r"[)）](?!.*[)）])", "", name).strip()
    return name
