"""Ask about applications: who may see which, where each stands, what its decision found and why it has its status."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of_version
from huigong.intake.models import Paper
from huigong.organisations.models import Officer, Organisation
from huigong.organisations.queries import names_of, scope_of, serves_all, within
from huigong.publicnotices import queries as publicnotices
from huigong.registry import searching
from huigong.registry.clues import clues
from huigong.registry.lifecycle import ERASED
from huigong.rules import facts as catalogue
from huigong.rules.circular import Circular, Use
from huigong.rules.criteria import UNLESS
from huigong.rules.deciding import Finding, decide_all
from huigong.rules.doors import Door, doors_for
from huigong.rules.facts import Facts
from huigong.rules.sentences import MET, NOT_MET
from huigong.studentaid.lifecycle import HOLDS_A_PLACE, ON_NOTICE, PLACED, TIED, WAITING
from huigong.studentaid.models import Application, Decision, Settlement, Submission
from huigong.values.sentence import Sentence
from huigong.values.spoken import typed
from huigong.vault import actions as vault

_AT_A_TIME = 400


def applications_of(campaign: Campaign) -> QuerySet[Application]:
    return Application.objects.filter(campaign=campaign).select_related("federation", "household", "unit")


def applications_for(officer: Officer, campaign: Campaign) -> QuerySet[Application]:
    """The applications that an officer may see: of the units, or on the quota, of the officer's organisation."""
    return applications_of(campaign).filter(_seen_by(officer))


def applications_within(organisation: Organisation, campaign: Campaign) -> QuerySet[Application]:
    """The applications of the units, or on the quota, of an organisation and of all below it."""
    mine = within(organisation).values("pk")
    return applications_of(campaign).filter(Q(federation__in=mine) | Q(unit__in=mine))


def _seen_by(officer: Officer) -> Q:
    """Whoever serves the top of the tree sees all, and asks for no tree; others by ids, so that no row joins it."""
    if serves_all(officer):
        return Q()
    told = list(scope_of(officer).values_list("pk", "kind"))
    mine = [pk for pk, _ in told]
    homes = [pk for pk, kind in told if kind == Organisation.Kind.FEDERATION]
    # A unit's cases are on its federation's quota, unless it was moved since: then both are asked, which costs ten times.
    if homes and not Application.objects.filter(unit__in=mine).exclude(federation__in=homes).exists():
        return Q(federation=homes[0]) if len(homes) == 1 else Q(federation__in=homes)
    return Q(federation__in=mine) | Q(unit__in=mine)


def in_scope(officer: Officer, applications: Iterable[Application]) -> list[Application]:
    """Those among these that the officer may see, in the given order; the same rule as `applications_for`."""
    mine = set(scope_of(officer).values_list("pk", flat=True))
    return [one for one in applications if one.unit_id in mine or one.federation_id in mine]


def cases_for(officer: Officer, references: Collection[str]) -> QuerySet[Application]:
    """The applications of these references that an officer may see, of whatever campaign."""
    named = Application.objects.filter(reference__in=references).select_related("federation", "campaign")
    return named.filter(_seen_by(officer)).order_by("reference")


def vouched_for(campaign: Campaign) -> QuerySet[Application]:
    """Cases whose facts somebody vouched for as they stand: only these have a first opinion to look at again."""
    own = Application.objects.filter(campaign=campaign, verified_digest=F("facts_digest"))
    return own.exclude(verified_by="")


def counts(applications: QuerySet[Application]) -> Counter[str]:
    """How many stand where, by status."""
    return Counter(dict(applications.order_by().values_list("status").annotate(many=Count("*"))))


def number_of(campaign: Campaign, *statuses: str) -> int:
    return Application.objects.filter(campaign=campaign, status__in=statuses).count()


def places_used(campaign: Campaign) -> Counter[str]:
    """Places held by federation code."""
    own = Application.objects.filter(campaign=campaign, status__in=HOLDS_A_PLACE)
    return Counter(own.values_list("federation__code", flat=True))


def last_decisions(applications: Iterable[Application]) -> dict[UUID, Decision]:
    """The decision that stands for each application, by the application's id."""
    return {decision.application_id: decision for part in _standing(applications) for decision in part}


