"""Income as written on forms: 8,000元/年, 1.2万元, 月均500元, 约八千. Whole yuan a year, or the problem that it is words."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from huigong.annexes.contents import CellValue, as_text
from huigong.annexes.fields import numerals
from huigong.annexes.fields.said import Column, Said, says_nothing
from huigong.values.text import without_spaces

_PLAIN = re.compile(r"\d{1,9}")
_NUMBER = re.compile(rf"[0-9][0-9,]*(?:\.[0-9]+)?[{numerals.CHARACTERS}0-9]*|[{numerals.CHARACTERS}]+")
_BRACKETS = re.compile(r"[(\[【{〔][^)\]】}〕]*[)\]】}〕]")
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
# What may stand around the number without changing it. Anything else (低保, 不足, 美元, a second number) makes it words.
_HARMLESS = re.compile(
    r"(?:人民币|RMB|CNY|¥|元|圆|块钱|块|整|正|家庭|年度|每年|全年|年|每月|个月|月|人均|平均|均|每人|人|收入|纯|约为|大约|大概|约|近|≈|~|左右|上下|余|多|为|是|共|每|/|·|:|;|,|\.|。|个|的)*",
    re.IGNORECASE,
)
_ONE = re.compile(r"[一1](年|个?月|人)")
_MONTHLY = re.compile(r"月")
_ONCE_A_YEAR = re.compile(r"年")
_LONG = re.compile(r"\d{10,}[Xx]?")
_TOO_MANY_TEN_THOUSANDS = 1000
MOST_YUAN = 1_000_000
"""A year and head, of families in hardship: more is an identity number, a telephone or a card in the wrong column."""


def read_income(value: CellValue, column: Column) -> Said:
    """Yuan a year. A stated month counts twelve times; a heading in 万元 counts where the number is small enough to be meant so."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if math.isnan(value) or math.isinf(value) or value < 0:
            return _words(as_text(value))
        return _yearly(Decimal(str(value)), column, own_unit=False, monthly=None)
    written = as_text(value).strip().strip("'\"‘’“”")
    if _PLAIN.fullmatch(written) and written.isascii():
        return _yearly(Decimal(written), column, own_unit=False, monthly=None)
    text = without_spaces(written)
    if says_nothing(text) and text not in {"无", "没有", "暂无"}:
        return Said((None,), "missing")
    return _from_words(text, written, column)


def _from_words(text: str, written: str, column: Column) -> Said:
    outside = _ONE.sub(r"\1", _YEAR.sub("", _BRACKETS.sub("", text))) or text
    found = _NUMBER.findall(outside)
    if len(found) != 1 or not _HARMLESS.fullmatch(outside.replace(found[0], "", 1)):
        return _words(written)
    number = numerals.number_of(found[0])
    if number is None:
        return _words(written)
    monthly = True if _MONTHLY.search(outside) else False if _ONCE_A_YEAR.search(outside) else None
    own_unit = bool(re.search(r"[元圆块万萬千仟wW]", outside))
    return _yearly(number, column, own_unit=own_unit, monthly=monthly)


def _yearly(number: Decimal, column: Column, *, own_unit: bool, monthly: bool | None) -> Said:
    if column.in_ten_thousands and not own_unit and number < _TOO_MANY_TEN_THOUSANDS:
        number *= 10_000
    if monthly or (monthly is None and column.monthly):
        number *= 12
    if number > MOST_YUAN:
        shown, shown_en = _shown(f"{number:f}")
        return Said((None,), "not_a_number", f"{shown}，多于{MOST_YUAN}元", f"{shown_en}, more than {MOST_YUAN} yuan")
    return Said((int(number.to_integral_value(ROUND_HALF_UP)),))


def _words(written: str) -> Said:
    return Said((None,), "not_a_number", *_shown(written))


def _shown(written: str) -> tuple[str, str]:
    """What was written, in Chinese and in English, without long numbers: one may well be somebody's identity number."""
    return (
        _LONG.sub(lambda found: f"{found[0][:2]}…（{len(found[0])}位）", written),
        _LONG.sub(lambda found: f"{found[0][:2]}… ({len(found[0])} digits)", written),
    )
