"""The words of a household file and what they mean here. A word that is not listed stays as written and means nothing."""

import re
from dataclasses import dataclass
from datetime import date

from huigong.rules.facts import in_words
from huigong.values.text import without_spaces

LEVELS = {
    "小学": "primary",
    "初中": "junior_high",
    "初中及以下": "junior_high",
    "高中": "senior_high",
    "普通高中": "senior_high",
    "普高": "senior_high",
    "中职": "secondary_vocational",
    "中专": "secondary_vocational",
    "职高": "secondary_vocational",
    "职业高中": "secondary_vocational",
    "技校": "secondary_vocational",
    "中技": "secondary_vocational",
    "中等职业学校": "secondary_vocational",
    "大专": "higher_vocational",
    "专科": "higher_vocational",
    "高职": "higher_vocational",
    "高等职业院校": "higher_vocational",
    "本科": "undergraduate",
    "大学本科": "undergraduate",
    "大学": "higher",
    "高校": "higher",
    "普通高校": "higher",
    "研究生": "postgraduate",
    "硕士": "postgraduate",
    "博士": "postgraduate",
    "硕士研究生": "postgraduate",
    "博士研究生": "postgraduate",
}
"""`higher` is a file's word for any higher education: the school register tells which."""

STUDYING = frozenset({"在读", "在校", "就读", "上学", "学生", "在学"})
GRADUATED_JOBLESS = frozenset({"毕业未就业", "未就业", "待业", "毕业待业"})
GRADUATED_EMPLOYED = frozenset({"已就业", "就业", "毕业已就业"})
CHILD = frozenset(
    {"子女", "儿子", "女儿", "子", "女", "长子", "次子", "长女", "次女", "养子", "养女", "继子", "继女", "孙子", "孙女"}
)
_SECOND_HALF = 7
_REVIEWED = re.compile(r"(20\d\d)年?(?:度|第|的)*([上下一二12])(?:个)?半?年")
_NOT_YET = re.compile(r"未审|没审|待审|审核中|未提交|未年审")
_NOT_PASSED = re.compile(r"未通过|不通过|没通过|不合格|未过|退回")


@dataclass(frozen=True, slots=True)
class Review:
    """What the file says about the certificate's review: its state, and the half-year such as `2017-1`."""

    state: str
    half_year: str


def half_year(day: date) -> str:
    """The half-year of a day as a review names it, such as 2017-2: the certificate is reviewed in June and in December."""
    return f"{day.year}-{1 if day.month < _SECOND_HALF else 2}"


def review_of(text: str) -> Review:
    """未审核 / 2017年上半年已审核 / 2017年上半年审核未通过. An empty or unknown word is no state."""
    plain = without_spaces(text)
    found = _REVIEWED.search(plain)
    half = f"{found[1]}-{1 if found[2] in '上一1' else 2}" if found else ""
    if not plain:
        return Review("", "")
    if _NOT_PASSED.search(plain):
        return Review("not_passed", half)
    if _NOT_YET.search(plain):
        return Review("not_reviewed", half)
    if "已审" in plain or "通过" in plain or "合格" in plain:
        return Review("passed", half)
    return Review("", half)


def level_in_words(level: str) -> tuple[str, str]:
    """A level as people say it, in Chinese and English. Files also know a level that no rule asks for: 大学, whatever kind."""
    return ("大学", "university or college") if level == "higher" else in_words("education_level", level)


def level_of(text: str) -> str:
    return LEVELS.get(without_spaces(text), "")
