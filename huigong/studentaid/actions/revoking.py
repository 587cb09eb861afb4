"""撤销批准: take an award back, after an objection that was upheld, or so that another fund pays what this one may not.

Not paid yet, what was promised is voided and stands on the fund again. With the bank or paid, the money is asked back
(追回), and the case goes on once it is here.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.grievances import actions as grievances
from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.fitting import UNFIT
from huigong.payments.lifecycle import CAME_BACK, PAID
from huigong.payments.models import Hold, Payment
from huigong.payments.queries import latest, reasons_held
from huigong.registry import actions as registry
from huigong.studentaid.actions.approve import attempt_of
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.columns import RECOVERY, REVOCATION
from huigong.studentaid.lifecycle import APPROVED, NEXT, ON_NOTICE, SUBMITTED
from huigong.studentaid.models import Application, Award, Recovery, Revocation
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence

_OF_THE_PAYEE = (Hold.Reason.BANK_RETURNED, Hold.Reason.CARD_CHANGED, *UNFIT)


@dataclass(frozen=True, slots=True)
class Because:
    """Why an award is taken back: after which objection, resting on which clauses or rule."""

    why: str
    clauses: str
    grievance: str = ""


@dataclass(frozen=True, slots=True)
class CameIn:
    """Money that is back: the day, and the number of the paper that says so."""

    received_on: date
    paper: str


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
        clauses=because.clauses[:200],
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
    for reason in () if is_out else _OF_THE_PAYEE:
        payments.lift(one.reference, reason=reason, officer=officer, at=at)
    return made


def reopen(one: Application, *, told: dict[str, str], officer: str, at: datetime) -> None:
    """Back on the way: its facts are nobody's word any more, and it has neither rank nor place."""
    one.verified_by = one.verified_digest = ""
    one.rank = None
    move = lifecycle.Move(one, SUBMITTED, one.reference, "application.reopened", told)
    also = ("verified_by", "verified_digest", "rank")
    lifecycle.advance_all([move], next_table=NEXT, officer=officer, at=at, also=also)


@transaction.atomic
def revoke_for_another_fund(application: Application, *, officer: Officer, at: datetime) -> None:
    """What was approved from a fund whose rules forbid it goes back to the collective decision, where another may pay.

    Raises SaidError where no such rule stands against it, or it has gone to the bank.
    """
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    registry.lock_files(Application.objects.filter(pk=application.pk).values("household"))
    one = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    award = standing_awards().filter(application=one).select_related("application").first()
    ruled = (one.reference, Hold.Reason.FUND_RULE) in reasons_held([one.reference])
    if award is None or one.status != APPROVED or not ruled:
        raise SaidError(
            Sentence(
                "no_rule_against",
                f"{one.reference} 没有因为资金规则暂停，或已交银行，不用改由别的资金付。",
                f"No rule of its fund holds {one.reference}, or it is with the bank: no other fund is wanted.",
            )
        )
    because = Because(Revocation.Why.OTHER_FUND, f"{award.fund_source} 的资金规则")
    revoke(award, because, officer=officer.username, at=at)
    move = lifecycle.Move(one, ON_NOTICE, one.reference, "application.revoked", {"transfer": award.transfer_reference})
    lifecycle.advance_all([move], next_table=NEXT, officer=officer.username, at=at)


@transaction.atomic
def recover(revocation: Revocation, came: CameIn, *, officer: Officer, at: datetime) -> Recovery:
    """The money is back, or the bank never paid it: the books say so, and the case goes back on the way.

    Raises SaidError twice, without the number of a paper, for a day ahead, and while the bank has not answered.
    """
    refuse_other_role(officer, Appointment.Role.FINANCE, at=at)
    registry.lock_files(Application.objects.filter(awards__revocation=revocation.pk).values("household"))
    rows = Revocation.objects.select_for_update(of=("self",)).select_related("award__application")
    kept = rows.get(pk=revocation.pk)
    one = Application.objects.select_for_update(of=("self",)).get(pk=kept.award.application_id)
    last = latest([one.reference])[one.reference]
    _refuse_recovery(kept, one, last, came, today=timezone.localdate(at))
    fen = kept.award.fen if last.status == PAID else 0
    if fen:
        payments.recover_payment(last, officer=officer.username, at=at)
    take_aid_off(kept.award, last, on=came.received_on, officer=officer.username, at=at)
    made = Recovery(
        revocation=kept,
        fen=fen,
        received_on=came.received_on,
        paper=came.paper.strip()[:60],
        recorded_by=officer.username,
        at=at,
    )
    made.save(force_insert=True)
    told = {"recovery_id": str(made.pk), "fen": fen, "recovery": RECOVERY.told(made)}
    audit.record("award.recovered", subject=one.reference, officer=officer.username, at=at, payload=told)
    grievances.lift_unless_open(one.reference, officer=officer.username, at=at)
    for reason in _OF_THE_PAYEE:
        payments.lift(one.reference, reason=reason, officer=officer.username, at=at)
    reopen(one, told={"grievance": kept.grievance}, officer=officer.username, at=at)
    return made


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


def _refuse_recovery(kept: Revocation, one: Application, last: Payment, came: CameIn, *, today: date) -> None:
    answered = last.status == PAID or last.status in CAME_BACK
    if not kept.is_out or Recovery.objects.filter(revocation=kept).exists() or not answered:
        raise _not_now(one)
    if not came.paper.strip() or came.received_on > today:
        raise SaidError(
            Sentence(
                "recovery_paper",
                "请写退回的日期（不在今天以后）和凭证号。",
                "Say the day (not ahead) and the paper's number.",
            )
        )


def _not_now(one: Application) -> SaidError:
    return SaidError(
        Sentence(
            "recovery_not_now",
            f"{one.reference} 现在没有要追回的：没有撤销，已经追回，或银行还没有回单。有了回单再记。",
            f"Nothing of {one.reference} is to be recovered now: not revoked, back already, or the bank has not answered.",
        )
    )
