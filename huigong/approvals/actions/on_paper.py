"""An approval form that was signed on paper: one clerk enters who signed which box, another compares and confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huigong.approvals.lifecycle import OPEN
from huigong.approvals.models import Approval, Box
from huigong.approvals.queries import ROLES, sheet_reference, sheets_waiting
from huigong.audit import actions as audit
from huigong.documents.models import Document
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer, SignedSheet
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class PaperBox:
    """A box that somebody signed on paper, and the day beside the signature."""

    box: str
    leader: Officer
    signed_on: date


@transaction.atomic
def enter_paper(
    approval: Approval, boxes: Sequence[PaperBox], scan: Document, *, clerk: Officer, at: datetime
) -> list[SignedSheet]:
    """The boxes that follow, as they were signed, with one scan. Raises SaidError where others come first."""
    form = Approval.objects.select_for_update().get(pk=approval.pk)
    following = form.boxes[form.opinions.count() :]
    if form.status != OPEN or not boxes or [one.box for one in boxes] != following[: len(boxes)]:
        raise _out_of_turn()
    if sheets_waiting(form):
        raise SaidError(
            Sentence(
                "paper_waits",
                "已录的签字还没有核对，请先核对。",
                "What was entered before waits to be confirmed first.",
            )
        )
    if early := [one for one in boxes if one.signed_on < form.held_on]:
        raise SaidError(
            Sentence(
                "signed_before_the_decision",
                f"签字日期 {early[0].signed_on} 早于集体研究的 {form.held_on}，没有录。请对照签了字的审批表再看。",
                f"Signed on {early[0].signed_on}, before the collective decision of {form.held_on}: nothing was entered. Look at "
                "the signed form again.",
            )
        )
    entered = [
        organisations.enter_sheet(
            one.leader,
            act=SignedSheet.Act.OPINION,
            reference=sheet_reference(form, one.box),
            organisation=approval.campaign.federation,
            signed_on=one.signed_on,
            minutes=form.minutes,
            scan=scan,
            clerk=clerk,
            at=at,
            roles=ROLES[Box(one.box)],
        )
        for one in boxes
    ]
    told = {"boxes": [one.box for one in boxes], "scan": scan.sha256}
    audit.record("approval.paper_entered", subject=form.number, officer=clerk.username, at=at, payload=told)
    return entered


@transaction.atomic
def confirm_paper(approval: Approval, *, clerk: Officer, at: datetime) -> list[SignedSheet]:
    """Another clerk has compared every sheet that waits with its scan. They are then written into their boxes."""
    waiting = sheets_waiting(Approval.objects.select_for_update().get(pk=approval.pk))
    if not waiting:
        raise _nothing_waits()
    confirmed = [organisations.confirm_sheet(one, clerk=clerk, at=at) for one in waiting]
    told = {"sheets": [one.number for one in confirmed]}
    audit.record("approval.paper_confirmed", subject=approval.number, officer=clerk.username, at=at, payload=told)
    return confirmed


@transaction.atomic
def reject_paper(approval: Approval, *, reason: str, clerk: Officer, at: datetime) -> int:
    """Somebody compared what waits with its scan, and it is not what was signed: none of it counts. Returns how many boxes."""
    waiting = sheets_waiting(Approval.objects.select_for_update().get(pk=approval.pk))
    if not waiting:
        raise _nothing_waits()
    for one in waiting:
        organisations.reject_sheet(one, reason=reason, clerk=clerk, at=at)
    told = {"sheets": [one.number for one in waiting]}
    audit.record("approval.paper_rejected", subject=approval.number, officer=clerk.username, at=at, payload=told)
    return len(waiting)


def _nothing_waits() -> SaidError:
    return SaidError(Sentence("no_paper_waits", "没有等核对的签字。", "No signature on paper waits to be confirmed."))


def _out_of_turn() -> SaidError:
    return SaidError(
        Sentence(
            "boxes_out_of_turn",
            "请从下一栏起依次录，中间不能空。",
            "Enter the boxes in their order from the next one on, none left out.",
        )
    )