def _standing(applications: Iterable[Application]) -> Iterator[list[Decision]]:
    """The decisions that stand, some hundred at a time, so that a city's need not be in memory all at once.

    One whose family's key was erased in its time says nothing any more (decision 459).
    """
    wanted = [one.pk for one in applications]
    for start in range(0, len(wanted), _AT_A_TIME):
        # Fetched beside, not joined: a version holds the texts of its circular, and a city's decisions share one.
        rows = Decision.objects.filter(application__in=wanted[start : start + _AT_A_TIME])
        last = {decision.application_id: decision for decision in rows.prefetch_related("version").order_by("number")}
        vault.warm(decision.data_key_id for decision in last.values())
        closed = _closed(last.values())
        yield [decision for decision in last.values() if decision.application_id not in closed]


def _closed(decisions: Iterable[Decision]) -> set[UUID]:
    """Cases of these whose family's file was erased and its key destroyed. Any other key that opens nothing is an error."""
    shut = [one.application_id for one in decisions if not vault.opens(one.data_key_id)]
    if not shut:
        return set()
    return set(Application.objects.filter(pk__in=shut, household__status=ERASED).values_list("pk", flat=True))


def facts_of_decision(decision: Decision) -> Facts:
    return catalogue.from_json(json.loads(decision.facts.plain()))


def doors_of(application: Application) -> list[Door]:
    """Which of the state's policies the student may ask for beside us, refused or not; none before there is a decision."""
    last = last_decisions([application]).get(application.pk)
    return doors_for(facts_of_decision(last), on=application.campaign.last_day) if last else []


def facts_decided(applications: Collection[Application], *, names: Collection[str]) -> dict[str, Facts]:
    """These facts of the standing decision of each application, by reference in the order of references."""
    found: dict[UUID, Facts] = {}
    for part in _standing(applications):
        for decision in part:
            facts = facts_of_decision(decision)
            found[decision.application_id] = {name: facts.get(name) for name in names}
    ordered = sorted(applications, key=lambda one: one.reference)
    return {one.reference: found[one.pk] for one in ordered if one.pk in found}


def findings_of(applications: Collection[Application]) -> dict[UUID, tuple[Finding, ...]]:
    """What the standing decision of each application found, said again from its stored facts and circular."""
    found: dict[UUID, tuple[Finding, ...]] = {}
    for part in _standing(applications):
        by_version: dict[UUID, list[Decision]] = {}
        for decision in part:
            by_version.setdefault(decision.version_id, []).append(decision)
        for own in by_version.values():
            circular = circular_of_version(own[0].version)
            answers = decide_all(circular, [facts_of_decision(decision) for decision in own])
            found.update({one.application_id: answer.findings for one, answer in zip(own, answers, strict=True)})
    return found


def settled_households(campaign: Campaign) -> dict[str, tuple[str, str]]:
    """For each student whose household was settled: the case that was chosen, and the name of who chose it."""
    rows = Settlement.objects.filter(application__campaign=campaign, about=Settlement.About.HOUSEHOLD)
    told = list(rows.values_list("application__student_index", "application__reference", "settled_by"))
    people = names_of({by for _, _, by in told})
    return {student: (reference, people.get(by, by)) for student, reference, by in told}


def submissions_of(applications: Iterable[Application]) -> dict[UUID, list[Submission]]:
    """The rows behind each application: the one that opened it first, then those that were merged into it."""
    found: dict[UUID, list[Submission]] = {}
    wanted = [one.pk for one in applications]
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = Submission.objects.filter(application__in=wanted[start : start + _AT_A_TIME])
        for submission in rows.select_related("row", "row__form").order_by("-is_first", "row__number"):
            found.setdefault(submission.application_id, []).append(submission)
    return found


def by_reference(reference: str) -> Application | None:
    return Application.objects.filter(reference=reference).select_related("campaign", "federation").first()


def application_for(officer: Officer, reference: str) -> Application | None:
    """The application of that reference, if the officer may see it; its campaign and household come along."""
    found = Application.objects.filter(reference=reference).select_related("campaign").first()
    if found is None:
        return None
    rows = applications_for(officer, found.campaign).select_related("campaign__version", "household__federation")
    return rows.filter(pk=found.pk).first()


