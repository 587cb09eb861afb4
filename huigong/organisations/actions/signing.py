"""A leader signed on paper: one clerk enters the sheet with its scan, another confirms it against the scan, or rejects it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents.models import Document
from huigong.organisations.columns import SHEET
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer, Organisation, SignedSheet
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole
from huigong.vault import actions as vault


@transaction.atomic
def enter_sheet(
    leader: Officer,
    *,
    act: str,
    reference: str,
    organisation: Organisation,
    signed_on: date,
    minutes: str,
    scan: Document,
    clerk: Officer,
    at: datetime,
    roles: Sequence[str] = (Appointment.Role.APPROVER,),
    matter: str = "",
) -> SignedSheet:
    """What the signed sheet says, with its scan. Raises SaidError where the leader has none of the roles."""
    today = timezone.localdate(at)
    if signed_on > today:
        raise SaidError(Sentence("signed_later", "签字日期在今天以后。", "The day of the signature lies ahead."))
    refuse_other_role(leader, *roles, at=at)
    _refuse_leader(leader, clerk)
    audit.take_turn()
    number = (
        f"QZ-{organisation.code}-{today:%Y%m%d}-{SignedSheet.objects.filter(organisation=organisation).count() + 1:02d}"
    )
    made = SignedSheet.objects.create(
        number=number,
        act=act,
        reference=reference,
        organisation=organisation,
        leader=leader,
        signed_on=signed_on,
        minutes=minutes,
        scan=scan,
        entered_by=clerk.username,
        entered_at=at,
        matter=matter,
    )
    told = {"act": act, "reference": reference, "leader": leader.username, "columns": SHEET.told(made)}
    audit.record("sheet.entered", subject=number, officer=clerk.username, at=at, payload=told)
    return made


@transaction.atomic
def confirm_sheet(sheet: SignedSheet, *, clerk: Officer, at: datetime) -> SignedSheet:
    """Another clerk has compared the sheet with its scan. Raises SaidError for the same clerk, the leader, or twice."""
    kept = SignedSheet.objects.select_for_update(of=("self",)).select_related("leader").get(pk=sheet.pk)
    _refuse_over(kept)
    _refuse_leader(kept.leader, clerk)
    if kept.entered_by == clerk.username:
        raise SaidError(
            Sentence("sheet_same_hands", "录入的人不能自己核对，请换一位。", "Another clerk confirms what one entered.")
        )
    kept.confirmed_by, kept.confirmed_at = clerk.username, at
    kept.save(update_fields=["confirmed_by", "confirmed_at"])
    told = {"leader": kept.leader.username, "entered": kept.entered_by, "columns": SHEET.told(kept)}
    audit.record("sheet.confirmed", subject=kept.number, officer=clerk.username, at=at, payload=told)
    return kept


@transaction.atomic
def reject_sheet(sheet: SignedSheet, *, reason: str, clerk: Officer, at: datetime) -> SignedSheet:
    """The scan does not say what was entered: it never acts, the right one is entered anew. Raises SaidError without a reason."""
    kept = SignedSheet.objects.select_for_update(of=("self",)).select_related("leader").get(pk=sheet.pk)
    _refuse_over(kept)
    _refuse_leader(kept.leader, clerk)
    if not reason.strip():
        raise SaidError(
            Sentence(
                "rejected_why",
                "还没有退：请写一句哪里和扫描件不一致。",
                "Not rejected: say in a sentence what differs from the scan.",
            )
        )
    kept.rejected_by, kept.rejected_at, kept.data_key = clerk.username, at, vault.new_data_key()
    kept.reason = whole(reason, 300, "原因", "the reason")
    kept.save(update_fields=["rejected_by", "rejected_at", "reason", "data_key"])
    told = {"leader": kept.leader.username, "entered": kept.entered_by, "columns": SHEET.told(kept)}
    audit.record("sheet.rejected", subject=kept.number, officer=clerk.username, at=at, payload=told)
    return kept


def _refuse_over(kept: SignedSheet) -> None:
    if kept.confirmed_by:
        raise SaidError(Sentence("sheet_used", "这张签字单已经核对过了。", "This sheet was confirmed already."))
    if kept.rejected_by:
        raise SaidError(
            Sentence(
                "sheet_rejected",
                "这张签字单录错，已经退了，请另录一张。",
                "This sheet was entered wrongly and rejected: enter the right one anew.",
            )
        )


def _refuse_leader(leader: Officer, clerk: Officer) -> None:
    if leader.pk == clerk.pk:
        raise SaidError(
            Sentence(
                "sheet_leader",
                "签字的领导自己能登录时，请直接审批，不用签字单。",
                "A leader who signs in approves directly: no sheet is needed.",
            )
        )
