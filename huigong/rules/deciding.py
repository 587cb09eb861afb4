"""Decide applications under a circular: every criterion becomes a finding that cites its clause; findings make the verdict.

Refused only by a criterion that may refuse; else to be settled by a person; else incomplete (something can be mended or
is not known); else eligible. Looks are shown and change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from huigong.rules import criteria
from huigong.rules.circular import Circular, Use
from huigong.rules.facts import Facts, fact, in_words
from huigong.values.sentence import Sentence

ELIGIBLE, INCOMPLETE, TO_SETTLE, REFUSED = "eligible", "incomplete", "to_settle", "refused"
MET, NOT_MET, CURABLE, UNKNOWN = "met", "not_met", "curable", "unknown"
_TYPES = {"bool": pl.Boolean, "int": pl.Int64, "fen": pl.Int64, "date": pl.Date, "text": pl.String}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one criterion found. `means` says what it leads to where it is not met (refused, curable, to_settle, look)."""

    clause: str
    criterion: str
    outcome: str
    means: str
    fact: str
    value: Any
    threshold: Any
    sentence: Sentence

    def as_json(self) -> dict[str, Any]:
        return {
            "clause": self.clause,
            "criterion": self.criterion,
            "outcome": self.outcome,
            "means": self.means,
            "fact": self.fact,
            "value": _plain(self.value),
            "threshold": _plain(self.threshold),
            "zh": self.sentence.zh,
            "en": self.sentence.en,
        }


@dataclass(frozen=True, slots=True)
class Decision:
    verdict: str
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(finding.criterion for finding in self.findings if finding.outcome != MET)


def decide(circular: Circular, facts: Facts) -> Decision:
    """Decide one application."""
    return decide_all(circular, [facts])[0]


def decide_all(circular: Circular, applications: Sequence[Facts]) -> list[Decision]:
    """Decide many applications in one pass over columns; the answers stand in the given order."""
    if not applications:
        return []
    columns = outcomes(circular, frame_of(circular, applications)).to_dict(as_series=False)
    prepared = [(_Prepared(circular, use), columns[use.name]) for use in circular.criteria]
    return [
        _decision([use.finding(outcome[number], facts) for use, outcome in prepared])
        for number, facts in enumerate(applications)
    ]


def frame_of(circular: Circular, applications: Sequence[Facts]) -> pl.DataFrame:
    """One typed column a fact that the circular asks for; what an application lacks is null."""
    return pl.DataFrame(
        {
            name: pl.Series(name, [facts.get(name) for facts in applications], dtype=_TYPES[fact(name).kind])
            for name in circular.facts
        }
    )


def outcomes(circular: Circular, frame: Any) -> Any:
    """A frame (any that narwhals knows) with one boolean column a criterion: met, not met, or null for unknown."""
    narrow: Any = nw.from_native(frame)
    return narrow.select(
        *(criteria.expression(use.criterion, use.parameters).alias(use.name) for use in circular.criteria)
    )


def verdicts(circular: Circular, frame: Any) -> Any:
    """One text column `verdict` for a frame of facts: the same rule as `decide_all`, for what-if over millions."""
    met = outcomes(circular, frame)
    failing = {
        means: [nw.col(use.name) for use in circular.criteria if use.failing == means]
        for means in ("refused", "to_settle", "curable")
    }
    refused = _any_false(failing["refused"])
    settle = _any_false(failing["to_settle"])
    open_ = [
        ~column.fill_null(value=False) for means in ("refused", "to_settle", "curable") for column in failing[means]
    ]
    incomplete = nw.any_horizontal(*open_, ignore_nulls=True) if open_ else nw.lit(value=False)
    verdict = (
        nw.when(refused)
        .then(nw.lit(REFUSED))
        .when(settle)
        .then(nw.lit(TO_SETTLE))
        .when(incomplete)
        .then(nw.lit(INCOMPLETE))
        .otherwise(nw.lit(ELIGIBLE))
    )
    return met.select(verdict.alias("verdict"))


