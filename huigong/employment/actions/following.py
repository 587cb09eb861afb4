"""回访: after three and six months, of a start-up six and twelve; what no longer holds opens the case again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.employment.actions.outcomes import CHECKS, lose, months_on, standing_of
from huigong.employment.columns import FOLLOW_UP, START_UP
from huigong.employment.lifecycle import STEADY
from huigong.employment.models import FollowUp, Graduate, Outcome, StartUp
from huigong.employment.writing import rewrite
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def follow_up(
    outcome: Outcome,
    *,
    months: int,
    on: date,
    how: str,
    holds: bool,
    jobs: int | None = None,
    note: str = "",
    officer: str,
    at: datetime,
) -> FollowUp:
    """The check that is due. It holds: the next one is owed, or the case is steady. It does not: it is lost, and open again.

    `months` names which check it is, so that what is sent twice is noted once.
    """
    found, outcome = standing_of(outcome)
    _refuse(outcome, months, on=on, today=timezone.localdate(at))
    made = FollowUp(
        outcome=outcome,
        months=months,
        data_key_id=found.data_key_id,
        on=on,
        how=how,
        holds=holds,
        jobs=jobs,
        note=note.strip()[:1000] or None,
        by=officer,
        at=at,
    )
    made.save(force_insert=True)
    told = {"follow_up": str(made.pk), "months": months, "holds": int(holds), "columns": FOLLOW_UP.told(made)}
    audit.record("outcome.followed_up", subject=found.reference, officer=officer, at=at, payload=told)
    if jobs is not None:
        _count_jobs(found, jobs, officer=officer, at=at)
    if not holds:
        lose(outcome, on=on, why="followed_up", officer=officer, at=at)
        return made
    following = due_months(outcome)
    found.last_contact_on, found.unanswered = max(on, found.last_contact_on or on), 0
    if how == FollowUp.How.PERSON:
        found.spoke_on = max(on, found.spoke_on or on)
    found.check_due = months_on(outcome.on, following) if following else None
    rewrite(found, "graduate.noted", officer=officer, at=at, to="" if following else STEADY)
    return made


def due_months(outcome: Outcome) -> int | None:
    """After how many months the next check is owed; None where all are done or none is owed."""
    done = set(outcome.follow_ups.values_list("months", flat=True))
    return next((months for months in CHECKS.get(outcome.kind, ()) if months not in done), None)


def _refuse(outcome: Outcome, months: int, *, on: date, today: date) -> None:
    due = due_months(outcome)
    if due is None:
        raise SaidError(
            Sentence(
                "nothing_to_follow_up", "这个去向没有要回访的了。", "Nothing is left to follow up of this outcome."
            )
        )
    if months != due:
        raise SaidError(
            Sentence(
                "follow_up_noted",
                f"第 {months} 个月的回访已经记过了，没有再记；下一次是第 {due} 个月。",
                f"The check after {months} months was noted already; the next one is after {due}.",
            )
        )
    if on > today or on < outcome.on:
        raise SaidError(
            Sentence(
                "follow_up_unfit",
                f"回访日期要在 {outcome.on} 和今天之间。",
                f"The day lies between {outcome.on} and today.",
            )
        )


def _count_jobs(graduate: Graduate, jobs: int, *, officer: str, at: datetime) -> None:
    start_up = StartUp.objects.select_for_update().filter(graduate=graduate).first()
    if start_up is None:
        return
    start_up.jobs = jobs
    start_up.save(update_fields=["jobs"])
    told = {"start_up": str(start_up.pk), "jobs": jobs, "columns": START_UP.told(start_up)}
    audit.record("start_up.counted", subject=graduate.reference, officer=officer, at=at, payload=told)
