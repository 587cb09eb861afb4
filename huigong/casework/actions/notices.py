"""一次性告知: say once everything that a case lacks. What was not asked then is closed.

A later notice asks again for what was not supplied, and for what changed since; anything else needs a leader's reason,
which the family reads. The database holds the same rule for each point (models.NoticePoint).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huigong.audit import actions as audit
from huigong.casework.columns import ANSWER, NOTICE, POINT
from huigong.casework.models import NoticePoint, OneTimeNotice, PointAnswer
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.values.sentence import SaidError, Sentence

Value = str | int | bool | None
_FIRST, _REASONED = NoticePoint.Ground.FIRST, NoticePoint.Ground.REASONED


class ClosedPointError(SaidError):
    """Something is asked for that was not asked at first and has not changed since."""


class NothingAskedError(SaidError):
    """A notice that asks for nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to ask for: the criterion that found it and the fact that it reads (both empty for words of one's own)."""

    said: str
    criterion: str = ""
    fact: str = ""
    clause: str = ""


@transaction.atomic
def say_once(
    case_reference: str,
    wanted: Sequence[Wanted],
    *,
    facts: Mapping[str, Value],
    facts_digest: str,
    due_on: date,
    data_key_id: UUID,
    officer: Officer,
    at: datetime,
    reason: str = "",
) -> OneTimeNotice:
    """Send a notice with all these points. Raises NothingAskedError, ClosedPointError, OtherRoleError."""
    if not wanted:
        raise NothingAskedError(
            Sentence("nothing_asked", "还没有选要补的事项，没有发。", "Nothing was chosen: not sent.")
        )
    audit.take_turn()  # two notices at once: the second is asked what the first left open
    earlier = list(OneTimeNotice.objects.filter(case_reference=case_reference).order_by("round"))
    grounds = [ground_of(one, earlier, facts) for one in wanted]
    reasoned = _REASONED in grounds
    refuse_other_role(officer, Appointment.Role.VERIFIER, Appointment.Role.APPROVER, at=at)
    if reasoned:
        _refuse_without_reason(
            [one for one, ground in zip(wanted, grounds, strict=True) if ground == _REASONED], reason
        )
        refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    notice = OneTimeNotice(
        case_reference=case_reference,
        round=len(earlier) + 1,
        sent_by=officer.username,
        at=at,
        due_on=due_on,
        facts_digest=facts_digest,
        reasoned_by=officer.username if reasoned else "",
        data_key_id=data_key_id,
    )
    notice.facts = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)
    notice.reason = reason if reasoned else ""
    notice.save(force_insert=True)
    points = [
        _point(notice, number, one, ground) for number, (one, ground) in enumerate(zip(wanted, grounds, strict=True), 1)
    ]
    _record(notice, points, officer, at)
    return notice


def ground_of(one: Wanted, earlier: Sequence[OneTimeNotice], facts: Mapping[str, Value]) -> str:
    """On what ground a thing may be asked now: the first time, unanswered, changed since; else only with a leader's reason."""
    if not earlier:
        return _FIRST
    before = list(NoticePoint.objects.filter(notice=earlier[-1]).select_related("answer"))
    if any(_same(one, point) and not hasattr(point, "answer") for point in before):
        return NoticePoint.Ground.UNANSWERED
    then = json.loads(earlier[-1].facts.plain())
    if one.fact and then.get(one.fact) != facts.get(one.fact):
        return NoticePoint.Ground.CHANGED
    return _REASONED


def _same(one: Wanted, point: NoticePoint) -> bool:
    if one.criterion:
        return one.criterion == point.criterion
    return not point.criterion and one.said == point.said.plain()


def _refuse_without_reason(closed: Sequence[Wanted], reason: str) -> None:
    if reason:
        return
    told = "；".join(one.said for one in closed)
    raise ClosedPointError(
        Sentence(
            "point_closed",
            f"上次一次性告知没有提这些，内容也没有变，不能再提：{told}。确实要提的，请负责人（审批）写明理由，家里会看到。",
            "These were not asked at first and have not changed, so they are closed: a leader (approver) may ask with a "
            "reason that the family reads.",
        )
    )


def _point(notice: OneTimeNotice, number: int, one: Wanted, ground: str) -> NoticePoint:
    point = NoticePoint(
        notice=notice,
        round=notice.round,
        position=number,
        criterion=one.criterion,
        fact=one.fact,
        clause=one.clause,
        ground=ground,
        reasoned_by=notice.reasoned_by if ground == _REASONED else "",
        data_key_id=notice.data_key_id,
    )
    point.said = one.said
    point.save(force_insert=True)
    return point


def _record(notice: OneTimeNotice, points: Sequence[NoticePoint], officer: Officer, at: datetime) -> None:
    told = {
        "round": notice.round,
        "points": len(points),
        "due": notice.due_on.isoformat(),
        "columns": NOTICE.told(notice),
    }
    entries = [audit.Entry("case.told", notice.case_reference, officer.username, at, told)]
    entries += [
        audit.Entry(
            "point.told",
            notice.case_reference,
            officer.username,
            at,
            {"point": str(point.pk), "ground": str(point.ground), "columns": POINT.told(point)},
        )
        for point in points
    ]
    audit.record_all(entries)


@transaction.atomic
def answer(point: NoticePoint, *, officer: Officer, at: datetime) -> None:
    """Say that a point in one's own words was supplied; once. Raises OtherRoleError."""
    refuse_other_role(officer, Appointment.Role.VERIFIER, Appointment.Role.APPROVER, at=at)
    made, new = PointAnswer.objects.get_or_create(point=point, defaults={"answered_by": officer.username, "at": at})
    if new:
        told = {"point": str(point.pk), "columns": ANSWER.told(made)}
        audit.record(
            "point.answered", subject=point.notice.case_reference, officer=officer.username, at=at, payload=told
        )
