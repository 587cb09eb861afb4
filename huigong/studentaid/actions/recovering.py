"""追回: money of a revoked award is back, whole or in parts, or what is still owed of it is given up by a decision (核销).

Whole, or never paid by the bank: the case goes back on the way. Of a part the fund has what came, the record of aid says
so, and the rest stays owed. Written off, the family keeps the rest: it counts as aid that it had, and the case ends here,
unless the bank gives the payment back after all: then the family has nothing, and that is written down as any other.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.grievances import actions as grievances
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.lifecycle import CAME_BACK, PAID
from huigong.payments.models import Payment
from huigong.payments.queries import latest
from huigong.registry import actions as registry
from huigong.studentaid.actions.revoking import OF_THE_PAYEE, take_aid_off
from huigong.studentaid.actions.sending_back import reopen
from huigong.studentaid.awards import still_owed
from huigong.studentaid.columns import PART, RECOVERY, WRITE_OFF
from huigong.studentaid.models import Application, PartRecovery, Recovery, Revocation, WriteOff
from huigong.values import money
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


@dataclass(frozen=True, slots=True)
class CameIn:
    """Money that is back: the day, the number of the paper that says so, and how much (None: all that is still out)."""

    received_on: date
    paper: str
    fen: Fen | None = None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """By which decision of which day, and why, the rest is not asked back."""

    decided_on: date
    paper: str
    reason: str


@transaction.atomic
def recover(revocation: Revocation, came: CameIn, *, officer: Officer, at: datetime) -> Recovery | PartRecovery:
    """Raises SaidError twice, without the number of a paper, for a day ahead, for more than is out, while the bank has not answered."""
    refuse_other_role(officer, Appointment.Role.FINANCE, at=at)
    kept, one, last = _locked(revocation)
    _refuse_recovery(kept, one, last)
    _refuse_paper(kept, came.paper, came.received_on, today=timezone.localdate(at))
    _refuse_paper_again(kept, came.paper)
    owed = still_owed(kept) if last.status == PAID else 0
    fen = owed if came.fen is None or not owed else came.fen
    if not 0 <= fen <= owed or (owed and not fen):
        raise _too_much(one, owed)
    if fen < owed:
        return _part(kept, last, came, fen, officer=officer.username, at=at)
    return back_whole(kept, last, came, fen, officer=officer.username, at=at)


@transaction.atomic
def write_off(revocation: Revocation, given_up: GivenUp, *, officer: Officer, at: datetime) -> WriteOff:
    """What is still owed is left to the family. Raises SaidError without decision or reason, and where nothing is owed."""
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    kept, one, last = _locked(revocation)
    _refuse_recovery(kept, one, last)
    if last.status != PAID:
        raise _not_now(one)
    _refuse_paper(kept, given_up.paper, given_up.decided_on, today=timezone.localdate(at))
    if not given_up.reason.strip():
        raise SaidError(Sentence("no_reason_to_write_off", "还没有核销：请写为什么不再追。", "Please say why."))
    made = WriteOff(
        revocation=kept,
        fen=still_owed(kept),
        decided_on=given_up.decided_on,
        paper=whole(given_up.paper, 60, "决定文号", "the decision's number"),
        reason=whole(given_up.reason, 200, "原因", "the reason"),
        written_off_by=officer.username,
        at=at,
    )
    made.save(force_insert=True)
    told = {"write_off_id": str(made.pk), "fen": made.fen, "write_off": WRITE_OFF.told(made)}
    audit.record("award.written_off", subject=one.reference, officer=officer.username, at=at, payload=told)
    _lift(one, officer=officer.username, at=at)
    return made


def _part(kept: Revocation, last: Payment, came: CameIn, fen: int, *, officer: str, at: datetime) -> PartRecovery:
    reference = _fund_has(kept, last, came, fen, officer=officer, at=at)
    made = PartRecovery(
        revocation=kept,
        fen=fen,
        received_on=came.received_on,
        paper=whole(came.paper, 60, "凭证号", "the paper's number"),
        transfer_reference=reference,
        recorded_by=officer,
        at=at,
    )
    made.save(force_insert=True)
    told = {"part_id": str(made.pk), "fen": fen, "transfer": reference, "part": PART.told(made)}
    audit.record("award.part_recovered", subject=last.case_reference, officer=officer, at=at, payload=told)
    return made


def back_whole(kept: Revocation, last: Payment, came: CameIn, fen: int, *, officer: str, at: datetime) -> Recovery:
    """All of it is back, or (`fen` 0) none of it ever went. Inside the caller's transaction, with file and case locked."""
    one = kept.award.application
    if fen and kept.parts.exists():
        _fund_has(kept, last, came, fen, officer=officer, at=at)
    else:
        if fen:
            payments.recover_payment(last, officer=officer, at=at)
        take_aid_off(kept.award, last, on=came.received_on, officer=officer, at=at)
    made = Recovery(
        revocation=kept,
        fen=fen,
        received_on=came.received_on,
        paper=whole(came.paper, 60, "凭证号", "the paper's number"),
        recorded_by=officer,
        at=at,
    )
    made.save(force_insert=True)
    told = {"recovery_id": str(made.pk), "fen": fen, "recovery": RECOVERY.told(made)}
    audit.record("award.recovered", subject=one.reference, officer=officer, at=at, payload=told)
    _lift(one, officer=officer, at=at)
    reopen(one, told={"grievance": kept.grievance}, officer=officer, at=at)
    return made


