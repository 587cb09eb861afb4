"""The facts that a circular's criteria may ask for: one catalogue of names, types and words.

A fact that is null is not known; a criterion over it is unknown, and an unknown application is incomplete, not refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huigong.values import money

Value = str | int | bool | date | None
Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact: `kind` is one of bool, int, fen (money as integer fen), date, text."""

    name: str
    kind: str
    zh: str
    en: str
    words: Mapping[str, tuple[str, str]] | None = None


_LEVELS = {
    "primary": ("小学", "primary school"),
    "junior_high": ("初中", "junior high school"),
    "senior_high": ("普通高中", "senior high school"),
    "secondary_vocational": ("中等职业学校", "secondary vocational school"),
    "higher_vocational": ("高等职业院校", "higher vocational college"),
    "undergraduate": ("普通高校本科", "university (undergraduate)"),
    "postgraduate": ("研究生", "university (postgraduate)"),
}
_KINDS = {"freshman": ("新生", "freshman"), "continuing": ("历届生（在读）", "continuing student")}
_DESTINATIONS = {
    "seeking": ("还在找工作", "looking for work"),
    "employed": ("就业", "employed"),
    "self_employed": ("创业", "self-employed"),
    "further_study": ("升学", "further study"),
    "enlisted": ("入伍", "enlisted"),
    "declined": ("暂不需要帮扶", "wants no help now"),
    "unreachable": ("联系不上", "not reached"),
}
_REVIEW = {
    "passed": ("已审核并通过", "reviewed and passed"),
    "not_passed": ("已审核，未通过", "reviewed, not passed"),
    "not_reviewed": ("未审核", "not reviewed"),
}

CATALOGUE: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("household_enrolled", "bool", "家庭已建档", "household on file"),
        Fact("file_status", "text", "档案状态", "file status"),
        Fact("certificate_review", "text", "优惠证审核", "certificate review", _REVIEW),
        Fact("settled_certificate", "bool", "负责人已核定优惠证", "certificate settled by a leader"),
        Fact("submitted_by_unit", "bool", "由单位统一报送", "handed in by a unit"),
        Fact("received_on", "date", "收到日期", "day received"),
        Fact("settled_late", "bool", "负责人同意收下迟交的表", "lateness settled by a leader"),
        Fact("stamped_form", "bool", "盖章登记表", "stamped form"),
        Fact("benefit_card_copy", "bool", "惠工卡复印件", "copy of the benefit card"),
        Fact("admission_letter", "bool", "录取通知书（原件已看、复印件）", "admission letter (original seen, copy)"),
        Fact("enrolment_proof", "bool", "成绩单或在读证明", "transcript or proof of enrolment"),
        Fact("student_kind", "text", "新生或历届生", "freshman or continuing", _KINDS),
        Fact("education_level", "text", "就读阶段", "education level", _LEVELS),
        Fact("education_level_agrees", "bool", "就读阶段各处一致", "sources agree on the education level"),
        Fact("full_time", "bool", "全日制在校", "full-time"),
        Fact("school_area", "text", "学校所在地", "area of the school"),
        Fact("student_in_file", "bool", "学生在家庭档案里", "student stands in the household file"),
        Fact("form_consistent", "bool", "登记表内容前后一致", "the form agrees with itself"),
        Fact("family_plausible", "bool", "家长年龄与学生相称", "the parent is old enough"),
        Fact("settled_doubt", "bool", "负责人已核实这一家", "family settled by a leader"),
        Fact("identities_valid", "bool", "身份证号码有效", "identity numbers valid"),
        Fact("claimed_by_another_household", "bool", "另一户也报了这名学生", "another household claims the student"),
        Fact("settled_for_another_household", "bool", "已定由另一户申请", "settled for another household"),
        Fact("awarded_for_same_need", "bool", "同一需要已获资助", "already awarded for the same need"),
        Fact("card_on_file", "bool", "档案里有职工本人的惠工卡", "worker's own benefit card on file"),
        Fact("card_valid", "bool", "惠工卡号有效", "benefit card number valid"),
        Fact("name_agrees", "bool", "表与档案姓名一致", "names on form and file agree"),
        Fact("income_agrees", "bool", "表与档案收入一致", "income on form and file agree"),
        Fact("card_agrees", "bool", "表与档案卡号一致", "card on form and file agree"),
        Fact("phone_agrees", "bool", "表与档案电话一致", "phone on form and file agree"),
        Fact("annual_income_fen", "fen", "家庭年收入", "household's yearly income"),
        Fact("essential_expenditure_fen", "fen", "年刚性支出", "yearly essential expenditure"),
        Fact("household_size", "int", "家庭人口", "household size"),
        Fact("income_per_head_fen", "fen", "家庭年人均收入", "yearly income per head"),
        Fact("dibao_line_month_fen", "fen", "当地月低保标准", "local monthly dibao line"),
        Fact("relative_line_month_fen", "fen", "当地相对困难线（月）", "local line of relative hardship (month)"),
        Fact("sudden_cost_fen", "fen", "年突发支出", "the year's sudden costs"),
        Fact("children_in_school", "int", "在学子女数", "children in school"),
        Fact("schooling_cost_fen", "fen", "年教育负担", "yearly schooling cost"),
        Fact("hardship_category", "text", "困难类别", "hardship category"),
        Fact("migrant_worker", "bool", "困难农民工", "migrant hardship worker"),
        Fact("union_member", "bool", "工会会员", "union member"),
        Fact("unit_has_union", "bool", "单位有工会", "unit has a union"),
        Fact("zero_employment", "bool", "零就业家庭", "zero-employment household"),
        Fact("homes_owned", "int", "住房套数", "homes owned"),
        Fact("owns_business", "bool", "经商办企业并雇工", "owns a business with employees"),
        Fact(
            "high_fee_school", "bool", "高收费私立学校或自费留学", "high-fee private school or self-funded study abroad"
        ),
        # Of graduates: what the state's employment policies ask (policies.toml).
        Fact("in_graduation_year", "bool", "毕业年度内（当年1月至12月）", "in the calendar year of graduation"),
        Fact("months_since_graduation", "int", "离校月数", "months since graduation"),
        Fact("destination", "text", "去向", "what became of the graduate", _DESTINATIONS),
        Fact(
            "registered_in_assistance", "bool", "已纳入政府就业援助", "registered in government employment assistance"
        ),
        Fact("has_skill_certificate", "bool", "有技能证书", "has a skill certificate"),
        Fact("works_for_small_firm", "bool", "在小微企业就业", "works for a small firm"),
        Fact("employer_pays_insurance", "bool", "单位已缴社会保险", "the employer pays social insurance"),
    )
}


