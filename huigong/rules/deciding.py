"""Decide applications under a circular: every criterion becomes a finding that cites its clause; findings make the verdict.

Refused only by a criterion that may refuse; else to be settled by a person; else incomplete (something can be mended or
is not known); else eligible. Looks are shown and change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import narwhals as nw
import polars as pl

from huigong.rules import criteria
from huigong.rules.circular import Circular, Use
from huigong.rules.facts import Facts, fact
from huigong.rules.sentences import CURABLE, MET, NOT_MET, UNKNOWN, plain, sentence, shown
from huigong.values.sentence import Sentence

ELIGIBLE, INCOMPLETE, TO_SETTLE, REFUSED = "eligible", "incomplete", "to_settle", "refused"
_TYPES = {"bool": pl.Boolean, "int": pl.Int64, "fen": pl.Int64, "date": pl.Date, "text": pl.String}
_MADE_AT_MOST = 8
_KEPT_AT_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What one criterion found. `means` says what it leads to where it is not met (refused, curable, to_settle, look).

    `label` is the criterion's short name and `printed` its clause as the document prints it: for lists of what is open.
    """

    clause: str
    criterion: str
    outcome: str
    means: str
    fact: str
    value: Any
    threshold: Any
    sentence: Sentence
    label: str = ""
    label_en: str = ""
    printed: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "clause": self.clause,
            "criterion": self.criterion,
            "outcome": self.outcome,
            "means": self.means,
            "fact": self.fact,
            "value": plain(self.value),
            "threshold": plain(self.threshold),
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
    made = _made(circular)
    frame: Any = nw.from_native(frame_of(circular, applications))
    columns = frame.select(*made.expressions).to_dict(as_series=False)
    outcomes_of = [(use, columns[use.use.name], columns.get(_unsettled(use.use))) for use in made.uses]
    return [
        _decision(
            [
                use.finding(met[number], facts, without=unsettled[number] if unsettled else met[number])
                for use, met, unsettled in outcomes_of
            ]
        )
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
    return narrow.select(*_made(circular).criteria)


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


def _unsettled(use: Use) -> str:
    """The column that says how a use would stand without the officer's settlement."""
    return f"{use.name} "


class _Made:
    """What a circular needs for deciding, made once: its expressions, and what its findings say.

    `expressions` has one column a criterion and, for those that a settlement may meet, one more without it.
    """

    def __init__(self, circular: Circular) -> None:
        self.uses = [_Findings(circular, use) for use in circular.criteria]
        self.criteria = [
            criteria.expression(use.criterion, use.parameters).alias(use.name) for use in circular.criteria
        ]
        self.expressions = self.criteria + [
            criteria.VOCABULARY[use.criterion].expression(use.parameters).alias(_unsettled(use))
            for use in circular.criteria
            if use.parameters.get(criteria.UNLESS)
        ]


@lru_cache(maxsize=_MADE_AT_MOST)
def _made(circular: Circular) -> _Made:
    return _Made(circular)


class _Findings:
    """The findings of one use of a criterion. Equal facts give the same finding, so most are made only once."""

    def __init__(self, circular: Circular, use: Use) -> None:
        self.circular, self.use, self.reads = circular, use, use.reads()
        self.kept: dict[tuple[Any, ...], Finding] = {}

    def finding(self, met: bool | None, facts: Facts, *, without: bool | None) -> Finding:  # noqa: FBT001  the outcome itself
        key = (met, without, *(facts.get(name) for name in self.reads))
        if key not in self.kept:
            if len(self.kept) >= _KEPT_AT_MOST:
                self.kept.clear()
            self.kept[key] = self._make(met, facts, settled=met is True and without is not True)
        return self.kept[key]

    def _make(self, met: bool | None, facts: Facts, *, settled: bool) -> Finding:  # noqa: FBT001
        use = self.use
        outcome = UNKNOWN if met is None else MET if met else CURABLE if use.failing == "curable" else NOT_MET
        side = shown(use, facts, met=met)
        words = sentence(self.circular, use, facts, side, outcome, settled=settled)
        return Finding(
            use.clause,
            use.name,
            outcome,
            use.failing,
            side.fact,
            side.value,
            side.threshold,
            words,
            use.label,
            use.label_en,
            self.circular.printed(use.clause),
        )
