"""What a source of money asks of whoever it pays: a small closed vocabulary, each word met, not met, or not known.

An amount is compared with so many months of the dibao line of the place. What is not known says nothing and refuses nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from huigong.values import money
from huigong.values.sentence import Sentence

NATIONAL_FILES, STUDENT_MONTHS, HOUSEHOLD_MONTHS = "national_files", "student_months", "household_months"
MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"

WORDS: Mapping[str, tuple[str, str]] = {
    NATIONAL_FILES: ("只给全国级建档的家庭", "national-level files only"),
    STUDENT_MONTHS: ("每名学生一年不超过几个月低保", "a student, a year: so many months of the dibao line"),
    HOUSEHOLD_MONTHS: ("每户一年不超过几个月低保", "a household, a year: so many months of the dibao line"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts about one case that a source may ask for: what it would get, what it was given this year of this source."""

    file_level: str
    fen: int
    student_fen: int
    household_fen: int
    dibao_month_fen: int | None


@dataclass(frozen=True, slots=True)
class Found:
    outcome: str
    sentence: Sentence


def check(rule: str, value: int, asked: Asked) -> Found:
    """One rule of a source over one case."""
    if rule == NATIONAL_FILES:
        return _national(asked)
    given = asked.student_fen if rule == STUDENT_MONTHS else asked.household_fen
    return _within(rule, value, given + asked.fen, asked.dibao_month_fen)


def is_weaker(rule: str, value: int, than: int) -> bool:
    """Whether a rule with this value would let through whom one with `than` refuses; nought asks nothing."""
    if not than:
        return False
    return not value or (rule != NATIONAL_FILES and value > than)


def _national(asked: Asked) -> Found:
    if not asked.file_level:
        return Found(UNKNOWN, Sentence("file_level_unknown", "档案没写建档标准。", "The file tells no level."))
    fits = asked.file_level == "全国级"
    zh = f"档案是{asked.file_level}。"
    return Found(MET if fits else NOT_MET, Sentence("file_level", zh, f"The file is of level {asked.file_level}."))


def _within(rule: str, months: int, fen: int, line: int | None) -> Found:
    if line is None:
        zh, en = "当地低保标准没有录，不作判断。", "The local dibao line is not kept: nothing is said."
        return Found(UNKNOWN, Sentence("dibao_unknown", zh, en))
    most = months * line
    zh = f"本年这项资金合计 {money.for_people(fen)} 元，上限 {months} 个月低保 {money.for_people(most)} 元。"
    en = f"{money.for_people(fen)} yuan of this source this year; the ceiling is {money.for_people(most)}."
    return Found(MET if fen <= most else NOT_MET, Sentence(rule, zh, en))
