"""Objections and appeals with an eye on the case: who decided it does not look into it, and one that is upheld goes back.

Back on the way means: the facts are verified anew by somebody, decided, ranked and hung again; the place is free meanwhile.
What was approved is revoked: not paid, the money stands on its fund again; paid, it is asked back, and held until it is here.
"""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Answer
from huigong.grievances.models import Grievance
from huigong.organisations.models import Officer
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.registry import actions as registry
from huigong.studentaid.actions.revoking import Because, revoke
from huigong.studentaid.actions.sending_back import reopen
from huigong.studentaid.answering import decided_by
from huigong.studentaid.awards import recovery_is_open, standing_awards
from huigong.studentaid.lifecycle import SUBMITTED
from huigong.studentaid.models import Application, Revocation
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
    before = Grievance.objects.get(pk=grievance.pk).case_reference
    with transaction.atomic():
        given = grievances.assign(
            grievance, assignee, case_reference=case_reference, decided_by=decided_by(one), officer=officer, at=at
        )
        _hold_what_is_out(before, officer=officer.username, at=at)
    return given


def hand_grievances(leaver: str, successor: Officer, *, by: str, at: datetime) -> None:
    """What somebody who leaves was to answer goes to the successor, within the hand-over. Raises SaidError where that one decided such a case."""
    for one in Grievance.objects.filter(assigned_to=leaver, answered_by="").order_by("number"):
        case = Application.objects.filter(campaign=one.campaign_id, reference=one.case_reference).first()
        hands = decided_by(case)
        if successor.username in hands:
            raise SaidError(
                Sentence(
                    "successor_decided",
                    f"{one.number} 说的申请是{successor.name}审核、审批、签过字或定过的，不能由{successor.name}答复，没有交接。"
                    "请负责人先把这一件交办给别人。",
                    f"{successor.name} verified or approved the case of {one.number} and cannot answer it: a leader gives it "
                    "to somebody else first.",
                )
            )
        grievances.hand_on(one, successor, decided_by=hands, by=by, at=at)


@transaction.atomic
def answer_grievance(grievance: Grievance, answer: Answer, *, upheld: str, officer: Officer, at: datetime) -> str:
    """Answer it (`upheld` is `yes` or `no`). Returns what became of its case: `back` on the way, `out` (the money has left
    and is asked back), or nothing. Raises SaidError as answering does.
    """
    by = officer.username
    if upheld != "yes":
        refused = grievances.refuse(grievance, answer, officer=officer, at=at)
        _hold_what_is_out(refused.case_reference, officer=by, at=at)
        return ""
    _lock_case(grievance)
    kept = grievances.uphold(grievance, answer, officer=officer, at=at)
    became = _carry_out(kept, officer=by, at=at)
    audit.record(
        "grievance.carried_out", subject=kept.number, officer=by, at=at, payload={"became": became or "as it was"}
    )
    return became


def _lock_case(grievance: Grievance) -> None:
    """File and case, before the answer is told: who is at them waits for history, and must not wait for this."""
    told = Grievance.objects.get(pk=grievance.pk)
    cases = Application.objects.filter(campaign=told.campaign_id, reference=told.case_reference)
    registry.lock_files(cases.values("household"))
    list(cases.select_for_update(of=("self",)).values_list("pk"))


def _carry_out(kept: Grievance, *, officer: str, at: datetime) -> str:
    """What an upheld one does to its case: revoke what was approved, send it back on the way."""
    rows = Application.objects.select_for_update(of=("self",))
    one = rows.get(campaign=kept.campaign_id, reference=kept.case_reference)
    award = standing_awards().filter(application=one).select_related("application").first()
    if award is not None and kept.kind != Grievance.Kind.OBJECTION:
        return ""  # an appeal takes nothing away from whoever it is about
    if award is not None:
        because = Because(Revocation.Why.OBJECTION, kept.clauses, kept.number)
        if revoke(award, because, officer=officer, at=at).is_out:
            payments.hold(one.reference, reason=Hold.Reason.OBJECTION, officer=officer, at=at)
            return "out"
    if recovery_is_open(one):
        return ""
    if one.status == SUBMITTED:  # its facts are nobody's word yet: they are verified with the answer at hand
        grievances.lift_unless_open(one.reference, officer=officer, at=at)
        return ""
    reopen(one, told={"grievance": kept.number}, officer=officer, at=at)
    grievances.lift_unless_open(one.reference, officer=officer, at=at)
    return "back"


def _hold_what_is_out(reference: str, *, officer: str, at: datetime) -> None:
    """Money that is asked back is not paid again, whatever becomes of other objections to the case."""
    one = Application.objects.filter(reference=reference).first()
    if one is not None and recovery_is_open(one):
        payments.hold(reference, reason=Hold.Reason.OBJECTION, officer=officer, at=at)