def _fund_has(kept: Revocation, last: Payment, came: CameIn, fen: int, *, officer: str, at: datetime) -> str:
    """A part is on the fund again, and off the record of aid; returns its transfer."""
    reference = payments.recover_part(last, Fen(fen), officer=officer, at=at)
    case = kept.award.application.reference
    registry.take_aid_back(case, fen, transfer_reference=reference, on=came.received_on, officer=officer, at=at)
    return reference


def _lift(one: Application, *, officer: str, at: datetime) -> None:
    grievances.lift_unless_open(one.reference, officer=officer, at=at)
    for reason in OF_THE_PAYEE:
        payments.lift(one.reference, reason=reason, officer=officer, at=at)


def _locked(revocation: Revocation) -> tuple[Revocation, Application, Payment]:
    """The file, then the revocation, then its case; and the last payment of that."""
    registry.lock_files(Application.objects.filter(awards__revocation=revocation.pk).values("household"))
    rows = Revocation.objects.select_for_update(of=("self",)).select_related("award")
    kept = rows.get(pk=revocation.pk)
    one = Application.objects.select_for_update(of=("self",)).get(pk=kept.award.application_id)
    kept.award.application = one
    return kept, one, latest([one.reference])[one.reference]


def _refuse_recovery(kept: Revocation, one: Application, last: Payment) -> None:
    answered = last.status == PAID or last.status in CAME_BACK
    is_back = Recovery.objects.filter(revocation=kept).exists()
    if last.status == PAID and WriteOff.objects.filter(revocation=kept).exists():
        raise _written_off(one)
    if not kept.is_out or is_back or not answered:
        raise _not_now(one)


def _refuse_paper(kept: Revocation, paper: str, day: date, *, today: date) -> None:
    approved = timezone.localdate(kept.award.at)
    if not paper.strip() or not approved <= day <= today:
        raise SaidError(
            Sentence(
                "recovery_paper",
                f"请写日期（不早于批准的 {approved}，不在今天以后）和凭证号或决定文号。",
                f"Say the day (not before {approved}, when it was approved, and not ahead) and the paper's number.",
            )
        )


def _refuse_paper_again(kept: Revocation, paper: str) -> None:
    """One paper shows one sum: the same again is most likely the same sum."""
    before = kept.parts.filter(paper=paper.strip()).first()
    if before is not None:
        raise SaidError(
            Sentence(
                "recovery_paper_again",
                f"“{before.paper}”已经记过 {money.for_people(before.fen)} 元（{before.received_on}），没有再记。"
                "同一张凭证分几次到的，请写明第几笔。",
                f"{before.paper} was written down already ({money.for_people(before.fen)} yuan, {before.received_on}): not "
                "again. Where one paper brings several sums, say which one it is.",
            )
        )


def _too_much(one: Application, owed: int) -> SaidError:
    return SaidError(
        Sentence(
            "more_than_owed",
            f"{one.reference} 还差 {money.for_people(owed)} 元没退回，记的金额要大于零、不超过这个数。",
            f"{money.for_people(owed)} yuan of {one.reference} are still out: give a sum above zero and no more than that.",
        )
    )


def _written_off(one: Application) -> SaidError:
    return SaidError(
        Sentence(
            "written_off_already",
            f"{one.reference} 没有要追回的：其余已经核销，这家留下的算作已得的帮扶。后来又退回的钱，请按到款登记到原来的来源，"
            "写明是哪一件的；银行退汇的，先收银行的回单。",
            f"Nothing of {one.reference} is to be recovered: the rest was written off. What the family pays later is booked as "
            "money that came, naming the case; what the bank gives back comes with the bank's reply first.",
        )
    )


def _not_now(one: Application) -> SaidError:
    return SaidError(
        Sentence(
            "recovery_not_now",
            f"{one.reference} 现在没有要追回的：没有撤销，已经追回或核销，或银行还没有回单。有了回单再记。",
            f"Nothing of {one.reference} is to be recovered now: not revoked, back or written off already, or the bank has "
            "not answered.",
        )
    )
