"""Who pays: hands that did not decide. Whoever verified, approved or confirmed a case neither carries its file nor reads its reply.

Approved has whoever wrote into a box of its form, but for the box of finance: that opinion is the payer's own.

History tells who that was: a payment knows its case by the reference only.
"""

from collections.abc import Collection
from datetime import datetime

from huigong.audit import queries as history
from huigong.organisations.hands import SameHandsError, refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments.models import PaymentBatch
from huigong.values.sentence import Sentence

PAYERS = (Appointment.Role.FINANCE, Appointment.Role.APPROVER)
_DECIDED = ("application.verified", "application.approved", "payee.confirmed", "payment.mended")


def decided_in(batch: PaymentBatch) -> set[str]:
    """Who verified or approved a case of this batch, signed for it, or said that its payee is the worker's own."""
    cases = set(batch.payments.values_list("case_reference", flat=True))
    return history.actors(cases, *_DECIDED) | signed_for(cases)


def signed_for(cases: Collection[str]) -> set[str]:
    """Who wrote into a box of the form by which one of these was approved, but for finance's."""
    return {name for told in history.told_about(cases, "household.kept") for name in told.payload.get("signed", ())}


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
