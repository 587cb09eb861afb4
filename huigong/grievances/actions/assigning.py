"""Give an objection or appeal to somebody who had no hand in the case, and say which case it is about."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from huigong.grievances.actions.recording import hold_case
from huigong.grievances.columns import GRIEVANCE
from huigong.grievances.lifecycle import ASSIGNED, NEXT
from huigong.grievances.models import Grievance
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role, refuse_same_hands
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def assign(
    grievance: Grievance,
    assignee: Officer,
    *,
    case_reference: str,
    decided_by: Collection[str],
    officer: Officer,
    at: datetime,
) -> Grievance:
    """`decided_by` are those who verified or approved the case. What that one has already stays as it is.

    Raises SaidError for one of `decided_by`, or without a case.
    """
    refuse_other_role(officer, Appointment.Role.APPROVER, Appointment.Role.VERIFIER, at=at)
    refuse_other_role(assignee, Appointment.Role.APPROVER, Appointment.Role.VERIFIER, at=at)
    kept = Grievance.objects.select_for_update().get(pk=grievance.pk)
    if not case_reference:
        raise SaidError(
            Sentence(
                "grievance_without_case",
                "请先写清楚是哪一件（案号），才能交办；是异议的，写上以后这一件暂停审批和发放。",
                "Say first which case it is about: from then on an objection holds its approval and payment.",
            )
        )
    refuse_same_hands(
        assignee, decided_by, what="审核、审批、签字或定", what_en="verified, approved, signed or settled"
    )
    before = kept.case_reference
    if (kept.status, kept.assigned_to, before) == (ASSIGNED, assignee.username, case_reference):
        return kept
    kept.assigned_to, kept.assigned_by, kept.case_reference = assignee.username, officer.username, case_reference
    lifecycle.advance_all(
        [
            lifecycle.Move(
                kept,
                ASSIGNED,
                kept.number,
                "grievance.assigned",
                {"assignee": assignee.username, "columns": GRIEVANCE.told(kept)},
            )
        ],
        next_table=NEXT,
        officer=officer.username,
        at=at,
        also=("assigned_to", "assigned_by", "case_reference"),
    )
    hold_case(kept, officer=officer.username, at=at)
    if before and before != case_reference:
        lift_unless_open(before, officer=officer.username, at=at)
    return kept


@transaction.atomic
def hand_on(grievance: Grievance, successor: Officer, *, decided_by: Collection[str], by: str, at: datetime) -> None:
    """Whoever it was given to leaves: it is the successor's, entered by whoever enters the hand-over. Raises SameHandsError."""
    refuse_same_hands(
        successor, decided_by, what="审核、审批、签字或定", what_en="verified, approved, signed or settled"
    )
    kept = Grievance.objects.select_for_update().get(pk=grievance.pk)
    kept.assigned_to, kept.assigned_by = successor.username, by
    told = {"assignee": successor.username, "columns": GRIEVANCE.told(kept)}
    move = lifecycle.Move(kept, ASSIGNED, kept.number, "grievance.assigned", told)
    lifecycle.advance_all([move], next_table=NEXT, officer=by, at=at, also=("assigned_to", "assigned_by"))


def lift_unless_open(case_reference: str, *, officer: str, at: datetime) -> None:
    """Lift the hold of a case once no objection to it is open any more."""
    still = Grievance.objects.filter(case_reference=case_reference, kind=Grievance.Kind.OBJECTION, answered_by="")
    if not still.exists():
        payments.lift(case_reference, reason=Hold.Reason.OBJECTION, officer=officer, at=at)
