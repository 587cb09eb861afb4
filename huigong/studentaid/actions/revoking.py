"""撤销批准: take an award back, after an objection that was upheld, so that another fund pays what this one may not, or since
somebody else met the need.

Not paid yet, what was promised is voided and stands on the fund again. With the bank or paid, the money is asked back
(`recovering`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.approvals.queries import on_open_forms
from huigong.audit import actions as audit
from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.fitting import UNFIT
from huigong.payments.lifecycle import CAME_BACK
from huigong.payments.lifecycle import RELEASED as WITH_BATCH
from huigong.payments.models import Hold, Payment
from huigong.payments.queries import handed_out_on, latest, reasons_held
from huigong.registry import actions as registry
from huigong.studentaid.actions.approve import attempt_of
from huigong.studentaid.actions.sending_back import reopen
from huigong.studentaid.actions.stopping import met_for_certain
from huigong.studentaid.awards import recovery_is_open, standing_awards
from huigong.studentaid.columns import REVOCATION
from huigong.studentaid.lifecycle import APPROVED, NEXT, ON_NOTICE, RELEASED
from huigong.studentaid.models import Application, Award, Revocation
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence

_GROUND = 200  # signs that a revocation has room for
_PAST_ITS_PLACE = frozenset({ON_NOTICE, APPROVED, RELEASED})
OF_THE_PAYEE = (Hold.Reason.BANK_RETURNED, Hold.Reason.CARD_CHANGED, *UNFIT)


@dataclass(frozen=True, slots=True)
class Because:
    """Why an award is taken back: after which objection, resting on which clauses, rule or aid (200 signs at most)."""

    why: str
    clauses: str
    grievance: str = ""


def revoke(award: Award, because: Because, *, officer: str, at: datetime) -> Revocation:
    """Inside the caller's transaction, with file and case locked. Unless the money has left, what was promised is voided, or what
    had come back already is taken off the record of aid.
    """
    one = award.application
    last = latest([one.reference]).get(one.reference)
    is_out = last is not None and last.status not in CAME_BACK
    made = Revocation(
        award=award,
        why=because.why,
        grievance=because.grievance,
        clauses=because.clauses,
        is_out=is_out,
        revoked_by=officer,
        at=at,
    )
    made.save(force_insert=True)
    told = {"revocation_id": str(made.pk), "why": because.why, "out": int(is_out), "fen": award.fen}
    told |= {"transfer": award.transfer_reference, "revocation": REVOCATION.told(made)}
    audit.record("award.revoked", subject=one.reference, officer=officer, at=at, payload=told)
    if last is None or last.attempt < attempt_of(award.transfer_reference):  # the last was an earlier award's
        _void(award, officer=officer, at=at)
    elif not is_out:
        take_aid_off(award, last, on=timezone.localdate(at), officer=officer, at=at)
    for reason in () if is_out else OF_THE_PAYEE:
        payments.lift(one.reference, reason=reason, officer=officer, at=at)
    return made


@transaction.atomic
def revoke_for_another_fund(application: Application, *, officer: Officer, at: datetime) -> None:
    """What was approved from a fund whose rules forbid it goes back to the collective decision, where another may pay.

    What failed or came back may go too. Raises SaidError where no such rule stands against it, or it is in a batch.
    """
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    registry.lock_files(Application.objects.filter(pk=application.pk).values("household"))
    one = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    award = standing_awards().filter(application=one).select_related("application").first()
    ruled = (one.reference, Hold.Reason.FUND_RULE) in reasons_held([one.reference])
    if award is None or not ruled or not (one.status == APPROVED or (one.status == RELEASED and may_go_back(one))):
        raise SaidError(
            Sentence(
                "no_rule_against",
                f"{one.reference} 没有因为资金规则暂停，或已放进批次，不用改由别的资金付。",
                f"No rule of its fund holds {one.reference}, or it is in a batch: no other fund is wanted.",
            )
        )
    because = Because(Revocation.Why.OTHER_FUND, f"{award.fund_source} 的资金规则")
    revoke(award, because, officer=officer.username, at=at)
    move = lifecycle.Move(one, ON_NOTICE, one.reference, "application.revoked", {"transfer": award.transfer_reference})
    lifecycle.advance_all([move], next_table=NEXT, officer=officer.username, at=at)


@transaction.atomic
def revoke_met_already(application: Application, *, officer: Officer, at: datetime) -> None:
    """What the student surely had from elsewhere is not given twice: promise and place are free, and the case is decided anew.

    Raises SaidError where no such aid stands in the file now, before its notice was hung, while it stands on an approval form
    that is open, and where the money is out or in a batch.
    """
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    registry.lock_files(Application.objects.filter(pk=application.pk).values("household"))
    one = Application.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=application.pk)
    award = standing_awards().filter(application=one).select_related("application").first()
    met = met_for_certain(one)
    if met:
        _refuse_untaken(one)
    if not met or not may_go_back(one) or one.reference in on_open_forms(one.campaign):
        raise SaidError(
            Sentence(
                "need_not_met",
                f"{one.reference} 没有撤：档案里要有学生本人已得的同一需要的资助，这一件上过公示、不在还没签完的审批表上（在的，先收回那张表），"
                "钱也不在银行或家里。钱已经出去的，请登记异议，成立后追回。",
                f"{one.reference} was not taken back: the file must hold aid for this need that is surely the student's, the "
                "case was put on notice and stands on no open approval form (take that back first), and no money is out. Money "
                "that left is asked back after an objection.",
            )
        )
    told = "、".join(met)
    if len(told) > _GROUND:
        told = f"{met[0]} 等 {len(met)} 笔"
    if award is not None:
        revoke(award, Because(Revocation.Why.MET_ALREADY, told), officer=officer.username, at=at)
    reopen(one, told={"because": "met_already", "aid": told}, officer=officer.username, at=at)
    payments.lift(one.reference, reason=Hold.Reason.SAME_NEED, officer=officer.username, at=at)


def may_go_back(one: Application) -> bool:
    """Whether it was put on notice or came further, and no money of it is out."""
    last = latest([one.reference]).get(one.reference)
    is_out = (last is not None and last.status not in CAME_BACK) or recovery_is_open(one)
    return one.status in _PAST_ITS_PLACE and not is_out


def _refuse_untaken(one: Application) -> None:
    """Raises SaidError where its batch lies here: taken back, nothing left, and nobody has to object."""
    last = latest([one.reference]).get(one.reference)
    if last is not None and last.status == WITH_BATCH and handed_out_on(last.batch) is None:
        raise SaidError(
            Sentence(
                "batch_lies_here",
                f"{one.reference} 没有撤：它在批次 {last.batch.number} 里，文件还没有人取。请财务先收回这个批次，再来撤。",
                f"{one.reference} was not taken back: it is in batch {last.batch.number}, whose file nobody took. Let finance "
                "take that batch back first.",
            )
        )


def _void(award: Award, *, officer: str, at: datetime) -> None:
    """What was promised and never handed to the bank stands on the fund again."""
    pending = of_ledger.named([award.transfer_reference])[award.transfer_reference]
    entry = ledger.Entry(
        reference=f"{award.transfer_reference.removesuffix(':pending')}:void",
        debit=pending.debit,
        credit=pending.credit,
        fen=Fen(award.fen),
        code=pending.code,
        kind="void",
        of=award.transfer_reference,
    )
    ledger.post(entry, officer=officer, at=at)


def take_aid_off(award: Award, last: Payment, *, on: date, officer: str, at: datetime) -> None:
    """The family has nothing of it: the record of aid says so, by the transfer that ended the award's last payment."""
    stem = last.transfer_reference.removesuffix("pending")
    (ended,) = of_ledger.references(prefix=stem) & {f"{stem}void", f"{stem}reversal"}
    registry.take_aid_back(
        award.application.reference, award.fen, transfer_reference=ended, on=on, officer=officer, at=at
    )
