"""Decide open applications under the campaign's circular. The same facts give no second decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huigong.circulars.models import CircularVersion
from huigong.lifecycle import actions as lifecycle
from huigong.registry import queries as registry
from huigong.rules.circular import Circular
from huigong.rules.criteria import VERSION
from huigong.rules.deciding import Decision as Decided
from huigong.rules.deciding import decide_all
from huigong.rules.entitlement import entitlement
from huigong.rules.facts import Facts
from huigong.rules.sentences import MET
from huigong.studentaid import found_by
from huigong.studentaid.cases import Surroundings, cases_of
from huigong.studentaid.columns import DECIDED
from huigong.studentaid.digests import as_stored, decision_digest, facts_digest, outcomes_of
from huigong.studentaid.facts import facts_of
from huigong.studentaid.lifecycle import ELIGIBLE, NEXT, OPEN, TIED, WAITING
from huigong.studentaid.models import Application, Decision

_AT_A_TIME = 400
_SET = (
    "facts_digest",
    "verdict",
    "amount_fen",
    "education_level",
    "student_kind",
    "household",
    "member",
    "worker_name",
    "rank",
    "open_points",
)


@dataclass(frozen=True)
class Gathered:
    """An open application, locked, with its facts as they stand now and their digest."""

    application: Application
    facts: Facts
    digest: str


def gather(applications: Sequence[Application], around: Surroundings) -> list[Gathered]:
    """The facts of those among these applications that are still open. A file built since is attached."""
    pending = [one for one in applications if one.status in OPEN]
    _attach(pending)
    gathered = []
    for one, (case, student) in zip(pending, cases_of(pending, around), strict=True):
        facts = facts_of(case)
        one.member = student
        one.education_level = str(facts.get("education_level") or "")
        one.student_kind = str(facts.get("student_kind") or "")
        gathered.append(Gathered(one, facts, facts_digest(as_stored(facts), one.household)))
    return gathered


@transaction.atomic
def decide(
    gathered: Sequence[Gathered], circular: Circular, version: CircularVersion, *, officer: str, at: datetime
) -> int:
    """Write a decision for each application whose facts or circular changed; returns how many."""
    decided = decide_all(circular, [one.facts for one in gathered])
    numbers = _numbers([one.application for one in gathered])
    made, moves = [], []
    for one, answer in zip(gathered, decided, strict=True):
        application = one.application
        last = numbers.get(application.pk)
        decision = _decision(one, answer, circular, version, number=last[0] + 1 if last else 1, at=at)
        same = last is not None and last[1] == decision.digest
        stands = same and one.digest == application.facts_digest and application.open_points is not None
        if stands and application.status in {answer.verdict, WAITING, TIED}:
            continue
        if not same:
            made.append(decision)
        application.facts_digest, application.verdict = one.digest, answer.verdict
        application.amount_fen = decision.amount_fen if answer.verdict == ELIGIBLE else None
        application.open_points = sum(finding.outcome != MET for finding in answer.findings)
        # A turn in the order was given on the facts as they stood: sharing gives it anew.
        application.rank = None
        told = {
            "decision": decision.digest,
            "number": last[0] if same and last else decision.number,
            "circular": version.digest,
            "fen": decision.amount_fen or 0,
            "decided": DECIDED.told(application),
        }
        moves.append(lifecycle.Move(application, answer.verdict, application.reference, "application.decided", told))
    Decision.objects.bulk_create(made, batch_size=_AT_A_TIME)
    lifecycle.advance_all(moves, next_table=NEXT, officer=officer, at=at, also=_SET)
    found_by.follow(move.row for move in moves if isinstance(move.row, Application))
    return len(made)


def _decision(
    one: Gathered, answer: Decided, circular: Circular, version: CircularVersion, *, number: int, at: datetime
) -> Decision:
    facts, outcomes = as_stored(one.facts), outcomes_of(answer.findings)
    decision = Decision(
        application=one.application,
        number=number,
        version=version,
        vocabulary=VERSION,
        verdict=answer.verdict,
        amount_fen=entitlement(circular, one.facts).fen,
        data_key_id=one.application.data_key_id,
        digest=decision_digest(version.digest, VERSION, facts, outcomes),
        at=at,
    )
    decision.facts, decision.outcomes = facts, outcomes
    return decision


def _numbers(applications: Sequence[Application]) -> dict[object, tuple[int, str]]:
    """The number and digest of the last decision of each application."""
    found: dict[object, tuple[int, str]] = {}
    wanted = [one.pk for one in applications]
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = Decision.objects.filter(application__in=wanted[start : start + _AT_A_TIME]).order_by("number")
        for key, number, digest in rows.values_list("application_id", "number", "digest"):
            found[key] = (number, digest)
    return found


def _attach(applications: Sequence[Application]) -> None:
    """Give applications that came without a file the file that was built since (五(二): file first)."""
    without = [one for one in applications if one.household_id is None]
    if not without:
        return
    households = registry.households_by_parent(one.claimant for one in without)
    for one in without:
        household = households.get(one.claimant)
        if household is not None:
            one.household, one.worker_name = household, household.worker_name
