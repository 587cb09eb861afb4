"""Replay a decision: the stored facts under the stored circular must give the stored outcomes, for ever."""

import json
from dataclasses import dataclass

from huigong.circulars.queries import circular_of_version
from huigong.rules.criteria import VERSION
from huigong.rules.deciding import Finding, decide
from huigong.studentaid.models import Application, Decision
from huigong.studentaid.queries import facts_of_decision
from huigong.values.sentence import Sentence
from huigong.vault import blind


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
    again = decide(circular_of_version(decision.version), facts_of_decision(decision))
    outcomes = json.dumps({finding.criterion: finding.outcome for finding in again.findings}, sort_keys=True)
    facts = decision.facts.plain()
    digest = blind.digest("decision", decision.version.digest, decision.vocabulary, facts, outcomes)
    known = decision.vocabulary == VERSION
    same = known and (again.verdict, digest) == (decision.verdict, decision.digest)
    where = f"{application.reference} 第 {decision.number} 次认定"
    where_en = f"Decision {decision.number} of {application.reference}"
    if same:
        said = Sentence(
            "replay_same",
            f"{where}：按当时的事实和通知重算，结论还是“{decision.verdict}”，逐条一致。",
            f"{where_en}: from its own facts and circular it is “{decision.verdict}” again, finding by finding.",
        )
    else:
        said = Sentence(
            "replay_differs",
            f"{where}：重算得“{again.verdict}”，存的是“{decision.verdict}”，不一致。请停用这份数据，取备份核对。",
            f"{where_en}: replayed “{again.verdict}”, stored “{decision.verdict}”. Stop using this data; compare with a backup.",
        )
    return Replayed(decision.number, again.verdict, same, said, again.findings)
