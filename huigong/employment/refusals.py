"""What an outcome may not say, each with what is wrong and what to do: before graduation, in the future, without its evidence."""

from datetime import date
from typing import Protocol

from huigong.documents.models import Document
from huigong.employment.models import Employer, Graduate, Outcome
from huigong.employment.models import Opening as OpeningRow
from huigong.rules.employed import SETTLED
from huigong.values.sentence import SaidError, Sentence

FITTING = {
    "employed": {"contract", "social_insurance", "employer_letter", "payroll", "own_word", "survey"},
    "self_employed": {"licence", "own_word", "survey"},
    "further_study": {"admission", "own_word", "survey"},
    "enlisted": {"enlistment", "own_word", "survey"},
}
"""Which evidence shows which outcome. One's own word is kept, and counts for nothing until a paper is seen (decision 600)."""


def proves(kind: str, evidence: str) -> bool:
    """Whether an outcome counts on this evidence: one's own word alone does not."""
    return kind in SETTLED and evidence not in {"", "own_word"}


class Said(Protocol):
    """The part of what is said that is looked at here."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def employer(self) -> Employer | None: ...
    @property
    def employer_name(self) -> str: ...
    @property
    def opening(self) -> OpeningRow | None: ...
    @property
    def evidence(self) -> str: ...
    @property
    def evidence_on(self) -> date | None: ...
    @property
    def document(self) -> Document | None: ...


def refuse_outcome(graduate: Graduate, said: Said, before: Outcome | None, *, today: date) -> None:
    """Raises SaidError with the first thing that cannot be."""
    for sentence in (_days(graduate, said, today), _evidence_of(said, today), _place(said), _again(before, said)):
        if sentence:
            raise SaidError(sentence)


def _days(graduate: Graduate, said: Said, today: date) -> Sentence | None:
    if said.on > today:
        return Sentence(
            "outcome_in_future", f"{said.on} 还没到，到了再记。", f"{said.on} has not come yet: note it once it has."
        )
    if said.kind in SETTLED and said.on < graduate.graduates_on:
        return Sentence(
            "outcome_before_graduation",
            f"{said.on} 早于毕业日期 {graduate.graduates_on}：在校时签的约，从毕业那天起算；毕业日期不对，请先改。",
            f"{said.on} is before graduation on {graduate.graduates_on}: what was signed at school counts from that day.",
        )
    return None


def refuse_evidence(kind: str, evidence: str, evidence_on: date | None, *, today: date) -> None:
    """Raises SaidError where it does not show the outcome, or is of no day that was."""
    if sentence := _evidence(kind, evidence, evidence_on, today):
        raise SaidError(sentence)


def _evidence_of(said: Said, today: date) -> Sentence | None:
    if said.document and not said.evidence:
        return Sentence(
            "paper_without_kind",
            "传了凭据，请选是哪一种，再写上面的日期。",
            "A paper was sent: say which evidence it is, and the day on it.",
        )
    return _evidence(said.kind, said.evidence, said.evidence_on, today) if said.evidence else None


def _evidence(kind: str, evidence: str, evidence_on: date | None, today: date) -> Sentence | None:
    if evidence not in FITTING.get(kind, set()):
        return Sentence(
            "evidence_unfit",
            "这种凭据证明不了这个去向：就业看合同、社保、单位证明或工资，创业看执照，升学看录取通知书，入伍看入伍通知书。",
            "This evidence does not show this outcome: a contract, insurance, letter or payroll shows work, a licence a "
            "business, an admission letter study, an enlistment notice service.",
        )
    if evidence_on is None or evidence_on > today:
        return Sentence(
            "evidence_without_day",
            "请写凭据上的日期，不能晚于今天：以后才有的凭据，到时候再记。",
            "Write the day of the evidence, not after today: evidence that is still to come is noted when it is there.",
        )
    return None


def _place(said: Said) -> Sentence | None:
    if said.kind == "employed" and not (said.employer or said.employer_name.strip()):
        return Sentence("outcome_without_place", "请写去了哪个单位。", "Say which employer it is.")
    return None


def _again(before: Outcome | None, said: Said) -> Sentence | None:
    if before and before.kind == said.kind and before.on == said.on:
        return Sentence(
            "outcome_stands",
            f"这个去向已经记过了（{before.on}），没有再记。有新凭据请补在上面。",
            f"This outcome stands already ({before.on}); it was not noted again. Add new evidence to it.",
        )
    return None
