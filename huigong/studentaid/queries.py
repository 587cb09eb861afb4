"""Ask about applications: who may see which, where each stands, what its decision found and why it has its status."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of_version
from huigong.organisations.models import Officer
from huigong.organisations.queries import scope_of
from huigong.rules import facts as catalogue
from huigong.rules.deciding import Finding, decide_all
from huigong.rules.facts import Facts
from huigong.rules.sentences import MET
from huigong.studentaid.lifecycle import HOLDS_A_PLACE, WORDS
from huigong.studentaid.models import Application, Decision, Submission
from huigong.values.sentence import Sentence
from huigong.vault import actions as vault

_AT_A_TIME = 400


def applications_of(campaign: Campaign) -> QuerySet[Application]:
    return Application.objects.filter(campaign=campaign).select_related("federation", "household", "unit")


def applications_for(officer: Officer, campaign: Campaign) -> QuerySet[Application]:
    """The applications that an officer may see: of the units, or on the quota, of the officer's organisation."""
    mine = scope_of(officer)
    return applications_of(campaign).filter(Q(unit__in=mine) | Q(federation__in=mine))


def counts(applications: QuerySet[Application]) -> Counter[str]:
    """How many stand where, by status."""
    return Counter(applications.order_by().values_list("status", flat=True))


def places_used(campaign: Campaign) -> Counter[str]:
    """Places held by federation code."""
    own = Application.objects.filter(campaign=campaign, status__in=HOLDS_A_PLACE)
    return Counter(own.values_list("federation__code", flat=True))


def last_decisions(applications: Iterable[Application]) -> dict[UUID, Decision]:
    """The decision that stands for each application, by the application's id."""
    found: dict[UUID, Decision] = {}
    wanted = [one.pk for one in applications]
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = Decision.objects.filter(application__in=wanted[start : start + _AT_A_TIME]).select_related("version")
        for decision in rows.order_by("number"):
            found[decision.application_id] = decision
    vault.warm(decision.data_key_id for decision in found.values())
    return found


def facts_of_decision(decision: Decision) -> Facts:
    return catalogue.from_json(json.loads(decision.facts.plain()))


def facts_decided(applications: Collection[Application]) -> dict[str, Facts]:
    """The facts that the standing decision of each application rests on, by reference in the order of references."""
    decisions = last_decisions(applications)
    return {
        one.reference: facts_of_decision(decisions[one.pk])
        for one in sorted(applications, key=lambda one: one.reference)
        if one.pk in decisions
    }


def findings_of(applications: Collection[Application]) -> dict[UUID, tuple[Finding, ...]]:
    """What the standing decision of each application found, said again from its stored facts and circular."""
    decisions = last_decisions(applications)
    by_version: dict[UUID, list[Decision]] = {}
    for decision in decisions.values():
        by_version.setdefault(decision.version_id, []).append(decision)
    found: dict[UUID, tuple[Finding, ...]] = {}
    for own in by_version.values():
        circular = circular_of_version(own[0].version)
        answers = decide_all(circular, [facts_of_decision(decision) for decision in own])
        found.update({one.application_id: answer.findings for one, answer in zip(own, answers, strict=True)})
    return found


def submissions_of(applications: Iterable[Application]) -> dict[UUID, list[Submission]]:
    """The rows behind each application: the one that opened it first, then those that were merged into it."""
    found: dict[UUID, list[Submission]] = {}
    wanted = [one.pk for one in applications]
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = Submission.objects.filter(application__in=wanted[start : start + _AT_A_TIME])
        for submission in rows.select_related("row", "row__form").order_by("-is_first", "row__number"):
            found.setdefault(submission.application_id, []).append(submission)
    return found


@dataclass(frozen=True, slots=True)
class Why:
    """One sentence for a status, with the clauses that it cites."""

    sentence: Sentence
    clauses: tuple[str, ...]


def why(application: Application, findings: Iterable[Finding]) -> Why:
    """Why an application has its status: what is missing or doubtful, or where it stands in the order."""
    open_ = [finding for finding in findings if finding.outcome != MET and finding.means != "look"]
    zh, en = WORDS[application.status]
    clauses = tuple(dict.fromkeys(finding.clause for finding in open_))
    if open_ and application.status not in HOLDS_A_PLACE:
        return Why(
            Sentence(
                f"why.{application.status}",
                f"{zh}：{''.join(finding.sentence.zh for finding in open_)}",
                f"{en.capitalize()}: {' '.join(finding.sentence.en for finding in open_)}",
            ),
            clauses,
        )
    rank_zh = f"，在{application.federation.name}排第 {application.rank} 名" if application.rank else ""
    rank_en = f"; rank {application.rank} in {application.federation.code}" if application.rank else ""
    return Why(
        Sentence(
            f"why.{application.status}", f"{zh}：各条都符合{rank_zh}。", f"{en.capitalize()}: all is met{rank_en}."
        ),
        (),
    )


def students_of(campaign: Campaign) -> frozenset[str]:
    """Blind indexes of every student who applied, by whatever unit."""
    return frozenset(Application.objects.filter(campaign=campaign).values_list("student_index", flat=True))


def by_reference(reference: str) -> Application | None:
    return Application.objects.filter(reference=reference).select_related("campaign", "federation").first()


def of_statuses(applications: Iterable[Application]) -> Mapping[str, list[Application]]:
    """Applications by status, each list in the given order."""
    found: dict[str, list[Application]] = {}
    for one in applications:
        found.setdefault(one.status, []).append(one)
    return found
