"""What stands around the table: the unit, the day of filling, who filled it in and that person's telephone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huigong.annexes.contents import Contents, Table, as_text
from huigong.annexes.fields import months
from huigong.annexes.fields.people import told_phone
from huigong.values import names
from huigong.values.text import narrow, without_spaces

_UNIT = re.compile(
    r"(?:填报|申报|报送|上报|所在|推荐)?(?:单位|工会)(?:名称|全称)?(?:[(（]盖?公?章[)）])?\s*[:：]\s*(.*)"
)
_UNIT_ENDS = re.compile(
    r"\s{2,}|[\t\n]|(?:填表|填报|上报|申报|报送)?(?:日期|时间)\s*[:：]|(?:19|20)\d{2}\s*年|二[〇○0零]|年\s*月\s*日|填表人|联系"
)
_FILLER = re.compile(
    r"(?:填表|填报|经办|制表|上报|报送)人?员?\s*(?:姓名|签名|签字)?\s*(?:[(（][^)）]*[)）])?\s*[:：]\s*([^\s:：,，;；、]*(?:·[^\s:：]+)?)"
)
_FILLER_LINE = re.compile(r"(?:填表|填报|经办|制表|上报|报送)人")
_PHONE = re.compile(r"(?:联系)?(?:电话|手机|方式)(?:号码)?\s*[:：]\s*([+\d(（](?:\s?[\d()（）—–-])*)")
# A label that fills its cell stands before its value in the next one, with or without a colon.
_LABEL_ALONE = re.compile(
    r"(?:填报|申报|报送|上报|所在|推荐)?(?:单位|工会)(?:名称|全称)?|(?:填表|填报|经办|制表)人|(?:联系)?电话|联系方式|(?:填表|填报)(?:日期|时间)"
)
# Labels are spread out to look even: 单　位, 填 表 人.
_SPREAD = re.compile(
    "|".join(
        r"\s+".join(word)
        for word in ("单位", "填表人", "填报人", "经办人", "制表人", "联系电话", "电话", "日期", "时间")
    )
)
_BRACKETED = re.compile(r"[(（][^)）]*[)）]$")
_CURRENCY = frozenset(["元", "万元", "人", "人民币元", "元/年", "人/元"])
_SEAL = re.compile(r"[(（][^)）]*章[^)）]*[)）]")
_TAIL = re.compile(r"(?:有限责任公司|有限公司|公司)?(?:基层)?(?:工会)?(?:委员会)?$")
_NOTHING = re.compile(r"[\s_＿—-]*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    unit: str | None
    other_unit: str | None
    """Another one that stands behind the same label: whose are the rows?"""
    filled_on: date | None
    filler: str | None
    filler_phone: str | None


def surroundings(contents: Contents, taken: Iterable[tuple[Table, frozenset[int]]]) -> Surroundings:
    """Read every line and every row that is neither heading nor data. `taken` names the rows that are."""
    said = [narrow(line.replace("\t", "    ")) for line in contents.lines]
    for table, rows in taken:
        said += [_joined(table, number) for number in range(len(table.rows)) if number not in rows]
    said = [_SPREAD.sub(lambda label: without_spaces(label[0]), line) for line in said if line.strip()]
    unit, other = _units(said)
    return Surroundings(unit, other, _filled_on(said), _filler(said), _phone(said))


def _joined(table: Table, number: int) -> str:
    """A row as one line: cells divided by wide spaces, but a name behind a colon stays with its colon."""
    line = ""
    for value in table.rows[number]:
        text = narrow(as_text(value))
        if text:
            if _LABEL_ALONE.fullmatch(_BRACKETED.sub("", text)):
                text += ":"
            line += text if line.endswith((":", "：")) or not line else f"    {text}"
    return line


def _units(lines: list[str]) -> tuple[str | None, str | None]:
    """The first unit that is named, and another one behind the same label. 推荐单位 beside 单位 is the office above."""
    first: tuple[str, str] | None = None
    for line in lines:
        found = _UNIT.search(line)
        if not found:
            continue
        name = _SEAL.sub("", _UNIT_ENDS.split(found[1].lstrip(), maxsplit=1)[0])
        plain = without_spaces(name).strip("_＿。.,，;；")
        if not plain or plain in _CURRENCY:
            continue
        label = without_spaces(_BRACKETED.sub("", found[0].removesuffix(found[1]).strip(" :：")))
        if first is None:
            first = label, plain
        elif label == first[0] and not _same(plain, first[1]):
            return first[1], plain
    return (first[1] if first else None), None


def _same(one: str, other: str) -> bool:
    """Whether two names may be one unit's: short and in full, with and without its 工会."""
    short, long = sorted((_TAIL.sub("", one), _TAIL.sub("", other)), key=len)
    rest = iter(long)
    return all(sign in rest for sign in short)


def _filled_on(lines: list[str]) -> date | None:
    """A whole date; a printed 2017 年 月 日 that nobody filled in says nothing."""
    for line in sorted(lines, key=lambda line: not re.search("单位|日期|时间", line)):
        if re.match(r"\s*(?:[一二三四五六]、|注|说明|备注)", line):
            continue
        when = months.find(line)
        if when and when.as_date:
            return when.as_date
    return None


def _filler(lines: list[str]) -> str | None:
    for line in lines:
        found = _FILLER.search(line)
        if found and not _NOTHING.fullmatch(found[1]) and not re.match("联系|电话", found[1]):
            return names.normalise(found[1])
    return None


def _phone(lines: list[str]) -> str | None:
    """The telephone in the line of the one who filled it in, else in any line around the table."""
    for line in sorted(lines, key=lambda line: not _FILLER_LINE.search(line)):
        found = _PHONE.search(line)
        if found and (number := told_phone(found[1].strip())):
            return number
    return None
