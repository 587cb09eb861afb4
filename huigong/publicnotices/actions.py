"""Publish a notice: masked lines, a window in working days, and the point that the chain had reached."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.audit.queries import head
from huigong.circulars.models import Campaign
from huigong.publicnotices.models import NoticeLine, PublicNotice
from huigong.rules.circular import NoticeRule
from huigong.values import names
from huigong.values.sentence import SaidError, Sentence
from huigong.values.working_days import WorkingCalendar
from huigong.vault import blind


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody who has a place, with whole names: only what is masked from them is kept."""

    case_reference: str
    student_name: str
    stage: str
    county: str
    kind: str
    worker_name: str
    unit: str
    fen: int


@transaction.atomic
def publish(
    campaign: Campaign,
    placed: Sequence[Placed],
    *,
    rule: NoticeRule | None,
    from_day: date,
    calendar: WorkingCalendar,
    officer: str,
    at: datetime,
) -> PublicNotice:
    """Publish those placed. The window begins on `from_day` or the next working day and lasts as the rule says.

    Raises SaidError where the circular does not say how long a notice hangs: no length is assumed.
    """
    if rule is None:
        raise SaidError(
            Sentence(
                "notice_without_rule",
                "通知没有写公示几个工作日，请先发补充通知（[public_notice]）。",
                "The circular does not say how long a public notice hangs: a supplement has to ([public_notice]).",
            )
        )
    first, last = calendar.window(from_day, working_days=rule.working_days)
    reached = head()
    notice = PublicNotice.objects.create(
        campaign=campaign,
        number=f"{campaign.code}-N{campaign.public_notices.count() + 1:02d}",
        first_day=first,
        last_day=last,
        working_days=rule.working_days,
        clause=rule.clause,
        rule=rule.rule,
        objections_to=rule.objections_to,
        chain_sequence=reached.sequence,
        chain_digest=reached.digest,
    )
    NoticeLine.objects.bulk_create([_line(notice, one) for one in placed], batch_size=400)
    told = {
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "lines": len(placed),
        "chain": reached.digest,
    }
    audit.record("notice.published", subject=notice.number, officer=officer, at=at, payload=told)
    return notice


def _line(notice: PublicNotice, one: Placed) -> NoticeLine:
    return NoticeLine(
        notice=notice,
        case_reference=one.case_reference,
        number=_number(notice, one.case_reference),
        student=names.surname_masked(one.student_name),
        stage=one.stage,
        county=one.county,
        kind=one.kind,
        worker=names.one_starred(one.worker_name),
        unit=one.unit,
        fen=one.fen,
    )


def _number(notice: PublicNotice, reference: str) -> str:
    """Ten letters and digits that say nothing without the installation's key, and are the same when asked again."""
    secret = bytes.fromhex(blind.digest("notice line", notice.number, reference))
    return base64.b32encode(secret)[:10].decode()
