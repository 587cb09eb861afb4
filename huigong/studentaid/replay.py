"""Replay a decision: the stored facts under the stored circular must give the stored outcomes, for ever."""

from dataclasses import dataclass

from huigong.circulars.queries import circular_of_version
from huigong.rules.deciding import Decision as Decided
from huigong.rules.deciding import Finding, decide
from huigong.rules.entitlement import entitlement
from huigong.studentaid.digests import decision_digest, outcomes_of
from huigong.studentaid.lifecycle import WORDS
from huigong.studentaid.models import Application, Decision
from huigong.studentaid.queries import facts_of_decision
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class Replayed:
    """One decision made again: whether it is the same, and what it found."""

    number: int
    verdict: str
    same: bool
    sentence: Sentence
    findings: tuple[Finding, ...]


def replay(application: Application) -> list[Replayed]:
    """Every decision of an application, oldest first, made again from what is stored with it."""
    return [_replayed(application, one) for one in application.decisions.select_related("version").order_by("number")]


def _replayed(application: Application, decision: Decision) -> Replayed:
    where = f"{application.reference} 第 {decision.number} 次认定"
    where_en = f"Decision {decision.number} of {application.reference}"
    try:
        again, same = _again(decision)
    except SaidError as error:
        # What was altered in the store does not open any more: that is a difference, and it is told as one.
        said = Sentence(
            "replay_unreadable",
            f"{where}：存的事实或通知打不开。{error.sentence.zh}",
            f"{where_en}: what is stored with it cannot be opened. {error.sentence.en}",
        )
        return Replayed(decision.number, "", same=False, sentence=said, findings=())
    if same:
        said = Sentence(
            "replay_same",
            f"{where}：按当时的事实和通知重算，结论还是“{WORDS[decision.verdict][0]}”，逐条一致。",
            f"{where_en}: from its own facts and circular it is “{decision.verdict}” again, finding by finding.",
        )
    else:
        now, kept = WORDS[again.verdict][0], WORDS.get(decision.verdict, (decision.verdict, ""))[0]
        said = Sentence(
            "replay_differs",
            f"{where}：重算得“{now}”，存的是“{kept}”，结论、金额或逐条结果不一致。请停用这份数据，取备份核对。",
            f"{where_en}: replayed “{again.verdict}”, stored “{decision.verdict}”; verdict, amount or findings differ. "
            "Stop using this data and compare with a backup.",
        )
    return Replayed(decision.number, again.verdict, same=same, sentence=said, findings=again.findings)


def _again(decision: Decision) -> tuple[Decided, bool]:
    """The decision made again, and whether everything that is stored says the same.

    Words of the vocabulary never change their meaning, so a decision of an earlier vocabulary is replayed with this one.
    """
    circular, facts = circular_of_version(decision.version), facts_of_decision(decision)
    again = decide(circular, facts)
    outcomes = outcomes_of(again.findings)
    digest = decision_digest(decision.version.digest, decision.vocabulary, decision.facts.plain(), outcomes)
    same = (
        circular.digest == decision.version.digest
        and (again.verdict, digest, outcomes) == (decision.verdict, decision.digest, decision.outcomes.plain())
        and entitlement(circular, facts).fen == decision.amount_fen
    )
    return again, same
