"""Publish a notice: masked lines, a window in working days, and the point that the chain had reached."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huigong.audit import actions as audit
from huigong.audit.queries import head
from huigong.circulars.models import Campaign
from huigong.publicnotices.actions.posting import begin_postings
from huigong.publicnotices.columns import NOTICE
from huigong.publicnotices.crowd import Seen, crowds
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
    level: str = ""
    unit_id: UUID | None = None
    federation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice and its lines as they would be published now; neither is written."""

    notice: PublicNotice
    lines: Sequence[NoticeLine]


def draft(
    campaign: Campaign,
    placed: Sequence[Placed],
    *,
    rule: NoticeRule | None,
    from_day: date,
    calendar: WorkingCalendar,
) -> Draft:
    """The notice over those placed. The window begins on `from_day` or the next working day and lasts as the rule says.

    Raises SaidError where the circular does not say how long a notice hangs (no length is assumed), and where the
    calendar does not know the year.
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
    notice = PublicNotice(
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
    seen = [_seen(one) for one in placed]
    crowd = crowds(campaign, seen)
    lines = [_line(notice, one, place=crowd.place(shown)) for one, shown in zip(placed, seen, strict=True)]
    return Draft(notice, lines)


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
    """Publish those placed, as drafted. Raises SaidError as `draft` does."""
    drafted = draft(campaign, placed, rule=rule, from_day=from_day, calendar=calendar)
    notice = drafted.notice
    notice.save(force_insert=True)
    NoticeLine.objects.bulk_create(drafted.lines, batch_size=400)
    told = {
        "first_day": notice.first_day.isoformat(),
        "last_day": notice.last_day.isoformat(),
        "lines": len(placed),
        "chain": notice.chain_digest,
        "columns": NOTICE.told(notice),
    }
    audit.record("notice.published", subject=notice.number, officer=officer, at=at, payload=told)
    begin_postings(notice, {one.unit_id for one in placed if one.unit_id}, officer=officer, at=at)
    return notice


def _seen(one: Placed) -> Seen:
    shown = names.surname_masked(one.student_name)
    return Seen(shown, one.level, one.unit_id, one.unit, one.federation_id, one.county)


def _line(notice: PublicNotice, one: Placed, *, place: str) -> NoticeLine:
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
        place=place,
    )


def _number(notice: PublicNotice, reference: str) -> str:
    """Ten letters and digits that say nothing without the installation's key, and are the same when asked again."""
    secret = bytes.fromhex(blind.digest("notice line", notice.number, reference))
    return base64.b32encode(secret)[:10].decode()
