"""Objections and appeals with an eye on the case: who decided it does not look into it, and one that is upheld goes back.

Back on the way means: the facts are verified anew by somebody, decided, ranked and hung again; the place is free meanwhile.
What was approved or paid is not taken back here: its hold stays, and people decide.
"""

from datetime import datetime

from django.db import transaction

from huigong.grievances import actions as grievances
from huigong.grievances.actions import Answer
from huigong.grievances.lifecycle import UPHELD
from huigong.grievances.models import Grievance
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Officer
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.studentaid.lifecycle import NEXT, SUBMITTED
from huigong.studentaid.models import Application, Award
from huigong.values.sentence import SaidError, Sentence


def assign_grievance(
    grievance: Grievance, assignee: Officer, *, case_reference: str, officer: Officer, at: datetime
) -> Grievance:
    """As `grievances.assign`. Raises SaidError where there is no such case, or the assignee verified or approved it."""
    one = Application.objects.filter(campaign=grievance.campaign_id, reference=case_reference).first()
    if case_reference and one is None:
        raise SaidError(
            Sentence(
                "no_such_case",
                f"这个活动里没有案号 {case_reference[:40]}，请在“申请”里查到再填。",
                f"There is no case {case_reference[:40]} in this campaign.",
            )
        )
    decided_by = _decided_by(one) if one else []
    before = Grievance.objects.get(pk=grievance.pk).case_reference
    with transaction.atomic():
        given = grievances.assign(
            grievance, assignee, case_reference=case_reference, decided_by=decided_by, officer=officer, at=at
        )
        _hold_what_was_upheld(before, officer=officer.username, at=at)
    return given


def hand_grievances(leaver: str, successor: Officer, *, by: str, at: datetime) -> None:
    """What somebody who leaves was to answer goes to the successor, within the hand-over. Raises SaidError where that one decided such a case."""
    for one in Grievance.objects.filter(assigned_to=leaver, answered_by="").order_by("number"):
        case = Application.objects.filter(campaign=one.campaign_id, reference=one.case_reference).first()
        decided_by = _decided_by(case) if case else []
        if successor.username in decided_by:
            raise SaidError(
                Sentence(
                    "successor_decided",
                    f"{one.number} 说的申请是{successor.name}审核或审批的，不能由{successor.name}答复，没有交接。"
                    "请负责人先把这一件交办给别人。",
                    f"{successor.name} verified or approved the case of {one.number} and cannot answer it: a leader gives it "
                    "to somebody else first.",
                )
            )
        grievances.hand_on(one, successor, decided_by=decided_by, by=by, at=at)


def _decided_by(case: Application) -> list[str]:
    """Who verified the case, and who approved it."""
    return [case.verified_by, *Award.objects.filter(application=case).values_list("approved_by", flat=True)]


@transaction.atomic
def answer_grievance(grievance: Grievance, answer: Answer, *, upheld: str, officer: Officer, at: datetime) -> bool:
    """Answer it (`upheld` is `yes` or `no`); True where its case went back on the way. Raises SaidError as answering does."""
    if upheld != "yes":
        refused = grievances.refuse(grievance, answer, officer=officer, at=at)
        _hold_what_was_upheld(refused.case_reference, officer=officer.username, at=at)
        return False
    kept = grievances.uphold(grievance, answer, officer=officer, at=at)
    rows = Application.objects.select_for_update(of=("self",))
    one = rows.get(campaign=kept.campaign_id, reference=kept.case_reference)
    if SUBMITTED not in NEXT.get(one.status, frozenset()):
        return False
    _reopen(one, kept, officer=officer.username, at=at)
    return True


def _reopen(one: Application, because: Grievance, *, officer: str, at: datetime) -> None:
    """Its facts are nobody's word any more, and it has neither rank nor place."""
    one.verified_by = one.verified_digest = ""
    one.rank = None
    move = lifecycle.Move(one, SUBMITTED, one.reference, "application.reopened", {"grievance": because.number})
    also = ("verified_by", "verified_digest", "rank")
    lifecycle.advance_all([move], next_table=NEXT, officer=officer, at=at, also=also)
    grievances.lift_unless_open(one.reference, officer=officer, at=at)


def _hold_what_was_upheld(reference: str, *, officer: str, at: datetime) -> None:
    """An objection upheld after approval takes nothing back, and no other one that goes away may let the money out."""
    award = Award.objects.filter(application__reference=reference).first()
    upheld = Grievance.objects.filter(case_reference=reference, kind=Grievance.Kind.OBJECTION, status=UPHELD)
    if award is not None and upheld.filter(answered_at__gte=award.at).exists():
        payments.hold(reference, reason=Hold.Reason.OBJECTION, officer=officer, at=at)
