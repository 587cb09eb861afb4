"""What became of a graduate: noted with its evidence, confirmed by the graduate's own code, ended when it is lost."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents.models import Document
from huigong.employment import codes
from huigong.employment.actions.starting import open_start_up
from huigong.employment.columns import OUTCOME
from huigong.employment.evidence import proves
from huigong.employment.lifecycle import DECLINED, PLANNED, SETTLED, UNREACHABLE
from huigong.employment.models import Employer, Graduate, Opening, Outcome
from huigong.employment.refusals import refuse_evidence, refuse_outcome
from huigong.employment.writing import locked, rewrite
from huigong.rules.employed import SETTLED as SETTLED_KINDS
from huigong.values.sentence import SaidError, Sentence

CHECKS = {"employed": (3, 6), "enlisted": (3, 6), "self_employed": (6, 12)}
"""After so many months somebody asks again; who studies on is asked nothing."""
LEADS_TO = {"declined": DECLINED, "unreachable": UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Became:
    """What is said of an outcome: what, since when, where, by whose help, on which evidence."""

    kind: str
    on: date
    by_aid: bool = False
    employer: Employer | None = None
    employer_name: str = ""
    opening: Opening | None = None
    evidence: str = ""
    evidence_on: date | None = None
    document: Document | None = None
    note: str = ""


@transaction.atomic
def note_outcome(graduate: Graduate, became: Became, *, officer: str, at: datetime) -> Outcome:
    """The outcome that stands from a day on; the one before ends on it. Raises SaidError with what does not fit."""
    found = locked(graduate)
    before = found.outcomes.select_for_update().filter(ended_on=None).first()
    refuse_outcome(found, became, before, today=timezone.localdate(at))
    if before:
        _end(before, on=max(became.on, before.on), why="changed", officer=officer, at=at)
    settles = became.kind in SETTLED_KINDS
    outcome = Outcome(
        graduate=found,
        number=found.outcomes.count() + 1,
        data_key_id=found.data_key_id,
        kind=became.kind,
        by_aid=became.by_aid and settles,
        employer=became.employer,
        employer_name=(became.employer.name if became.employer else became.employer_name.strip())[:100],
        opening=became.opening,
        on=became.on,
        evidence=became.evidence,
        evidence_on=became.evidence_on,
        document=became.document,
        note=became.note.strip()[:1000] or None,
        by=officer,
        at=at,
    )
    outcome.save(force_insert=True)
    _tell("outcome.noted", outcome, officer=officer, at=at)
    found.outcome, found.by_aid, found.proven = outcome.kind, outcome.by_aid, proves(outcome.kind, outcome.evidence)
    found.check_due = first_check(outcome)
    # What was promised on the way is done with: from here on the checks bring the person back.
    found.promise = found.promise_due = found.promise_owner = None
    if outcome.kind == Outcome.Kind.SELF_EMPLOYED:
        open_start_up(outcome, officer=officer, at=at)
    rewrite(found, "graduate.noted", officer=officer, at=at, to=LEADS_TO.get(became.kind, SETTLED))
    return outcome


@transaction.atomic
def prove(
    outcome: Outcome, evidence: str, *, evidence_on: date, document: Document | None, officer: str, at: datetime
) -> None:
    """Evidence that came later: from now on the outcome counts. Raises SaidError for what does not show it."""
    found, standing = standing_of(outcome)
    refuse_evidence(standing.kind, evidence, evidence_on, since=standing.on, today=timezone.localdate(at))
    standing.evidence, standing.evidence_on, standing.document = evidence, evidence_on, document
    standing.save(update_fields=["evidence", "evidence_on", "document"])
    _tell("outcome.proven", standing, officer=officer, at=at)
    found.proven = proves(standing.kind, evidence)
    rewrite(found, "graduate.noted", officer=officer, at=at)


@transaction.atomic
def lose(outcome: Outcome, *, on: date, why: str, officer: str, at: datetime) -> None:
    """The job is gone: the outcome ends, and the case is open again with its plan. Nothing is lowered in silence."""
    found, standing = standing_of(outcome)
    if not standing.on <= on <= timezone.localdate(at):
        raise SaidError(
            Sentence(
                "loss_unfit",
                f"离开的日期要在 {standing.on} 和今天之间。",
                f"The day of leaving lies between {standing.on} and today.",
            )
        )
    _end(standing, on=on, why=why, officer=officer, at=at)
    found.outcome, found.by_aid, found.proven, found.check_due = "", False, False, None
    found.needs_help, found.last_contact_on = True, max(on, found.last_contact_on or on)
    rewrite(found, "graduate.reopened", officer=officer, at=at, to=PLANNED)


@transaction.atomic
def confirm(reference: str, code: str, *, at: datetime) -> None:
    """The graduate says by the code on the slip that it is so. Raises SaidError for a wrong code, telling nothing else."""
    found = Graduate.objects.select_for_update().filter(reference=reference).first()
    standing = found.outcomes.select_for_update().filter(ended_on=None).first() if found else None
    if standing is None or found is None or not codes.is_right(standing, code, reference=found.reference):
        raise SaidError(
            Sentence(
                "confirmation_unknown",
                "案号或确认码不对，请照纸条再输一遍；还不行，请打纸条上的电话。",
                "The case number or the code is not right: copy it again from the slip, or call the number on it.",
            )
        )
    if standing.confirmed_at is None:
        standing.confirmed_at = at
        standing.save(update_fields=["confirmed_at"])
        _tell("outcome.confirmed", standing, officer="graduate", at=at)


def first_check(outcome: Outcome) -> date | None:
    """The day of the first check that is owed; none for what is not checked."""
    months = CHECKS.get(outcome.kind)
    return months_on(outcome.on, months[0]) if months else None


def months_on(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(
        first_of_next - timedelta(days=1),
        date(year, month + 1, min(day.day, 28)) + timedelta(days=max(0, day.day - 28)),
    )


def standing_of(outcome: Outcome) -> tuple[Graduate, Outcome]:
    """Both rows, locked. Raises SaidError where the outcome has ended meanwhile."""
    found = locked(outcome.graduate)
    standing = found.outcomes.select_for_update().filter(pk=outcome.pk, ended_on=None).first()
    if standing is None:
        raise SaidError(
            Sentence(
                "outcome_ended",
                "这个去向已经结束了，请刷新后看现在的。",
                "This outcome has ended: reload and see what stands.",
            )
        )
    return found, standing


def _end(outcome: Outcome, *, on: date, why: str, officer: str, at: datetime) -> None:
    outcome.ended_on, outcome.ended_why, outcome.ended_by = on, why, officer
    outcome.save(update_fields=["ended_on", "ended_why", "ended_by"])
    _tell("outcome.ended", outcome, officer=officer, at=at)


def _tell(action: str, outcome: Outcome, *, officer: str, at: datetime) -> None:
    told = {"kind": outcome.kind, "outcome": str(outcome.pk), "columns": OUTCOME.told(outcome)}
    audit.record(action, subject=outcome.graduate.reference, officer=officer, at=at, payload=told)
