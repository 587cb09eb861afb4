"""资金规则管到人: whom the rules of a source let through and whom they refuse, with the rule, where it is written, and what to do.

What is not known (no level in a file, no dibao line of the place) refuses nobody. Aid of the year counts by source.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from huigong.circulars import parameters
from huigong.quotas import queries as quotas
from huigong.quotas.models import FundRule, FundSource
from huigong.registry.aid_standing import standing_aid
from huigong.rules.fund_rules import NOT_MET, WORDS, Asked, Found, check
from huigong.studentaid.awards import awards_on_the_books
from huigong.studentaid.lifecycle import APPROVED
from huigong.studentaid.models import Application
from huigong.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """One rule that stands against paying a case from a source, and what it found."""

    source: FundSource
    rule: FundRule
    found: Found


@dataclass(slots=True)
class _Given:
    """What a source gave this year, or has promised: by student and by household, and the dibao lines asked so far."""

    on: date
    students: Counter[str] = field(default_factory=Counter)
    households: Counter[object] = field(default_factory=Counter)
    lines: dict[object, int | None] = field(default_factory=dict)

    def add(self, student: str, household: object, fen: int) -> None:
        self.students[student] += fen
        self.households[household] += fen

    def asked(self, one: Application) -> Asked:
        if one.federation_id not in self.lines:
            line = parameters.standing("dibao_line_month", one.federation, on=self.on)
            self.lines[one.federation_id] = line.value if line else None
        return Asked(
            file_level=one.household.enrolment_level if one.household else "",
            fen=one.amount_fen or 0,
            student_fen=self.students[one.student_index],
            household_fen=self.households[one.household_id] if one.household_id else 0,
            dibao_month_fen=self.lines[one.federation_id],
        )


def refusals(fund_source: str, cases: Sequence[Application], *, on: date, apart: bool = False) -> Mapping[str, Refusal]:
    """By reference, whom the rules of this source refuse. Cases of one household count one after the other, in this order.

    `apart`: each as if it were the only one.
    """
    source = FundSource.objects.filter(code=fund_source).first()
    rules = quotas.standing_rules(source, on=on) if source and cases else []
    if source is None or not rules:
        return {}
    given, refused = _given(fund_source, {one.reference for one in cases}, on=on), {}
    for one in cases:
        asked = given.asked(one)
        against = ((rule, check(rule.rule, rule.value, asked)) for rule in rules)
        stops = next(((rule, found) for rule, found in against if found.outcome == NOT_MET), None)
        if stops:
            refused[one.reference] = Refusal(source, *stops)
        elif not apart:
            given.add(one.student_index, one.household_id, asked.fen)
    return refused


def sentence_of(refusal: Refusal, others: Sequence[str]) -> Sentence:
    """What stands against it, where that is written, and what to do; `others` are the sources that could pay."""
    zh, en = WORDS[refusal.rule.rule]
    could = "、".join(others)
    next_zh = f"可以改由 {could} 付" if others else "现在没有别的资金可付，请先落实资金"
    next_en = f"it could be paid from {could}" if others else "no other source could pay now: provide money first"
    return Sentence(
        "fund_rule_refuses",
        f"{refusal.source.name}不能付：{zh}（{refusal.rule.citation}）。{refusal.found.sentence.zh}"
        f"{next_zh}；档案或标准写错了的，改好再查。",
        f"{refusal.source.name} may not pay: {en} ({refusal.rule.citation}). {refusal.found.sentence.en} "
        f"What to do: {next_en}; where file or standard is wrong, mend it and look again.",
    )


def _given(fund_source: str, asked: set[str], *, on: date) -> _Given:
    """Without the cases that are asked about: what they were given before a bounce is not counted against themselves."""
    given = _Given(on)
    rows = standing_aid().filter(fund_source=fund_source, given_on__year=on.year)
    told = [*rows.values_list("case_reference", "person_index", "household_id", "remains")]
    promised = awards_on_the_books().filter(application__status=APPROVED, fund_source=fund_source)
    told += promised.values_list(
        "application__reference", "application__student_index", "application__household_id", "fen"
    )
    for reference, student, household, fen in told:
        if reference not in asked:
            given.add(student, household, fen)
    return given
