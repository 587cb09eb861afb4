"""Ask about approval forms: which boxes a sum needs, which forms are open, who has written, and the household as it stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Value

from huigong.approvals.lifecycle import OPEN
from huigong.approvals.models import Approval, ApprovalLine, Band, Box, HouseholdSnapshot, Opinion
from huigong.circulars.models import Campaign
from huigong.organisations.models import Appointment, Organisation, SignedSheet

USUAL = (Box.HANDLER.value, Box.FINANCE.value, Box.DEPUTY.value)
"""The boxes where a place has laid down no bands."""
_ROLE = Appointment.Role
ROLES = {
    Box.HANDLER: (_ROLE.AID_CENTRE, _ROLE.VERIFIER),
    Box.DEPARTMENT: (_ROLE.AID_CENTRE, _ROLE.VERIFIER, _ROLE.APPROVER),
    Box.FINANCE: (_ROLE.FINANCE,),
    Box.DEPUTY: (_ROLE.APPROVER,),
    Box.CHAIR: (_ROLE.APPROVER,),
}
"""Whoever writes into a box holds one of these roles."""


@dataclass(frozen=True, slots=True)
class BoxState:
    """One box of a form: its opinion, or a signed sheet that a second clerk has to confirm, or nothing yet."""

    position: int
    box: str
    word: str
    opinion: Opinion | None
    sheet: SignedSheet | None
    is_next: bool


def bands_of(place: Organisation, *, on: date) -> list[Band]:
    """The bands that hold in a place on a day: of the nearest place at or above, the newest that have begun."""
    above = Band.objects.alias(here=Value(place.path)).filter(here__startswith=F("place__path"), valid_from__lte=on)
    found = list(above.select_related("place"))
    newest = max(((len(one.place.path), one.valid_from) for one in found), default=None)
    mine = [one for one in found if (len(one.place.path), one.valid_from) == newest]
    return sorted(mine, key=lambda one: (one.up_to_fen is None, one.up_to_fen or 0))


def boxes_for(place: Organisation, fen: int, *, on: date) -> tuple[str, ...]:
    """The boxes that a sum needs, in their order; the highest band's where the sum is above all of them."""
    bands = bands_of(place, on=on)
    fitting = next((one for one in bands if one.up_to_fen is None or fen <= one.up_to_fen), None)
    if fitting is None and bands:
        fitting = bands[-1]
    return tuple(fitting.boxes) if fitting else USUAL


def approvals_of(campaign: Campaign) -> QuerySet[Approval]:
    return Approval.objects.filter(campaign=campaign).select_related("scan").order_by("-number")


def on_open_forms(campaign: Campaign) -> set[str]:
    """The cases that stand on a form which still waits for signatures."""
    lines = ApprovalLine.objects.filter(approval__campaign=campaign, approval__status=OPEN)
    return set(lines.values_list("case_reference", flat=True))


def signers_of(reference: str) -> set[str]:
    """Who wrote into a box of any form on which this case stood."""
    mine = Opinion.objects.filter(approval__lines__case_reference=reference)
    return set(mine.values_list("given_by", flat=True))


def references_of(approval: Approval) -> list[str]:
    return list(approval.lines.values_list("case_reference", flat=True))


def states_of(approval: Approval) -> list[BoxState]:
    """The boxes of a form in their order, each with what stands in it."""
    written = {one.position: one for one in approval.opinions.select_related("sheet__leader")}
    sheets = {one.reference.rpartition(":")[2]: one for one in sheets_waiting(approval)}
    following = len(written)
    return [
        BoxState(
            position,
            box,
            Box(box).label,
            written.get(position),
            sheets.get(box),
            approval.status == OPEN and position == following,
        )
        for position, box in enumerate(approval.boxes)
    ]


def sheet_reference(approval: Approval, box: str) -> str:
    """What a signed sheet about one box is about."""
    return f"{approval.number}:{box}"


def sheets_waiting(approval: Approval) -> Sequence[SignedSheet]:
    """What one clerk entered from paper and nobody has confirmed, in the order of the boxes that are still empty."""
    wanted = [sheet_reference(approval, box) for box in approval.boxes[approval.opinions.count() :]]
    found = SignedSheet.objects.filter(reference__in=wanted, confirmed_by="", rejected_by="").select_related(
        "leader", "scan"
    )
    return sorted(found, key=lambda one: wanted.index(one.reference))


def snapshot_of(reference: str) -> HouseholdSnapshot | None:
    """The household as it was approved last."""
    return HouseholdSnapshot.objects.filter(case_reference=reference).select_related("approval__scan").last()


def approvals_by_which(reference: str) -> list[Approval]:
    """The forms by which a case was approved, the first first: more than one where an approval was taken back."""
    rows = HouseholdSnapshot.objects.filter(case_reference=reference).select_related("approval__scan")
    return [one.approval for one in rows.order_by("at")]


def approval_of(reference: str) -> Approval | None:
    """The form by which a case was approved."""
    found = snapshot_of(reference)
    return found.approval if found else None
