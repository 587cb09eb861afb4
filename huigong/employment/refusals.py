"""What an outcome may not say, each with what is wrong and what to do: before graduation, in the future, without its evidence."""

from datetime import date, timedelta
from typing import Protocol

from huigong.documents.models import Document
from huigong.employment.evidence import OWN_WORD, kinds
from huigong.employment.models import Employer, Graduate, Outcome
from huigong.employment.models import Opening as OpeningRow
from huigong.employment.queries import was_aided
from huigong.rules.employed import SELF_EMPLOYED, SETTLED
from huigong.values.sentence import SaidError, Sentence

A_YEAR = timedelta(days=366)
_OLDEST = {SELF_EMPLOYED: 4 * A_YEAR}
"""A paper signed at school shows the work after it: a contract of the last year, the licence of a business of the years there."""


class Said(Protocol):
    """The part of what is said that is looked at here."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def by_aid(self) -> bool: ...
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
    asked = (
        _days(graduate, said, today),
        _evidence_of(said, today),
        _place(said),
        _again(before, said),
        _aid(graduate, said),
    )
    for sentence in asked:
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


def refuse_evidence(kind: str, evidence: str, evidence_on: date | None, *, since: date, today: date) -> None:
    """Raises SaidError where it does not show an outcome since that day, or is of no day that was."""
    if sentence := _evidence(kind, evidence, evidence_on, since, today):
        raise SaidError(sentence)


def _evidence_of(said: Said, today: date) -> Sentence | None:
    if said.document and not said.evidence:
        return Sentence(
            "paper_without_kind",
            "传了凭据，请选是哪一种，再写上面的日期。",
            "A paper was sent: say which evidence it is, and the day on it.",
        )
    return _evidence(said.kind, said.evidence, said.evidence_on, said.on, today) if said.evidence else None


def _evidence(kind: str, evidence: str, evidence_on: date | None, since: date, today: date) -> Sentence | None:
    if kind not in SETTLED:
        return Sentence(
            "evidence_not_needed", "这个去向不用凭据，请不选。", "This outcome needs no evidence: choose none."
        )
    if evidence_on is None or evidence_on > today:
        return Sentence(
            "evidence_without_day",
            "请写凭据上的日期，不能晚于今天：以后才有的凭据，到时候再记。",
            "Write the day of the evidence, not after today: evidence that is still to come is noted when it is there.",
        )
    if evidence_on < since - _OLDEST.get(kind, A_YEAR):
        return Sentence(
            "evidence_too_old",
            f"凭据是 {evidence_on} 的，比 {since} 早得太多，证明不了这个去向。请核对两个日期，或换一份凭据。",
            f"The evidence is of {evidence_on}, too long before {since} to show this: check both days, or add another.",
        )
    # Which papers show it is asked of the day on the paper: what a later circular takes shows nothing of an earlier day.
    showing = kinds().showing(kind, on=evidence_on)
    if evidence != OWN_WORD and evidence not in showing:
        zh, en = ("、".join(word) for word in zip(*showing.values(), strict=True)) if showing else ("—", "—")
        return Sentence(
            "evidence_unfit",
            f"这种凭据证明不了这个去向。{evidence_on} 认的凭据：{zh}；通知另认的，先在代码表里添上。",
            f"This evidence does not show this outcome. On {evidence_on} these do: {en}; add what a circular takes besides "
            "to the code lists first.",
        )
    return None


def _place(said: Said) -> Sentence | None:
    if said.kind == "employed" and not (said.employer or said.employer_name.strip()):
        return Sentence("outcome_without_place", "请写去了哪个单位。", "Say which employer it is.")
    return None


def _aid(graduate: Graduate, said: Said) -> Sentence | None:
    """By aid is by something that was done: a service until that day (a recommendation is one), or money for the start-up."""
    if not said.by_aid or said.kind not in SETTLED or was_aided(graduate, until=said.on):
        return None
    return Sentence(
        "aid_without_service",
        f"到 {said.on} 为止没有记过给本人的服务，不能算“经工会帮扶”。请先把做过的服务按日期补记上；没有做过，请去掉这个勾。",
        f"No service until {said.on} is noted, so this is not by aid: note what was done with its day first, or untick it.",
    )


def _again(before: Outcome | None, said: Said) -> Sentence | None:
    if before and before.kind == said.kind and before.on == said.on:
        return Sentence(
            "outcome_stands",
            f"这个去向已经记过了（{before.on}），没有再记。有新凭据请补在上面。",
            f"This outcome stands already ({before.on}); it was not noted again. Add new evidence to it.",
        )
    return None