def _any_false(columns: list[nw.Expr]) -> nw.Expr:
    return (
        nw.any_horizontal(*(~column.fill_null(value=True) for column in columns), ignore_nulls=True)
        if columns
        else nw.lit(value=False)
    )


def _decision(findings: list[Finding]) -> Decision:
    failed = {finding.means for finding in findings if finding.outcome in {NOT_MET, CURABLE}}
    unknown = any(finding.outcome == UNKNOWN and finding.means != "look" for finding in findings)
    if REFUSED in failed:
        verdict = REFUSED
    elif TO_SETTLE in failed:
        verdict = TO_SETTLE
    elif CURABLE in failed or unknown:
        verdict = INCOMPLETE
    else:
        verdict = ELIGIBLE
    return Decision(verdict, tuple(findings))


class _Prepared:
    """A use of a criterion with the words that do not change from row to row."""

    def __init__(self, circular: Circular, use: Use) -> None:
        word = criteria.VOCABULARY[use.criterion]
        self.use, self.fact = use, use.reads()[0]
        self.threshold = use.parameters.get(word.threshold) if word.threshold else None
        self.printed, self.limit = circular.printed(use.clause), self._limit(word.threshold)

    def finding(self, met: bool | None, facts: Facts) -> Finding:  # noqa: FBT001  the outcome itself
        use, value = self.use, facts.get(self.fact)
        outcome = UNKNOWN if met is None else MET if met else CURABLE if use.failing == "curable" else NOT_MET
        return Finding(
            use.clause, use.name, outcome, use.failing, self.fact, value, self.threshold, self._sentence(outcome, value)
        )

    def _sentence(self, outcome: str, value: Any) -> Sentence:
        use, (zh, en) = self.use, in_words(self.fact, value)
        limit_zh, limit_en = self.limit
        facts: dict[str, str | int | bool | None] = {"clause": use.clause, "outcome": outcome, "value": _plain(value)}
        if outcome == MET:
            words = (
                f"{use.label}：{zh}{limit_zh}，符合{self.printed}。",
                f"{use.label_en}: {en}{limit_en}; {use.clause} is met.",
            )
        elif outcome == UNKNOWN:
            words = (
                f"{use.label}：还不清楚，{self.printed}要看这一项。{use.remedy}",
                f"{use.label_en}: not known yet, and {use.clause} asks for it. {use.remedy_en}".rstrip(),
            )
        elif use.failing == "to_settle":
            words = (
                f"{use.label}：{zh}{limit_zh}，与{self.printed}不合，请负责人定。{use.remedy}",
                f"{use.label_en}: {en}{limit_en}; by {use.clause} a named leader decides. {use.remedy_en}".rstrip(),
            )
        elif use.failing == "refused":
            words = (
                f"{use.label}：{zh}{limit_zh}，不符合{self.printed}。{use.remedy}",
                f"{use.label_en}: {en}{limit_en}; {use.clause} is not met. {use.remedy_en}".rstrip(),
            )
        elif use.failing == "look":
            words = (
                f"{use.label}：{zh}，请看一眼。{use.remedy}",
                f"{use.label_en}: {en}; please look once. {use.remedy_en}".rstrip(),
            )
        else:
            words = (
                f"{use.label}：{zh}{limit_zh}。按{self.printed}还要补：{use.remedy}",
                f"{use.label_en}: {en}{limit_en}. {use.clause} still asks: {use.remedy_en}".rstrip(),
            )
        return Sentence(f"{use.name}.{outcome}", *words, facts)

    def _limit(self, threshold: str) -> tuple[str, str]:
        if threshold == "day":
            zh, en = in_words(self.fact, self.threshold)
            word = "以前" if self.use.criterion == "on_or_before" else "以后"
            return f"（应在{zh}{word}）", f" (limit: {en})"
        if threshold == "percent":
            return f"（标准：低保线的{self.threshold}%）", f" (limit: {self.threshold} % of the dibao line)"
        if threshold == "value":
            zh, en = in_words(self.fact, self.threshold)
            return f"（界限：{zh}）", f" (limit: {en})"
        return "", ""


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
