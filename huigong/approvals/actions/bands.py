"""Lay down which boxes a sum needs in a place, from a day on. What was laid down is never changed: a newer day follows.

Fewer signatures never count on the day on which they are laid down, and no sum is approved by one person alone (decision 464).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.approvals.columns import BAND
from huigong.approvals.models import Band, Box
from huigong.approvals.queries import ROLES
from huigong.approvals.stretches import beside
from huigong.audit import actions as audit
from huigong.organisations.models import Appointment, Organisation
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class BandRow:
    """One band to be: up to how many fen (None: whatever the sum is), and its boxes in their order."""

    up_to_fen: int | None
    boxes: tuple[str, ...]


@transaction.atomic
def lay_bands(
    place: Organisation, rows: Sequence[BandRow], *, valid_from: date, source: str, officer: str, at: datetime
) -> int:
    """Add the bands of a day, all of them at once; the same again changes nothing. Raises SaidError for what cannot be."""
    if fault := fault_of(rows):
        raise SaidError(fault)
    Organisation.objects.select_for_update().get(pk=place.pk)
    standing = {one.up_to_fen: tuple(one.boxes) for one in Band.objects.filter(place=place, valid_from=valid_from)}
    if standing == {row.up_to_fen: row.boxes for row in rows}:
        return 0
    if standing:
        raise SaidError(
            Sentence(
                "bands_stand",
                f"{place.name}从 {valid_from} 起的签字档次已有，定了不改；有新规定请写新的起始日。",
                f"The bands of {place.code} since {valid_from} stand and are not changed: give a new first day.",
            )
        )
    _refuse_less_today(place, rows, valid_from=valid_from, today=timezone.localdate(at))
    for row in rows:
        band = Band(
            place=place,
            valid_from=valid_from,
            up_to_fen=row.up_to_fen,
            boxes=list(row.boxes),
            source=source,
            by=officer,
        )
        band.save(force_insert=True)
        told = {"band": str(band.pk), "columns": BAND.told(band)}
        audit.record("band.laid", subject=f"band:{place.code}", officer=officer, at=at, payload=told)
    return len(rows)


def fault_of(rows: Sequence[BandRow]) -> Sentence | None:
    """Sums rise, the last band is open, more money never needs fewer boxes, the last box is of whoever approves, none alone."""
    limits = [row.up_to_fen for row in rows]
    rising = [limit for limit in limits[:-1] if limit is not None]
    if not rows or limits[-1] is not None or len(rising) != len(rows) - 1 or rising != sorted(set(rising)):
        return Sentence(
            "bands_order",
            "签字档次要从小到大，最后一档不写上限。",
            "Bands rise, and the last one has no upper sum.",
        )
    if any(len(a.boxes) > len(b.boxes) for a, b in itertools.pairwise(rows)):
        return Sentence("bands_fewer", "金额大的签字不能更少。", "A larger sum never needs fewer signatures.")
    if any(len(set(row.boxes)) == 1 for row in rows):
        return Sentence(
            "bands_alone",
            "每一档至少两栏，由两个人签：一个人签了就动钱的不行（二(四)）。",
            "Every band has two boxes at least, signed by two people: nobody moves money alone (二(四)).",
        )
    for row in rows:
        known = set(row.boxes) <= set(Box.values) and len(set(row.boxes)) == len(row.boxes)
        if not row.boxes or not known or Appointment.Role.APPROVER not in ROLES[Box(row.boxes[-1])]:
            return Sentence(
                "bands_boxes",
                f"签字栏只能是 {'、'.join(Box.labels)}，不重复，最后一栏由审批人签。",
                f"Boxes are of {', '.join(Box.values)}, each once, and the last is an approver's.",
            )
    return None


def _refuse_less_today(place: Organisation, rows: Sequence[BandRow], *, valid_from: date, today: date) -> None:
    """Raises SaidError where a signature is dropped from today on or from a day gone by: others see it the day before."""
    then = [(row.up_to_fen, row.boxes) for row in rows]
    if valid_from > today or not any(one.is_less for one in beside(place, then, on=today)):
        return
    raise SaidError(
        Sentence(
            "bands_less_today",
            f"还没有定：这张表比现行的少签，少签的最早从明天起（今天是 {today}），好让别人先看到。请改起始日，或者不减签字。",
            f"Not laid down: this table drops a signature, and that counts from tomorrow at the earliest (today is {today}), "
            "so that others see it first. Give a later first day, or drop none.",
        )
    )
