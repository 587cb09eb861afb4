"""Who pays: hands that did not decide. Whoever verified, approved or confirmed a case neither carries its file nor reads its reply.

History tells who that was: a payment knows its case by the reference only.
"""

from datetime import datetime

from huigong.audit import queries as history
from huigong.organisations.hands import SameHandsError, refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments.models import PaymentBatch
from huigong.values.sentence import Sentence

PAYERS = (Appointment.Role.FINANCE, Appointment.Role.APPROVER)
_DECIDED = ("application.verified", "application.approved", "payee.confirmed", "payment.mended")


def decided_in(batch: PaymentBatch) -> set[str]:
    """Who verified or approved a case of this batch, or said that its payee is the worker's own."""
    return history.actors(set(batch.payments.values_list("case_reference", flat=True)), *_DECIDED)


def refuse_who_decided(batch: PaymentBatch, officer: Officer, *, at: datetime) -> None:
    """Raises OtherRoleError for who does not pay, SameHandsError for who decided on a case of the batch."""
    refuse_other_role(officer, *PAYERS, at=at)
    if officer.username in decided_in(batch):
        raise SameHandsError(
            Sentence(
                "payer_decided",
                f"{officer.name}审核、审批或确认过批次 {batch.number} 里的申请：取文件、收回单要由没有经手过的财务或审批人员办（二(四)）。"
                "没有这样的人，请安全管理员再任命一位财务。",
                f"{officer.name} verified, approved or confirmed a case of batch {batch.number}: its file and its reply are for a "
                "finance officer or approver who did not (二(四)). Where there is none, another one is appointed to finance.",
            )
        )
