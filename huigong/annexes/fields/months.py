"""When, as written on forms: 2017年8月, 二〇一七年八月, 17年8月, 2017.8, 2016/09, 2016级, 今年9月. Finds it and where it stands."""

import re
from datetime import date
from typing import NamedTuple

from huigong.annexes.fields import numerals

_D = "0-9〇零○一二三四五六七八九"
_MONTH = "[0-9〇零一二三四五六七八九十]{1,3}"
_DAY = rf"(?:\s*({_MONTH})\s*[日号])?"
_SEASON = "(?:秋季?|春季?|夏季?|暑期|学年)?(?:入学)?"
_PATTERNS = (
    # 2017年8月10日, 二〇一七年八月, 17年8月, 2016年 (month after the year may be absent)
    re.compile(
        rf"(?<![{_D}])((?:19|20)[0-9]{{2}}|[二一][{_D}]{{3}}|[’']?[0-9]{{2}}|[〇零一二][{_D}])\s*年\s*度?\s*(?:({_MONTH})\s*月(?:份|初|上旬|中旬|下旬|底|末)?{_DAY}|{_SEASON})"
    ),
    # 2017-08-15, 2017/09, 2017.8, 2017．8, 2017、8
    re.compile(
        r"(?<!\d)((?:19|20)\d{2})\s*[-/.．。、—–_·]\s*(\d{1,2})(?:\s*[-/.．。、—–_·]\s*(\d{1,2}))?(?:\s*月份?|日)?(?!\d)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    ),
    # 20170815, 201708
    re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)?(?!\d)"),
    # 2016级, 16级
    re.compile(r"(?<!\d)((?:20)?\d{2})\s*(?:级|秋)()()"),
    # 17.8, 17/09 with nothing else to mistake them for
    re.compile(r"(?<![\d.])([12]\d)[./-](\d{1,2})(?![\d.%])()"),
    # 2017 alone
    re.compile(r"(?<!\d)(20[012]\d)(?!\d)()()"),
)
_RELATIVE = re.compile(rf"(今年|本年|去年|前年)(?:({_MONTH})\s*月(?:份)?{_DAY})?")
_YEARS_AGO = {"今年": 0, "本年": 0, "去年": 1, "前年": 2}
_LONE_MONTH = re.compile(rf"(?<![{_D}十])({_MONTH})\s*月(?:份)?{_DAY}")


class When(NamedTuple):
    """A month (or only a year) and the stretch of text that says it."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    @property
    def text(self) -> str | None:
        """`2017-08`, `2017`, or null."""
        if self.year is None:
            return None
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

    @property
    def as_date(self) -> date | None:
        if self.year is None or not self.month or not self.day:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def find(text: str, *, this_year: int | None = None) -> When | None:
    """The first moment that a text names, or None. `this_year` is what 今年 means."""
    found = [when for pattern in _PATTERNS[:3] if (when := _first(pattern, text))]
    if found:
        return min(found, key=lambda when: when.start)
    for pattern in _PATTERNS[3:]:
        if when := _first(pattern, text):
            return when
    return _relative(text, this_year)


def lone_month(text: str) -> tuple[int, int] | None:
    """Where a month without a year stands (8月): says no when, but is no part of a school's name."""
    found = _LONE_MONTH.search(text)
    return found.span() if found else None


def _first(pattern: re.Pattern[str], text: str) -> When | None:
    for match in pattern.finditer(text):
        year = _year(match[1])
        if year is None:
            continue
        month = _within(match[2], 12)
        return When(year, month, _within(match[3], 31) if month else None, match.start(), match.end())
    return None


def _relative(text: str, this_year: int | None) -> When | None:
    match = _RELATIVE.search(text)
    if not match:
        return None
    year = this_year - _YEARS_AGO[match[1]] if this_year else None
    return When(year, _within(match[2], 12), _within(match[3], 31), match.start(), match.end())


def _year(text: str) -> int | None:
    digits = numerals.digits_only(text.strip("’'"))
    if not digits.isdigit():
        return None
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    return year if 1950 <= year <= 2099 else None


def _within(text: str | None, most: int) -> int | None:
    number = numerals.small_number(text) if text else None
    return number if number is not None and 1 <= number <= most else None