def known(name: str) -> bool:
    """Whether a circular may ask for this fact; `confirmed_…` facts are an officer's ticks and always allowed."""
    return name in CATALOGUE or name.startswith("confirmed_")


def fact(name: str) -> Fact:
    return CATALOGUE.get(name) or Fact(name, "bool", "经办人核实", "confirmed by an officer")


def fits(name: str, value: Value) -> bool:
    """Whether a value can be this fact's: its type, and one of its code words where it has some."""
    known_fact = fact(name)
    if value is None:
        return True
    if isinstance(value, bool) or known_fact.kind == "bool":
        return isinstance(value, bool) and known_fact.kind == "bool"
    if known_fact.kind in {"int", "fen"}:
        return isinstance(value, int)
    if known_fact.kind == "date":
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, str) and (known_fact.words is None or value in known_fact.words)


def as_json(facts: Facts) -> dict[str, str | int | bool | None]:
    """Facts as JSON can hold them, by name: days as YYYY-MM-DD."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in sorted(facts.items())}


def from_json(told: Mapping[str, Any]) -> Facts:
    """The facts that `as_json` wrote."""
    return {
        name: date.fromisoformat(value) if isinstance(value, str) and fact(name).kind == "date" else value
        for name, value in told.items()
    }


def in_words(name: str, value: Any) -> tuple[str, str]:
    """A value as people say it, in Chinese and English: dates, yuan, yes and no, code words."""
    known_fact = fact(name)
    if value is None:
        return "不清楚", "not known"
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日", f"{value.day} {value:%B %Y}"
    if known_fact.kind == "fen" and isinstance(value, int):
        amount = money.for_people(value)
        return f"{amount}元", f"{amount} yuan"
    if known_fact.words and value in known_fact.words:
        return known_fact.words[value]
    return str(value), str(value)
