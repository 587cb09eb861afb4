"""Say that aid which a household had as a whole was for another need: until then approval and payment of the case stand still."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.payments.queries import reasons_held
from huigong.studentaid.actions.stopping import overlaps_about
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def confirm_other_need(application: Application, *, officer: Officer, at: datetime) -> None:
    """It is not held anew for the same aid. Raises SaidError where nothing is held, or the aid was surely the student's own."""
    refuse_other_role(officer, Appointment.Role.VERIFIER, at=at)
    one = Application.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=application.pk)
    if (one.reference, Hold.Reason.SAME_NEED) not in reasons_held([one.reference]):
        raise SaidError(
            Sentence(
                "no_need_held",
                f"{one.reference} 没有因为另获资助暂停，不用核实。",
                f"{one.reference} is not held for aid from elsewhere: there is nothing to confirm.",
            )
        )
    about = overlaps_about([one], one.campaign)
    if about.get(one.reference) == "":
        raise SaidError(
            Sentence(
                "need_met_already",
                f"{one.reference} 的学生本人今年已经因同一需要得到资助，不能再付（五(六)）。请审批人撤回这一件；那笔登记错了的，请先在档案里更正。",
                f"The student of {one.reference} had aid for this need already and is not paid twice (五(六)). Let an "
                "approver take the case back; if that aid was written down wrongly, mend it in the file first.",
            )
        )
    payments.lift(one.reference, reason=Hold.Reason.SAME_NEED, officer=officer.username, at=at)
    told = {"about": about.get(one.reference, "")}
    audit.record("need.confirmed", subject=one.reference, officer=officer.username, at=at, payload=told)
