"""The application page: whose it is, why it stands where it stands, what was found, what came, the money, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.audit.queries import Told
from huigong.circulars import queries as circulars
from huigong.intake.models import Paper
from huigong.intake.queries import STAMPED
from huigong.organisations.models import Officer
from huigong.payments import queries as payments
from huigong.payments.models import Hold, Payment
from huigong.rules.circular import Circular
from huigong.rules.deciding import Finding
from huigong.rules.doors import Door
from huigong.rules.sentences import MET
from huigong.studentaid import awards, queries, reasons
from huigong.studentaid.actions.revoking import may_go_back
from huigong.studentaid.actions.settle import is_within, settlers
from huigong.studentaid.actions.stopping import met_for_certain
from huigong.studentaid.lifecycle import ON_NOTICE, OPEN, WAITING
from huigong.studentaid.models import Application, Award, Settlement, Submission
from huigong.web.console import words
from huigong.web.console.applications.findings import Found, findings_shown
from huigong.web.console.applications.papers import Kind, kinds_of
from huigong.web.console.citing import Cited, cited
from huigong.web.roles import APPROVES, VERIFIES


@dataclass(frozen=True, slots=True)
class Came:
    """A row behind the application: the form's page, the row in it, the day it came."""

    name: str
    address: str
    number: int
    unit: str
    day: str
    first: bool


@dataclass(frozen=True, slots=True)
class PaperCame:
    pk: str
    kind: str
    whole_form: bool
    original: bool
    copy: bool
    seen_by: str
    day: str
    mended_since: int
    """Cells of the case's rows that were mended after the sheet of their form came: it does not stand for these rows."""


@dataclass(frozen=True, slots=True)
class Settled:
    code: str
    about: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One event in words."""

    word: str
    more: str
    who: str
    at: datetime
    tone: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that is open: what about, the clause, what settling it says, and who may where it is not this officer."""

    about: str
    word: str
    cited: Cited
    sentence: str
    settles: str
    whose: str


@dataclass(frozen=True, slots=True)
class Verified:
    """Who vouched for the facts and when; `holds` while they are still those facts."""

    by: str
    at: datetime
    holds: bool