def named(applications: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Those whose student, worker, unit or reference holds the text; letters alone are pinyin, whole or initials."""
    units = Organisation.objects.filter(name__contains=typed(text)).values_list("pk", flat=True)
    holds = Q(unit__in=list(units)) | Q(reference__in=searching.cases(clues(text)))
    if any(sign.isdigit() for sign in text):
        holds |= Q(reference__icontains=text)
    return applications.filter(holds)


def of_person(applications: QuerySet[Application], index: str) -> QuerySet[Application]:
    """Those of a student, or of a household whose worker is that person, by the blind index of the identity number."""
    mine = Q(student_index=index) | Q(claimant=index) | Q(household__id_number_index=index)
    return applications.filter(mine)


@dataclass(frozen=True, slots=True)
class Stood:
    """How many applications of one federation stand at one status with one verdict."""

    federation_code: str
    federation_name: str
    status: str
    verdict: str
    count: int


def stood(applications: QuerySet[Application]) -> list[Stood]:
    """The counts behind a campaign's table, in one question."""
    groups = applications.order_by().values_list("federation__code", "federation__name", "status", "verdict")
    return [Stood(*row) for row in groups.annotate(Count("pk"))]


def papers_of_case(submissions: Iterable[Submission]) -> list[Paper]:
    """The papers that came for the rows of a case, and for the forms that they stand on (row 0)."""
    rows = {(one.row.form.campaign_id, one.row.form.name, one.row.number) for one in submissions}
    if not rows:
        return []
    kept = Paper.objects.filter(campaign=next(iter(rows))[0], form_name__in=[name for _, name, _ in rows])
    wanted = {(name, number) for _, name, number in rows} | {(name, 0) for _, name, _ in rows}
    return [paper for paper in kept.order_by("kind", "form_name") if (paper.form_name, paper.row_number) in wanted]


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to settle before a case goes on: `about` is what `actions.settle` calls it."""

    about: str
    clause: str
    sentence: Sentence


def questions_of(application: Application, findings: Iterable[Finding], circular: Circular) -> list[Question]:
    """The open questions of a case: late, which household, certificate, what an officer confirms, a tie."""
    uses = {use.name: use for use in circular.criteria}
    asked = []
    for finding in findings:
        use = uses.get(finding.criterion)
        if use is not None and (about := _about(use, finding.outcome)):
            asked.append(Question(about, finding.clause, finding.sentence))
    if application.status == TIED and circular.ranking:
        words = Sentence("tied", "名次完全并列，名额只够一部分。", "A full tie, and not places enough for all of it.")
        asked.append(Question(Settlement.About.TIE, circular.ranking.clause, words))
    return asked


def _about(use: Use, outcome: str) -> str:
    """What settling would meet a criterion that is not met; empty where only facts can."""
    if use.criterion == "officer_confirms":
        return str(use.parameters["fact"]) if outcome != MET else ""
    if outcome != NOT_MET:
        return ""
    if use.parameters.get("fact") == "claimed_by_another_household":
        return Settlement.About.HOUSEHOLD
    unless = str(use.parameters.get(UNLESS) or "")
    return unless.removeprefix("settled_") if unless.startswith("settled_") else ""


def rests_on(application: Application, circular: Circular) -> tuple[str, ...]:
    """The clauses that a place, a turn, a notice or a payment rests on; none for a status that findings explain."""
    ranked = circular.ranking.clause if circular.ranking else ""
    shared = circular.quota.clause if circular.quota else ""
    notice = circular.notice.clause if circular.notice else ""
    of_status = {
        PLACED: (shared, ranked),
        WAITING: (shared, ranked),
        TIED: (shared, ranked),
        ON_NOTICE: (notice,),
    }
    return tuple(clause for clause in of_status.get(application.status, ()) if clause)


def past_notice(campaign: Campaign, *, on: date) -> frozenset[str]:
    """Cases on public notice whose window was over before a day."""
    return _on_notice(campaign) & publicnotices.past_window(campaign, on=on)


def in_window(campaign: Campaign, *, on: date) -> frozenset[str]:
    """Cases on public notice whose window is not over on a day: its last day still belongs to the public."""
    return _on_notice(campaign) - publicnotices.past_window(campaign, on=on)


def _on_notice(campaign: Campaign) -> frozenset[str]:
    own = Application.objects.filter(campaign=campaign, status=ON_NOTICE)
    return frozenset(own.values_list("reference", flat=True))