@dataclass(frozen=True, slots=True)
class DoorShown:
    """One policy of the state: its kind, name, what it gives, where to ask, under which rule."""

    group: str
    name: str
    gives: str
    where: str
    rule: str
    ask: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the page of one application shows."""

    one: Application
    status: str
    tone: str
    level: str
    kind: str
    amount: str
    card: str
    lives_elsewhere: str
    why: str
    cites: Sequence[Cited]
    findings: Sequence[Found]
    papers: Sequence[PaperCame]
    came: Sequence[Came]
    award: Award | None
    approver: str
    payments: Sequence[Payment]
    holds: Sequence[str]
    may_clear_need: bool
    may_take_met: bool
    may_send_back: bool
    settled: Sequence[Settled]
    verified: Verified | None
    may_verify: bool
    kinds: Sequence[Kind]
    may_take_back: bool
    unstamped: str
    asks: Sequence[Ask]
    other_sources: Sequence[str]
    doors: Sequence[DoorShown]
    history: Sequence[Happened]


def case_of(application: Application, *, officer: Officer, roles: frozenset[str]) -> Case:
    """Gather the page. Numbers of people and cards stay masked; what was settled is told without its reason."""
    circular = circulars.circular_of(application.campaign)
    findings = queries.findings_of([application]).get(application.pk, ())
    submissions = queries.submissions_of([application]).get(application.pk, [])
    happened = audit.history(application.reference)
    settlements = list(application.settlements.order_by("at"))
    award = awards.award_of(application)
    people = _people(happened, settlements, award)
    household = application.household
    sources = circular.quota.other_sources if circular.quota else ()
    why = reasons.why(application, findings, other_sources=sources)
    may = bool(roles & VERIFIES) and application.status in OPEN
    standing = payments.standing_against([application.reference]).get(application.reference, [])
    same_need = Hold.Reason.SAME_NEED in standing
    certain = same_need and bool(met_for_certain(application))
    clauses = why.clauses or queries.rests_on(application, circular)
    return Case(
        one=application,
        status=words.status_word(application.status),
        tone=words.TONES.get(application.status, ""),
        level=words.level_word(application.education_level),
        kind=words.kind_word(application.student_kind),
        amount=words.yuan(application.amount_fen),
        card=household.card.masked.lstrip("* ") if household and household.card else "",
        lives_elsewhere=_elsewhere(application),
        why=words.said(why.sentence.zh, why.sentence.en),
        cites=[cited(application.campaign.version, clause) for clause in clauses],
        findings=findings_shown(application, circular, findings),
        papers=[_paper(paper, submissions) for paper in queries.papers_of_case(submissions)],
        came=[_came(submission) for submission in submissions],
        award=award,
        approver=people[award.approved_by] if award else "",
        payments=list(payments.payments_of(application.reference)),
        holds=[reason.label for reason in standing],
        may_clear_need=same_need and not certain and bool(roles & VERIFIES),
        may_take_met=certain and bool(roles & APPROVES) and may_go_back(application),
        may_send_back=Hold.Reason.FACTS_CHANGED in standing
        and application.status == ON_NOTICE
        and bool(roles & VERIFIES),
        settled=[_settled(one, people) for one in settlements],
        verified=_verified(application, happened, people),
        may_verify=may and not application.is_verified,
        kinds=kinds_of(circular, findings) if may else (),
        may_take_back=may,
        unstamped=_unstamped(submissions, findings),
        asks=_asks(application, circular, findings, {one.about for one in settlements}, officer, roles),
        other_sources=sources if application.status == WAITING else (),
        doors=[_door(one) for one in queries.doors_of(application)],
        history=[_happened(told, people) for told in happened],
    )


def _door(one: Door) -> DoorShown:
    told = words.said
    return DoorShown(
        one.group, told(one.zh, one.en), told(one.gives, one.gives_en), told(one.where, one.where_en),
        told(one.rule_told, one.rule_told_en), told(one.ask, one.ask_en),
    )  # fmt: skip


def _people(happened: Sequence[Told], settlements: Sequence[Settlement], award: Award | None) -> Mapping[str, str]:
    """The names of everybody who did something here, by sign-in name."""
    actors = {told.actor for told in happened} | {one.settled_by for one in settlements}
    actors |= {award.approved_by} if award else set()
    return words.people(actors)


def _verified(application: Application, happened: Sequence[Told], people: Mapping[str, str]) -> Verified | None:
    """The last time that somebody vouched for the facts."""
    told = next((one for one in reversed(happened) if one.action == "application.verified"), None)
    return Verified(people[told.actor], told.at, application.is_verified) if told else None


def _unstamped(submissions: Sequence[Submission], findings: Sequence[Finding]) -> str:
    """The page of the form whose stamped sheet is lacking; empty where none is."""
    lacks = any(one.fact == STAMPED and one.outcome != MET for one in findings)
    return reverse("form", args=[submissions[0].row.form_id]) if lacks and submissions else ""


def _elsewhere(application: Application) -> str:
    """The federation where the household lives, where that is not the one whose places it draws on."""
    household = application.household
    return household.federation.name if household and household.federation_id != application.federation_id else ""


def _settled(one: Settlement, people: Mapping[str, str]) -> Settled:
    about = words.said(*words.SETTLED.get(one.about, ("核实", "confirmed")))
    return Settled(one.about, about, people[one.settled_by], words.day_word(timezone.localdate(one.at)))


def _happened(told: Told, people: Mapping[str, str]) -> Happened:
    return Happened(
        words.event_word(told.action), words.event_more(told), people[told.actor], told.at, words.event_tone(told)
    )


def _paper(paper: Paper, submissions: Sequence[Submission]) -> PaperCame:
    day, whole = words.day_word(paper.seen_on) if paper.seen_on else "", paper.row_number == 0
    since = sum(one.row.unstamped for one in submissions if whole and one.row.form.name == paper.form_name)
    return PaperCame(
        str(paper.pk),
        words.fact_word(paper.kind),
        whole,
        paper.original_seen,
        paper.copy_kept,
        paper.seen_by,
        day,
        since,
    )


def _came(submission: Submission) -> Came:
    form = submission.row.form
    return Came(
        name=form.name,
        address=f"{reverse('form', args=[form.pk])}?row={submission.row.number}#row-{submission.row.number}",
        number=submission.row.number,
        unit=form.unit_name,
        day=words.day_word(form.received_on) if form.received_on else "",
        first=submission.is_first,
    )


def _asks(
    application: Application,
    circular: Circular,
    findings: Sequence[Finding],
    settled: set[str],
    officer: Officer,
    roles: frozenset[str],
) -> list[Ask]:
    if application.status not in OPEN:
        return []
    return [
        Ask(
            question.about,
            words.said(*words.ABOUT.get(question.about, ("经办人核实", "an officer confirms"))),
            cited(application.campaign.version, question.clause),
            words.said(question.sentence.zh, question.sentence.en),
            words.said(*words.SETTLED.get(question.about, ("核实：是", "confirmed: yes"))),
            _not_you(application, question.about, officer, roles),
        )
        for question in queries.questions_of(application, findings, circular)
        if question.about not in settled
    ]


def _not_you(application: Application, about: str, officer: Officer, roles: frozenset[str]) -> str:
    """Who settles it where the reader does not; empty where the reader may."""
    if not settlers(about) & roles:
        return _whose(about)
    if not is_within(application, about, officer):
        return words.said(
            "牵涉的申请不都归这里管，请上级总工会的负责人定。",
            "Not all of these cases belong here: a leader of the federation above settles this.",
        )
    return ""


def _whose(about: str) -> str:
    if "verifier" in settlers(about):
        return words.said("这件事由审核或审批定。", "This is for a verifier or an approver.")
    return words.said("这件事由负责人（审批）定。", "This is for a leader (approver).")
